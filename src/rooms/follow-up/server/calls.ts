import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import { STAY_DAYS_MAX } from '../../observation/contract/fact-words.ts'
import '../../observation/server/table.ts'
import { visibleParts } from '../../patient/server/index.ts'
import type { Step } from '../contract/protocol.ts'
import type { AttemptChannel, AttemptOutcome, OccurrenceState } from '../contract/words.ts'
import { findAttempts, insertAttempt } from './answer-store.ts'
import { logAttempt, type AttemptInput } from './attempt.ts'
import { beginVisit, definitionOf } from './begin.ts'
import { findProtocols, type Protocols } from './protocol-store.ts'
import { isVain, judgeAttempts, needsReason } from './rules/attempts.ts'
import './table.ts'

export interface Tried {
  channel: AttemptChannel
  outcome: AttemptOutcome
  at: string
}

/** A follow-up that may be made by telephone. */
export interface VisitToCall {
  id: string
  patientId: string
  protocolName: Bilingual
  stepName: Bilingual
  /** What was approved to be said, as the step has it; undefined where it has none. */
  script: unknown
  /** 0 a look after a referral, 1 one within two weeks, 2 the normal cycle. */
  rank: number
  state: OccurrenceState
  dueOn: string
  windowUntil: string
  /** Oldest first. */
  tries: Tried[]
  vain: number
  /** One more try by telephone has to say why: the tries allowed are spent. */
  needsReason: boolean
  /** Not before then: a retry, or what the person was promised. */
  callBackAt: Date | null
}

export interface WantedCalls {
  /** Only these follow-ups. */
  only?: readonly string[]
  /** Not these follow-ups, and nobody of these people. */
  except?: readonly string[]
  exceptPatients?: readonly string[]
  /** Those whose time has come, which is what is meant without it; those who wait for a retry or a promise; or both. */
  time?: 'come' | 'waiting' | 'any'
  limit: number
}

/**
 * Follow-ups by telephone of the people the actor looks after that are to be made: what somebody was promised first,
 * then the urgent, then what ends soonest. Their window is open, or it has passed and nothing has taken their place. Nobody is
 * called in hospital.
 */
export async function visitsToCall(ctx: ReadContext, wanted: WantedCalls): Promise<VisitToCall[]> {
  const protocols = await findProtocols(ctx.db, ctx.organizationId)
  const steps = callableSteps(protocols)
  const parts = visibleParts(ctx.actor, ctx.organizationId, ctx.clock.now())
  if (steps.length === 0 || parts.length === 0) return []
  const mine = parts.map(
    (part) => sql`select patient.id from patient where patient.organization_id = ${ctx.organizationId} and ${part}`,
  )
  const { only, except = [], exceptPatients = [], time = 'come', limit } = wanted
  const { rows } = await sql<CallRow>`
    with mine as materialized (${sql.join(mine, sql` union `)})
    select o.id, o.patient_id, o.step, o.rank, o.state, o.due_on, o.window_until, o.call_back_at, r.protocol_code, r.protocol_version,
      coalesce((select json_agg(json_build_object('channel', a.channel, 'outcome', a.outcome, 'at', a.started_at) order by a.number)
        from contact_attempt a where a.organization_id = o.organization_id and a.occurrence_id = o.id), '[]') tries
    from mine m
    join occurrence o on o.organization_id = ${ctx.organizationId} and o.patient_id = m.id
    join plan_run r on r.organization_id = o.organization_id and r.id = o.run_id and r.state = 'active'
    join patient p on p.organization_id = o.organization_id and p.id = o.patient_id and p.state = 'active'
    where (o.state = 'due' or (o.state = 'missed' and o.task_id is not null and not exists (
        select from occurrence n where n.organization_id = o.organization_id and n.run_id = o.run_id and n.track = o.track
          and n.sequence > o.sequence and n.state <> 'planned')))
      and not exists (select from encounter e where e.organization_id = o.organization_id and e.patient_id = o.patient_id
        and e.class = 'inpatient' and e.superseded_by is null and e.started_at <= ${ctx.clock.now()}
        and coalesce(e.ended_at, e.started_at + make_interval(days => ${STAY_DAYS_MAX}::int)) > ${ctx.clock.now()})
      and concat_ws(' ', r.protocol_code, r.protocol_version, o.step) = any(${steps}::text[])
      ${TIMES[time](ctx.clock.now())}
      ${only ? sql`and o.id = any(${[...only]}::uuid[])` : sql``}
      ${except.length > 0 ? sql`and o.id <> all(${[...except]}::uuid[])` : sql``}
      ${exceptPatients.length > 0 ? sql`and o.patient_id <> all(${[...exceptPatients]}::uuid[])` : sql``}
    order by o.call_back_at nulls last, o.rank, o.window_until, o.id limit ${limit}`.execute(ctx.db)
  return rows.map((row) => visitOf(protocols, row))
}

const TIMES = {
  come: (now: Date) => sql`and (o.call_back_at is null or o.call_back_at <= ${now})`,
  waiting: (now: Date) => sql`and o.call_back_at > ${now}`,
  any: () => sql``,
} as const

interface CallRow {
  id: string
  patient_id: string
  step: string
  rank: number
  state: OccurrenceState
  due_on: string
  window_until: string
  call_back_at: Date | null
  protocol_code: string
  protocol_version: number
  tries: Tried[]
}

/** Steps, by protocol, version and code, that somebody does and that may be done by telephone. */
export function callableSteps(protocols: Protocols): string[] {
  return [...protocols.values()].flatMap(({ code, version, definition }) =>
    definition.steps.filter(isCallable).map((step) => `${code} ${version} ${step.code}`),
  )
}

const CALLED_KINDS: readonly string[] = ['visit', 'call']
const isCallable = ({ kind, way }: Step) => CALLED_KINDS.includes(kind) && (way === 'phone' || way === 'any')

function visitOf(protocols: Protocols, row: CallRow): VisitToCall {
  const { protocol, step } = definitionOf(protocols, row as never, row.step)
  return {
    id: row.id,
    patientId: row.patient_id,
    protocolName: protocol.name,
    stepName: step.name,
    script: 'script' in step ? step.script : undefined,
    rank: row.rank,
    state: row.state,
    dueOn: row.due_on,
    windowUntil: row.window_until,
    tries: row.tries,
    vain: judgeAttempts(row.tries, protocol.attempts).vain,
    needsReason: needsReason(row.tries, 'phone', protocol.attempts),
    callBackAt: row.call_back_at,
  }
}

export interface CallLogged {
  /** Vain tries since somebody last answered, this one included. */
  vain: number
  /** The tag `lost-contact` stands now. */
  lost: boolean
  /** Whether the follow-up still waits to be done; it may have been done while talking. */
  open: boolean
}

/**
 * Logs a call as a try to reach the person, also where the follow-up was done while talking: then it is only kept.
 * @param plan when to call again, told how many tries were in vain so far, this one included, and how many the protocol allows
 * @throws Problem NotFound, FollowUpNotOpen, PlanEnded, AttemptReasonNeeded, AttemptInFuture
 */
export async function logCall(
  ctx: WriteContext,
  occurrenceId: string,
  call: Omit<AttemptInput, 'channel' | 'nextAt'>,
  plan: (vain: number, most: number) => Date | null,
): Promise<CallLogged> {
  const { occurrence, run, protocol } = await beginVisit(ctx, occurrenceId)
  const before = await findAttempts(ctx.tx, ctx.organizationId, occurrenceId)
  if (!['done', 'done-late'].includes(occurrence.state)) {
    const { vain } = judgeAttempts([...before, { channel: 'phone', outcome: call.outcome }], protocol.attempts)
    const nextAt = plan(vain, protocol.attempts.most)?.toISOString()
    // The call was made: that nobody has said why is no reason to lose it.
    const because = needsReason(before, 'phone', protocol.attempts) ? call.because || 'call-desk' : call.because
    const verdict = await logAttempt(ctx, occurrenceId, { ...call, because, channel: 'phone', nextAt })
    return { vain: verdict.vain, lost: verdict.lost, open: true }
  }
  await insertAttempt(ctx.tx, ctx.organizationId, {
    id: ctx.ids.next(),
    occurrence_id: occurrenceId,
    number: before.length + 1,
    patient_id: run.patient_id,
    channel: 'phone',
    outcome: call.outcome,
    started_at: call.startedAt ? new Date(call.startedAt) : ctx.clock.now(),
    ended_at: call.endedAt ? new Date(call.endedAt) : null,
    note: call.note,
    next_at: null,
    because: call.because,
    by_id: ctx.actor.id,
    by_name: ctx.actor.name,
    at: ctx.clock.now(),
  })
  await sql`update occurrence set attempts = attempts + 1 where organization_id = ${ctx.organizationId} and id = ${occurrenceId}`.execute(
    ctx.tx,
  )
  return { vain: isVain(call.outcome) ? 1 : 0, lost: false, open: false }
}
