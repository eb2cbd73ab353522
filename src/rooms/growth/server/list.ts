import { z } from 'zod'
import { ageOn, dateIn } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import type { EnrolledRow, listEnrolled } from '../contract/growth.ts'
import { findEnrolled, type After, type EnrolledRecord } from './list-store.ts'
import { consentStanding } from './rules/programme.ts'

const cursorShape = z.tuple([z.iso.date(), z.uuid()])

/** 长高管理: whoever is due first. Totals are not counted: nobody needs them here. */
export async function listChildren(
  ctx: ReadContext,
  { due, cursor, limit }: InputOf<typeof listEnrolled>['query'],
): Promise<OutputOf<typeof listEnrolled>> {
  const records = await findEnrolled(ctx, { due: due === 'now', after: readCursor(cursor), limit: limit + 1 })
  const rows = records.slice(0, limit)
  const last = records.length > limit ? rows.at(-1) : undefined
  return { rows: rows.map((row) => rowOf(ctx, row)), next: last ? cursorOf(last) : null, total: null }
}

/** What cannot be read begins at the beginning. */
function readCursor(cursor: string | undefined): After | undefined {
  if (!cursor) return undefined
  const [nextOn, id] = cursor.split(' ')
  const read = cursorShape.safeParse([nextOn, id])
  return read.success ? { nextOn: read.data[0], id: read.data[1] } : undefined
}

const cursorOf = ({ next_on, id }: EnrolledRecord) => `${next_on} ${id}`

function rowOf(ctx: ReadContext, row: EnrolledRecord): EnrolledRow {
  return {
    enrolmentId: row.id as EnrolledRow['enrolmentId'],
    patientId: row.patient_id as EnrolledRow['patientId'],
    name: row.name,
    sex: row.sex,
    ageYears: row.birth_date ? ageOn(row.birth_date, ctx.today) : null,
    startedOn: row.started_on,
    nextOn: row.next_on,
    lastHeightCm: row.last_value,
    lastOn: row.last_at ? dateIn(row.last_at, ctx.tenant.timeZone) : null,
    consent: consentStanding(row, ctx.today),
    openItems: row.open_items,
    overdueItems: row.overdue_items,
    managerName: row.manager_name,
  }
}
