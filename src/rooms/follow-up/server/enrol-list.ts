import { sql, type RawBuilder } from 'kysely'
import { instantAt } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { holdChosen, wakeChosen } from '../../agenda/server/index.ts'
import { visibleTo } from '../../patient/server/index.ts'
import { followUpProblem } from '../contract/problems.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import { ENTER_AT_ONCE, placeMany, whyNotSpread, type Beginning, type SpreadRule } from '../contract/spread.ts'
import { findProtocols, publishedOf } from './protocol-store.ts'
import { findReaches, isClosed } from './reach-store.ts'
import { LISTED, openDaysOf } from './spread.ts'
import { fillDays, findDays, holdIntake } from './spread-store.ts'
import '../../patient/server/table.ts'

/** Ids of patients, as a query that the room whose list it is writes. */
type Chosen = RawBuilder<{ patient_id: string }>

/**
 * How many of these people a pathway can take in: the actor's own, living, who neither have it, wait for it, nor refused it.
 * @throws Problem ProtocolUnknown, PlanCountsFromEvent
 */
export async function countForPathway(ctx: ReadContext, code: string, chosen: Chosen): Promise<number> {
  await requireOpen(ctx, code)
  const { rows } = await sql<{ n: number }>`select count(*)::int n from (${fitting(ctx, code, chosen)}) f`.execute(
    ctx.db,
  )
  return rows[0]!.n
}

/**
 * Puts these people into a pathway in one statement: each gets a day, and the engine begins them on it. Asked again it adds
 * nobody twice. @throws Problem ProtocolUnknown, PlanCountsFromEvent, PlanCannotWait
 */
export async function enrolChosen(
  ctx: WriteContext,
  { code, chosen, spread }: { code: string; chosen: Chosen; spread?: SpreadRule | undefined },
): Promise<Beginning[]> {
  const { tx, organizationId } = ctx
  const definition = await requireOpen(ctx, code)
  if (spread && whyNotSpread(definition)) throw followUpProblem('PlanCannotWait')
  // The engine takes people, and then the days of a pathway: so does this.
  await holdChosen(tx, organizationId, fitting(ctx, code, chosen))
  await holdIntake(tx, organizationId, code)
  const { rows } = await sql<{ n: number }>`select count(*)::int n from (${fitting(ctx, code, chosen)}) f`.execute(tx)
  const count = rows[0]!.n
  const days = await openDaysOf(ctx, definition)
  // Whoever says that a list is to be spread means all of it.
  const begun = { ...(await findDays(tx, organizationId, code, ctx.today)), entered: ENTER_AT_ONCE }
  const beginnings = spread ? placeMany(spread, count, begun, days) : count > 0 ? [{ on: ctx.today, count }] : []
  if (count === 0) return []
  let before = 0
  const stretches = beginnings.map(({ on, count: n }) => ({ on, above: before, until: (before += n) }))
  const key = `${LISTED}${ctx.ids.next<string>()}`
  await sql`
    insert into plan_wait (organization_id, patient_id, protocol_code, begins_on, entry_key, since, by_id, by_name)
    select ${organizationId}::uuid, f.id, ${code}, s."on", ${key}, ${ctx.clock.now()}::timestamptz, ${ctx.actor.id}::uuid, ${ctx.actor.name}
    from (select id, row_number() over (order by id) n from (${fitting(ctx, code, chosen)}) f) f
    join json_to_recordset(${JSON.stringify(stretches)}::json) s ("on" date, above int, until int) on f.n > s.above and f.n <= s.until
    on conflict do nothing`.execute(tx)
  await fillDays(tx, organizationId, code, ctx.today, count, beginnings)
  const begins = stretches.map(({ on }) => ({
    on,
    at: on === ctx.today ? ctx.clock.now() : instantAt(on, 0, ctx.tenant.timeZone),
  }))
  await wakeChosen(
    tx,
    organizationId,
    sql`select w.patient_id, b.at from plan_wait w
      join json_to_recordset(${JSON.stringify(begins)}::json) b ("on" date, at timestamptz) on b."on" = w.begins_on
      where w.organization_id = ${organizationId} and w.protocol_code = ${code} and w.entry_key = ${key}`,
    `begins ${code}`,
  )
  ctx.audit.detail = { ...ctx.audit.detail, protocol: code, people: count, days: beginnings.length, list: key }
  return beginnings
}

async function requireOpen(ctx: ReadContext, code: string): Promise<ProtocolDefinition> {
  const protocol = publishedOf(await findProtocols(ctx.db, ctx.organizationId)).find((one) => one.code === code)
  if (!protocol || isClosed(await findReaches(ctx.db, ctx.organizationId), code))
    throw followUpProblem('ProtocolUnknown')
  // Of many nobody says the day of a surgery or a birth.
  if (whyNotSpread(protocol.definition)?.why === 'event') throw followUpProblem('PlanCountsFromEvent')
  return protocol.definition
}

function fitting(ctx: ReadContext, code: string, chosen: Chosen): RawBuilder<{ id: string }> {
  return sql`select p.id from patient p
    where p.organization_id = ${ctx.organizationId} and p.state = 'active' and ${visibleTo(ctx.actor, 'p', ctx.clock.now())}
      and p.id in (${chosen})
      and not exists (select from plan_wait w where w.organization_id = p.organization_id and w.patient_id = p.id and w.protocol_code = ${code})
      and not exists (select from plan_run r where r.organization_id = p.organization_id and r.patient_id = p.id
        and r.protocol_code = ${code} and (r.state = 'active' or r.exit_reason = 'refusal'))`
}
