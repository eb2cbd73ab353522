/** The door of the room observation: the lifelong record. */
import './table.ts'
export { byWord } from './fact-kinds/coded.ts'
export { departmentSensitivity, ofNoMind } from './fact-kinds/mental.ts'
export { completenessOfPatients } from './completeness.ts'
export { addFacts, type AddedFact, type AddedFacts, type NewFacts } from './facts/add.ts'
export {
  addAllergy,
  addCondition,
  addEncounter,
  addFamilyHistory,
  addMedication,
  addProcedure,
} from './facts/add-one.ts'
export type {
  FactKind,
  NewAbsence,
  NewAllergy,
  NewCondition,
  NewEncounter,
  NewFamilyHistory,
  NewMedication,
  NewProcedure,
} from './facts/kind.ts'
export { standingFacts, type StandingFacts } from './facts/standing.ts'
export { correctFact, correctObservation, retractFact, type FactRef } from './facts/supersede.ts'
export {
  closedVisits,
  encountersWithin,
  isObservationOf,
  latestOf,
  newestReports,
  seriesOf,
  staysOf,
  type ClosedVisit,
  type NewestReport,
  type ObservationRow,
  type Stay,
} from './read-observation.ts'
export { knownReports } from './known.ts'
export { observationsOfReports, replaceObservations, withdrawReports, type Replacement } from './replace.ts'
export { recordObservations, recordReports, type ReportWithObservations, type StoredReport } from './record.ts'
export type { NewObservation } from './store-observation.ts'
export type { NewReport } from './store-report.ts'
export { keepSelfMeasured, type SelfMeasured } from './self-measured.ts'
export { markTold, withhold, type Withheld } from './withheld.ts'
export { nameOf, panelNames, panelOf, printUnit } from './name.ts'
export type { Completeness } from '../contract/overview.ts'
