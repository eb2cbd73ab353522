/** The door of the room health-report. */
import './table.ts'
export { workOpenBatches } from './batch-work.ts'
export { furnishIssued, furnishReports } from './demonstration.ts'
export { closeRenderer } from './drawing.ts'
export { openFile, order, readPrinted } from './printing.ts'
export { readStanding, standingReports, type StandingReport } from './standing.ts'
