import type { IncomingReport } from '../incoming.ts'

/** A report of a spreadsheet as it was kept: what was read from its rows. */
export function readTableReport(bytes: Buffer): IncomingReport {
  return JSON.parse(bytes.toString('utf8')) as IncomingReport
}
