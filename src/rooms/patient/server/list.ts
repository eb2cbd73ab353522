import { addDays, instantAt } from '../../../platform/clock.ts'
import { idOf } from '../../../platform/ids.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { listPatients } from '../contract/patient.ts'
import { countPatients, findPage, type ListFilter } from './list-store.ts'
import { lineOf } from './view.ts'

type Query = InputOf<typeof listPatients>['query']

/** One page of the people the reader may see. The total is counted with the first page only. */
export async function listPage(ctx: ReadContext, query: Query) {
  const now = ctx.clock.now()
  const filter = filterOf(ctx, query)
  const before = idOf(query.cursor)
  const rows = await findPage(ctx.db, ctx.organizationId, ctx.actor, filter, { before, limit: query.limit + 1, now })
  const page = rows.slice(0, query.limit)
  const total = before ? null : await countPatients(ctx.db, ctx.organizationId, ctx.actor, filter, now)
  ctx.audit.detail = { filters: Object.keys(filter), rows: page.length }
  return {
    rows: page.map((row) => lineOf(row, ctx.today)),
    next: rows.length > query.limit ? page.at(-1)!.id : null,
    total,
  }
}

function filterOf(ctx: ReadContext, query: Query): ListFilter {
  const { level, source, state, sex, doctorId, managerId, ageFrom, ageTo, createdFrom, createdTo } = query
  const filter: ListFilter = {
    level,
    source,
    state,
    sex,
    doctorId,
    managerId,
    bornUntil: ageFrom === undefined ? undefined : yearsBefore(ctx.today, ageFrom),
    bornAfter: ageTo === undefined ? undefined : yearsBefore(ctx.today, ageTo + 1),
    createdFrom: createdFrom === undefined ? undefined : instantAt(createdFrom, 0, ctx.tenant.timeZone),
    createdBefore: createdTo === undefined ? undefined : instantAt(addDays(createdTo, 1), 0, ctx.tenant.timeZone),
  }
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

/** The birth date of whoever turns `years` on this day; 29 February becomes the 28th, as `ageOn` reckons by text. */
function yearsBefore(today: string, years: number): string {
  const date = `${Number(today.slice(0, 4)) - years}${today.slice(4)}`
  return date.endsWith('02-29') && Number.isNaN(Date.parse(date)) ? date.replace('02-29', '02-28') : date
}
