/** The door of the room stage-summary. */
import './table.ts'
export { findSummariesOf, type SummaryRow } from './store.ts'
