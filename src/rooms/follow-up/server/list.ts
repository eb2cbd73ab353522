import { addDays, ageOn } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import { definitionOf } from './begin.ts'
import { countDays, countWaiting, findVisits, type ListedRow, type PageEnd, type VisitFilter } from './list-store.ts'
import { findProtocols, publishedOf, type Protocols } from './protocol-store.ts'

export async function listVisits(
  ctx: ReadContext,
  { cursor, limit, ...filter }: VisitFilter & { cursor?: string | undefined; limit: number },
) {
  const rows = await findVisits(ctx, filter, { after: cursor ? readCursor(cursor) : undefined, limit: limit + 1 })
  const protocols = await findProtocols(ctx.db, ctx.organizationId)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    rows: page.map((row) => lineOf(ctx, protocols, row)),
    next: last ? writeCursor(last) : null,
    total: cursor || last ? null : page.length,
  }
}

function lineOf(ctx: ReadContext, protocols: Protocols, row: ListedRow) {
  const { protocol, step } = definitionOf(protocols, row as never, row.step)
  return {
    id: row.id as never,
    patient: {
      id: row.patient_id as PatientId,
      name: row.name,
      sex: row.sex,
      ageYears: row.birth_date ? Math.max(0, ageOn(row.birth_date, ctx.today)) : null,
      phoneMasked: row.phone_masked,
    },
    protocol: protocol.code,
    protocolName: protocol.name,
    stepName: step.name,
    way: step.way,
    state: row.state,
    rank: row.rank,
    windowFrom: row.window_from,
    dueOn: row.due_on,
    windowUntil: row.window_until,
    lastClass: row.last_class,
    class: row.class,
    attempts: row.attempts,
    callBackAt: row.call_back_at?.toISOString() ?? null,
    lost: row.lost,
    overdue: row.overdue,
    ownerName: row.owner_name,
    actualOn: row.actual_on,
  }
}

export async function countVisits(ctx: ReadContext, days: number) {
  const until = addDays(ctx.today, days - 1)
  const waiting = await countWaiting(ctx)
  const counted = await countDays(ctx, until)
  const names = new Map(
    publishedOf(await findProtocols(ctx.db, ctx.organizationId)).map((protocol) => [
      protocol.code,
      protocol.definition.name,
    ]),
  )
  const byDay = new Map(counted.days.map(({ day, count }) => [day, count]))
  return {
    today: ctx.today,
    due: waiting.due,
    endingToday: waiting.ending_today,
    missed: waiting.missed,
    days: Array.from({ length: days }, (_, index) => addDays(ctx.today, index)).map((day) => ({
      day,
      count: byDay.get(day) ?? 0,
    })),
    protocols: [...names].map(([code, name]) => ({
      code,
      name,
      count: counted.protocols.find((one) => one.code === code)?.count ?? 0,
    })),
  }
}

function writeCursor({ rank, window_until, id }: ListedRow): string {
  return Buffer.from(JSON.stringify([rank, window_until, id])).toString('base64url')
}

/** A cursor that was tampered with begins anew. */
function readCursor(cursor: string): PageEnd | undefined {
  try {
    const [rank, on, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    const fits =
      typeof rank === 'number' && /^\d{4}-\d{2}-\d{2}$/.test(String(on)) && /^[0-9a-f-]{36}$/.test(String(id))
    return fits ? { rank: rank as number, on: String(on), id: String(id) } : undefined
  } catch {
    return undefined
  }
}
