/** The door of the room risk. */
export { releasedRisks, type ReleasedRisk } from './released.ts'
export { riskStep } from './step.ts'
export { standingBands, type StandingBand } from './standing-bands.ts'
