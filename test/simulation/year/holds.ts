import { sql, type RawBuilder } from 'kysely'
import { readContext } from '../../../src/platform/context/house.ts'
import { systemActor } from '../../../src/platform/context/context.ts'
import { sealAll, verifyChain } from '../../../src/rooms/audit/server/index.ts'
import { compileWhere, forCare, groundOf, seesDead } from '../../../src/platform/condition/index.ts'
import { findPublishedRules } from '../../../src/rooms/tag/server/published.ts'
import { pathwaysOfPacks } from '../../../src/rooms/follow-up/server/index.ts'
import { shippedProtocols } from '../../../src/rooms/follow-up/server/shipped.ts'
import type { Clinic } from './clinic.ts'
import { wronglyTold } from './told.ts'

/** Tracks of the shipped pathways in which something always follows: `hypertension visit`. */
const ENDLESS = [...shippedProtocols, ...pathwaysOfPacks.values()].flatMap(({ code, steps }) =>
  [...Map.groupBy(steps, ({ track }) => track)].flatMap(([track, those]) =>
    those.every(
      (step) =>
        step.next !== null &&
        (step.recurrence ? step.recurrence.then : 1) &&
        step.branches.every(({ next }) => next !== null),
    )
      ? [`${code} ${track}`]
      : [],
  ),
)

/** Rows that must not be there, each with what it would mean. Read by hand, not through the code that keeps them away. */
const NEVER: Record<string, string> = {
  'a plan runs for somebody who is not there any more': `select r.id from plan_run r join patient p on p.id = r.patient_id
    where r.state = 'active' and p.state <> 'active'`,
  'a follow-up is open in a plan that has ended': `select o.id, o.state from occurrence o join plan_run r on r.id = o.run_id
    where r.state <> 'active' and o.state in ('planned', 'due')`,
  'a plan of years has not exactly one open follow-up in each track': `select r.id, r.protocol_code, t.track, t.open from plan_run r
    join lateral (select track, count(*) filter (where state in ('planned', 'due')) open from occurrence o where o.run_id = r.id group by track) t on true
    where r.state = 'active' and (t.open > 1 or (t.open = 0 and r.protocol_code || ' ' || t.track in (ENDLESS)))`,
  'a running plan has no follow-up at all': `select r.id, r.protocol_code from plan_run r where r.state = 'active'
    and not exists (select from occurrence o where o.run_id = r.id)`,
  'a follow-up is lost: the numbers of a track have a gap': `select run_id, track from occurrence group by run_id, track
    having max(sequence) <> count(*) or min(sequence) <> 1`,
  'a window stands open that nobody opened, or is over and not called missed': `select o.id, o.state, o.window_from, o.window_until
    from occurrence o join plan_run r on r.id = o.run_id where r.state = 'active'
    and ((o.state = 'planned' and o.window_from <= TODAY and o.resting_since is null and not (IN_HOSPITAL)) or (o.state = 'due' and o.window_until < TODAY))`,
  'somebody in hospital is asked to come, to be called or to answer': `select o.id, o.run_id from occurrence o join plan_run r on r.id = o.run_id
    where r.state = 'active' and o.state = 'due' and IN_HOSPITAL`,
  'a follow-up was missed while its person was known to be in hospital': `select o.id, o.settled_at from occurrence o
    join encounter e on e.patient_id = o.patient_id and e.class = 'inpatient' and e.recorded_at < o.settled_at
      and (e.superseded_at is null or e.superseded_at > o.settled_at) and e.started_at <= o.settled_at
      and coalesce(e.ended_at, e.started_at + interval '60 days') > o.settled_at
    where o.state = 'missed'`,
  'a follow-up that is done has no day, or the day of a later one': `select id from occurrence
    where state in ('done', 'done-late') and (actual_on is null or actual_on > TODAY)`,
  'a follow-up waits without an open task of its person': `select o.id, o.task_id, t.state, t.patient_id = o.patient_id same from occurrence o
    left join task t on t.id = o.task_id where o.state = 'due' and (t.id is null or t.state not in ('requested', 'accepted', 'in-progress')
      or t.patient_id <> o.patient_id)`,
  'an open task of a follow-up that is done or dropped': `select t.id, o.state from task t join occurrence o on o.task_id = t.id
    where t.source = 'follow-up' and t.state in ('requested', 'accepted', 'in-progress') and o.state in ('done', 'done-late', 'cancelled')`,
  'two open tasks for one reason': `select source, source_key from task where state in ('requested', 'accepted', 'in-progress')
    and source_key is not null group by source, source_key having count(*) > 1
    union all select patient_id::text, concern from task where state in ('requested', 'accepted', 'in-progress') and concern is not null
    group by patient_id, concern having count(*) > 1`,
  'an open task nobody has and no pool holds': `select t.id from task t left join staff s on s.id = t.owner_id and s.state = 'active'
    where t.state in ('requested', 'accepted', 'in-progress') and (case when t.state = 'requested' then t.pool_role is null or t.owner_id is not null else s.id is null end)`,
  'an open task about somebody who is not there any more': `select t.id, t.type, t.source, p.state from task t join patient p on p.id = t.patient_id
    where t.state in ('requested', 'accepted', 'in-progress') and p.state <> 'active'`,
  'the history of a task does not end where the task stands': `select t.id, t.state, e.to_state, t.version, e.n from task t
    join lateral (select (array_agg(to_state order by version desc))[1] to_state, count(*) n, max(version) v from task_event where task_id = t.id) e on true
    where e.to_state is distinct from t.state or e.v <> t.version or e.n <> t.version`,
  'a message is there twice': `select patient_id, touch, channel from message group by 1, 2, 3 having count(*) > 1
    union all select null, source_key || template, channel from message where source = 'follow-up' and state = 'accepted'
    group by source_key, template, channel having count(*) > 1`,
  'somebody is evaluated and it fails': `select patient_id, last_error from agenda where last_error is not null`,
  'an important abnormal result is forgotten: its time is over and nobody else was told': `select id, state, due_at from alert
    where state <> 'closed' and due_at < TODAY`,
  'an alert nobody was ever told of': `select a.id from alert a where not exists (select from alert_recipient r where r.alert_id = a.id)`,
  'an alert is closed that nobody took, or whose person was never told though there was something to tell': `select id, result from alert
    where state = 'closed' and (acknowledged_at is null or (reached_at is null and result not in ('admitted', 'corrected', 'deceased', 'unreachable')))`,
  'the log of an alert does not end where the alert stands': `select a.id, a.state, a.version from alert a
    join lateral (select (array_agg(to_state order by version desc))[1] to_state, count(*) n from alert_event where alert_id = a.id) e on true
    where e.to_state is distinct from a.state or e.n <> a.version`,
  'a pressure of 180 and more raised nothing': `select o.id, o.value from observation o join patient p on p.id = o.patient_id
    where o.code = 'sbp' and o.value >= 180 and o.superseded_by is null and p.state = 'active' and o.effective_at > o.recorded_at - interval '29 days'
      and exists (select from alert_rule r where r.code = 'blood-pressure-very-high' and r.confirmed_at <= o.recorded_at)
      and not exists (select from alert_result n where n.observation_id = o.id)`,
  'a plan is there twice': `select patient_id, protocol_code from plan_run where state = 'active' group by 1, 2 having count(*) > 1`,
}

/** Of a follow-up `o`: its person is in hospital now. */
const inHospital = (
  now: Date,
) => `exists (select from encounter e where e.patient_id = o.patient_id and e.class = 'inpatient' and e.superseded_by is null
  and e.started_at <= '${now.toISOString()}' and coalesce(e.ended_at, e.started_at + interval '60 days') > '${now.toISOString()}')`

/** What does not hold now; empty when all does. */
export async function faultsOf(clinic: Clinic, withChain: boolean): Promise<string[]> {
  const { house, memory, rows } = clinic
  const today = house.clock.today(house.tenant.timeZone)
  const faults: string[] = []
  for (const [meaning, query] of Object.entries(NEVER)) {
    const found = await rows(
      query
        .replaceAll('IN_HOSPITAL', inHospital(house.clock.now()))
        .replaceAll('TODAY', `date '${today}'`)
        .replaceAll('ENDLESS', ENDLESS.map((one) => `'${one}'`).join(', ')),
    )
    if (found.length > 0) faults.push(`${meaning}: ${JSON.stringify(found.slice(0, 3))} (${found.length})`)
  }
  faults.push(...(await wrongTags(clinic)), ...(await wronglyTold(clinic)))
  const counts = await rows<{ n: number; all: number; made: number }>(
    `select sum(n)::int n, (select count(*)::int from task) "all", (select count(*)::int from task_event where kind = 'created') made
     from (select count(*) n from task where state in ('requested', 'accepted', 'in-progress', 'completed', 'cancelled') group by state) c`,
  )
  const { n, all, made } = counts[0]!
  if ((n ?? 0) !== all || all !== made) faults.push(`tasks do not add up: ${n} by state, ${all} in all, ${made} made`)
  if (memory.patients.length > 0 && withChain) {
    await sealAll(house.house, house.tenant)
    const verdict = await verifyChain(house.house, house.tenant.id)
    if (!verdict.isWhole) faults.push(`the audit chain is broken: ${JSON.stringify(verdict.faults.slice(0, 3))}`)
  }
  return faults
}

/** Each rule asked anew of everybody, in the other shape of SQL, against the tags that stand. */
async function wrongTags({ house }: Clinic): Promise<string[]> {
  const ctx = readContext(house.house, { tenant: house.tenant, actor: systemActor(house.tenant.id, 'simulation') })
  const rules = (await findPublishedRules(ctx)).flat()
  const faults: string[] = []
  for (const rule of rules) {
    const dead = seesDead(rule.condition!, ctx.facts)
    const holds: RawBuilder<boolean> = compileWhere(forCare(rule.condition!), groundOf(ctx))
    const { rows } = await sql<{ id: string; holds: boolean; state: string | null; p: string }>`
      select p.id, ${holds} holds, t.state, p.state p from patient p
      left join patient_tag t on t.organization_id = p.organization_id and t.patient_id = p.id and t.tag_code = ${rule.code} and t.source = 'rule'
      where p.organization_id = ${house.tenant.id} and p.state <> 'merged'`.execute(ctx.db)
    const wrong = rows.filter((row) => ((dead || row.p === 'active') && row.holds) !== (row.state !== null))
    if (wrong.length > 0)
      faults.push(`tag ${rule.code} does not stand as its rule says: ${JSON.stringify(wrong.slice(0, 3))}`)
  }
  return faults
}
