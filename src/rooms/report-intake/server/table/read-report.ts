import type { IncomingReport } from '../incoming.ts'

export function readTableReport(bytes: Buffer, _zone: string): IncomingReport {
  return JSON.parse(bytes.toString('utf8')) as IncomingReport
}
