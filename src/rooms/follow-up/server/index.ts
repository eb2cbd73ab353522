/** The door of the room follow-up. */
export { callCoverage, coveredVisits, type CallCoverage } from './call-figures.ts'
export { careCounts, pathwayNames, type CareCounts } from './care-figures.ts'
export { careRows, type CareRow, type CareRowsWanted } from './care-figure-rows.ts'
export { logCall, visitsToCall, type CallLogged, type VisitToCall, type WantedCalls } from './calls.ts'
export { countForPathway, enrolChosen } from './enrol-list.ts'
export { daysAfterGoLive } from './go-live.ts'
export { installShippedProtocols, pathwaysOfPacks } from './shipped.ts'
export {
  dropPackedProtocol,
  findPackedProtocols,
  layPackedProtocol,
  protocolsAtWork,
  setProtocolReach,
  type ProtocolAtWork,
} from './packed.ts'
export { standingOfPlans, type PlanStanding } from './standing.ts'
export { followUpStep } from './step.ts'
export { countVisitsOfRun, followUpNamed, isVisitOf, visitsDone } from './visits-door.ts'
