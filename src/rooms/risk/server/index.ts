/** The door of the room risk. */
export { bandChanges, type BandChange } from './band-changes.ts'
export { releasedRisks, type ReleasedRisk } from './released.ts'
export { riskStep } from './step.ts'
export { standingBands, type StandingBand } from './standing-bands.ts'
