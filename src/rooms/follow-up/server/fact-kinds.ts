import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { ReadContext } from '../../../platform/context/context.ts'
import {
  factKind,
  type Asking,
  type FactKind,
  type Known,
  type SentenceWords,
} from '../../../platform/condition/fact.ts'
import type { Span } from '../../../platform/condition/grammar.ts'
import { earliestAfter, midnight, windowEnd, windowStart } from '../../../platform/condition/window.ts'
import { followUpCompleted, followUpMissed, planEnded, planStarted } from '../contract/events.ts'
import { attemptTest, followUpTest, followUpVisitTest } from '../contract/fact-words.ts'
import type { ProtocolDefinition } from '../contract/protocol.ts'
import './table.ts'

/** A visit falls due when the engine has looked at the person: that a plan has begun makes none of it true by itself. */
const CHANGES = [planEnded, followUpCompleted, followUpMissed, 'follow-up', 'merge']

/** A protocol is as sensitive as what brings people into it. */
async function learnProtocols(
  { db, organizationId }: ReadContext,
  codes: readonly string[],
): Promise<Map<string, Known>> {
  const { rows } = await sql<{ code: string; definition: ProtocolDefinition }>`
    select distinct on (code) code, definition from protocol
    where organization_id = ${organizationId} and code = any(${[...codes]}::text[]) and state <> 'draft' order by code, version desc`.execute(
    db,
  )
  return new Map(
    rows.map(({ code, definition: { name, entry, sensitivity = 'ordinary' } }) => [
      code,
      { name, sensitivity, restsOn: 'condition' in entry ? entry.condition : null },
    ]),
  )
}

const ofProtocols = (column: RawBuilder<unknown>, protocols: readonly string[] | undefined) =>
  protocols ? sql`and ${column} = any(${protocols}::text[])` : sql``
const since = (at: RawBuilder<unknown>, within: Span | undefined, asking: Asking) =>
  within ? sql`and ${at} >= ${windowStart(within, asking)}` : sql``
const leaves = (at: RawBuilder<unknown>, within: Span | undefined, asking: Asking) =>
  within ? windowEnd(at, within, asking) : sql`null::timestamptz`

function planRows({ protocols, state, within }: z.output<typeof followUpTest>, asking: Asking): RawBuilder<unknown> {
  const isRunning = state === 'running'
  const at = isRunning ? sql`r.started_at` : sql`r.ended_at`
  return sql`select true ok, jsonb_build_object('kind', 'plan', 'id', r.id, 'code', r.protocol_code, 'state', r.state, 'at', ${at}) fact,
    ${leaves(at, within, asking)} flips_at from plan_run r
    where r.organization_id = p.organization_id and r.patient_id = p.id and r.state = ${isRunning ? 'active' : state}
      ${ofProtocols(sql`r.protocol_code`, protocols)} ${since(at, within, asking)} order by ${at} desc, r.id desc limit 1`
}

const VISIT_FACT = sql`jsonb_build_object('kind', 'follow-up', 'id', o.id, 'code', o.protocol_code, 'name', o.step, 'state', o.state, 'at', coalesce(o.actual_on, o.due_on))`

function visitRows(
  { protocols, state, within }: z.output<typeof followUpVisitTest>,
  asking: Asking,
): RawBuilder<unknown> {
  const states = state === 'done' ? ['done', 'done-late'] : [state === 'missed' ? 'missed' : 'due']
  const those = sql`(select o.*, r.protocol_code from occurrence o
    join plan_run r on r.organization_id = o.organization_id and r.id = o.run_id ${ofProtocols(sql`r.protocol_code`, protocols)}
    where o.organization_id = p.organization_id and o.patient_id = p.id and o.state = any(${states}::text[])) o`
  if (state === 'overdue')
    return sql`select coalesce(bool_or(o.late), false) ok, (array_agg(o.fact order by o.due_on, o.id) filter (where o.late))[1] fact, min(o.flips_at) flips_at
      from (select o.id, o.due_on, o.due_on < ${asking.today}::date late, ${VISIT_FACT} fact,
        ${earliestAfter(asking.now, [midnight(sql`(o.due_on + 1)`, asking)])} flips_at from ${those}) o`
  const day = midnight(state === 'done' ? sql`o.actual_on` : sql`o.due_on`, asking)
  return sql`select true ok, ${VISIT_FACT} fact, ${leaves(day, within, asking)} flips_at from ${those}
    where true ${since(day, within, asking)} order by ${day} desc, o.id desc limit 1`
}

function attemptRows(
  { outcomes, channels, within, atLeast }: z.output<typeof attemptTest>,
  asking: Asking,
): RawBuilder<unknown> {
  return sql`select count(*) >= ${atLeast} ok, jsonb_agg(jsonb_build_object('kind', 'attempt', 'id', a.id, 'code', a.outcome, 'channel', a.channel, 'at', a.started_at) order by a.started_at desc, a.id) fact,
    case when count(*) >= ${atLeast} then ${leaves(sql`min(a.started_at)`, within, asking)} end flips_at
    from (select a.* from contact_attempt a where a.organization_id = p.organization_id and a.patient_id = p.id and a.outcome = any(${outcomes}::text[])
      ${channels ? sql`and a.channel = any(${channels}::text[])` : sql``} ${since(sql`a.started_at`, within, asking)}
      order by a.started_at desc, a.id limit ${atLeast}) a`
}

function words(
  { protocols, within }: { protocols?: string[] | undefined; within?: Span | undefined },
  { t, list, name, span }: SentenceWords,
) {
  return {
    what: protocols ? t('says.protocols', { names: list(protocols.map(name)) }) : '',
    within: within ? t('says.within', { span: span(within) }) : '',
  }
}

/** Any protocol at all may be one for the mind. */
const named = ({ protocols }: { protocols?: string[] | undefined }) => (protocols ? 'ordinary' : 'mental')

/** What conditions may ask of follow-ups. */
export const followUpFacts: readonly FactKind[] = [
  factKind({
    code: 'followUp',
    room: 'follow-up',
    test: followUpTest,
    sensitivity: named,
    wakes: [planStarted, ...CHANGES],
    names: ({ protocols = [] }) => protocols,
    learn: learnProtocols,
    unknown: 'UnknownProtocol',
    ask: (test, asking) => ({ rows: planRows(test, asking) }),
    says: (test, say) =>
      say.t(
        test.state === 'running' && test.within ? 'says.plan.runningWithin' : `says.plan.${test.state}`,
        words(test, say),
      ),
    denies: (test, say) => say.t(`says.no.plan.${test.state}`, words(test, say)),
  }),
  factKind({
    code: 'followUpVisit',
    room: 'follow-up',
    test: followUpVisitTest,
    sensitivity: named,
    wakes: CHANGES,
    names: ({ protocols = [] }) => protocols,
    learn: learnProtocols,
    unknown: 'UnknownProtocol',
    ask: (test, asking) => ({ rows: visitRows(test, asking) }),
    says: (test, say) => say.t(`says.visit.${test.state}`, words(test, say)),
    denies: (test, say) => say.t(`says.no.visit.${test.state}`, words(test, say)),
  }),
  factKind({
    code: 'attempt',
    room: 'follow-up',
    test: attemptTest,
    sensitivity: 'ordinary',
    wakes: ['follow-up', 'merge'],
    ask: (test, asking) => ({ rows: attemptRows(test, asking) }),
    says: (test, { t, list, span }) =>
      t('says.attempt', {
        within: test.within ? t('says.within', { span: span(test.within) }) : '',
        channels: list((test.channels ?? []).map((one) => t(`says.channel.${one}`))),
        outcomes: list(test.outcomes.map((one) => t(`says.outcome.${one}`))),
        count: test.atLeast,
      }),
  }),
]
