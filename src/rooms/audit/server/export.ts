import { Readable } from 'node:stream'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Stream } from '../../../platform/context/room.ts'
import type { Db } from '../../../platform/database/database.ts'
import { auditProblem } from '../contract/problems.ts'
import { readForward, type AuditFilter, type AuditRow, type Place } from './search-store.ts'

const BATCH = 1000
const SPAN_DAYS_MAX = 366
const HEADER = ['at', 'actor_kind', 'actor_id', 'actor_name', 'action', 'outcome', 'patient_id', 'subject_id', 'address', 'detail', 'id']

/** One field of CSV. A text that a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvField(value: string | null): string {
  if (value === null) return ''
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function csvLine(row: AuditRow): string {
  const { at, actorKind, actorId, actorName, action, outcome, patientId, subjectId, address, detail, id } = row
  const fields = [at.toISOString(), actorKind, actorId, actorName, action, outcome, patientId, subjectId, address, JSON.stringify(detail), id]
  return `${fields.map(csvField).join(',')}\r\n`
}

/** The entries of a span as CSV, read in batches while they are sent. With a byte order mark, so that Excel sees UTF-8. */
export function exportEntries(ctx: ReadContext, filter: AuditFilter & { from: string; until: string }): Stream {
  const days = (Date.parse(filter.until) - Date.parse(filter.from)) / 86_400_000
  if (days > SPAN_DAYS_MAX || days <= 0) throw auditProblem('AuditSpanTooLong', { days: SPAN_DAYS_MAX }, 'query.until')
  ctx.audit.detail = { filter }
  const fileName = `audit_${filter.from.slice(0, 10)}_${filter.until.slice(0, 10)}.csv`
  return { stream: Readable.from(lines(ctx.db, ctx.organizationId, filter)), media: 'text/csv; charset=utf-8', fileName }
}

async function* lines(db: Db, organizationId: string, filter: AuditFilter): AsyncGenerator<string> {
  yield `\uFEFF${HEADER.join(',')}\r\n`
  for (let after: Place | undefined, more = true; more; ) {
    const rows: AuditRow[] = await readForward(db, organizationId, filter, after, BATCH)
    if (rows.length > 0) yield rows.map(csvLine).join('')
    after = rows.at(-1)
    more = rows.length === BATCH
  }
}
