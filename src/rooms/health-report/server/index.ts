/** The door of the room health-report. */
import './table.ts'
export { workOpenBatches } from './batch-work.ts'
export { furnishReports } from './demonstration.ts'
export { closeRenderer } from './drawing.ts'
export { openFile, order, readPrinted } from './printing.ts'
