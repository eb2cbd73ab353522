/** The door of the room observation: the lifelong record. */
export { recordObservations, recordReports, type ReportWithObservations, type StoredReport } from './record.ts'
export type { NewObservation } from './store-observation.ts'
export type { NewReport } from './store-report.ts'
