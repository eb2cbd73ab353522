import { addDays } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { hold, wake } from '../../agenda/server/index.ts'
import { lockPatient, requireVisible } from '../../patient/server/index.ts'
import { followUpProblem } from '../contract/problems.ts'
import type { ExitReason } from '../contract/words.ts'
import { endPlans } from './end.ts'
import { startPlan } from './enrol.ts'
import { findPeople } from './person-store.ts'
import { progress } from './progress.ts'
import { findProtocols, publishedOf } from './protocol-store.ts'
import { findReaches, isClosed } from './reach-store.ts'
import { lockRun } from './run-store.ts'
import { releaseWaits } from './spread-store.ts'
import { TASK_SOURCE } from './progress.ts'
import { findOpenTasks } from '../../task/server/index.ts'

/** How far back a plan may be counted from when it is started by hand. */
const ANCHOR_BACK_DAYS = 90
/** Pathways of pregnancy and of the time after it are often begun late. */
const ANCHOR_BACK_DAYS_OF: Record<string, number> = { 'last-period': 310, delivery: 400 }

/**
 * Starts a protocol by hand; its first follow-ups are planned at once.
 * @throws Problem NotFound, ProtocolUnknown, PlanPatientNotActive, PlanRunsAlready, ActualInFuture, ActualTooEarly
 */
export async function enrolByHand(
  ctx: WriteContext,
  patientId: string,
  input: { protocol: string; anchorOn?: string | undefined; reason: string },
): Promise<string> {
  await requireVisible(ctx, patientId)
  const patient = await lockPatient(ctx.tx, ctx.organizationId, patientId)
  if (patient.state !== 'active') throw followUpProblem('PlanPatientNotActive')
  // The engine takes people, and then what they wait for: so does this.
  await hold(ctx.tx, ctx.organizationId, [patientId])
  const protocols = await findProtocols(ctx.tx, ctx.organizationId)
  const protocol = publishedOf(protocols).find(({ code }) => code === input.protocol)
  if (!protocol || isClosed(await findReaches(ctx.tx, ctx.organizationId), protocol.code))
    throw followUpProblem('ProtocolUnknown')
  const { anchor } = protocol.definition
  const anchorOn = anchor === 'birth' ? (patient.birth_date ?? ctx.today) : (input.anchorOn ?? ctx.today)
  if (anchorOn > ctx.today) throw followUpProblem('ActualInFuture', {}, 'body.anchorOn')
  const earliest = addDays(ctx.today, -(ANCHOR_BACK_DAYS_OF[anchor] ?? ANCHOR_BACK_DAYS))
  if (anchor !== 'birth' && anchorOn < earliest)
    throw followUpProblem('ActualTooEarly', { day: earliest }, 'body.anchorOn')
  // Whoever waits for a day of it begins now instead, as what they came in by.
  const [waited] = await releaseWaits(
    ctx.tx,
    ctx.organizationId,
    [{ patient_id: patientId, protocol_code: protocol.code }],
    ctx.today,
  )
  const run = await startPlan(ctx, {
    patientId,
    protocol,
    entryKey: waited?.entry_key ?? `hand:${ctx.ids.next()}`,
    anchorOn,
    ...(waited ? { waitedSince: waited.since.toISOString() } : {}),
  })
  if (!run) throw followUpProblem('PlanRunsAlready', { name: protocol.definition.name.zh })
  const { code } = protocol
  const insteadOf = waited ? { insteadOf: waited.begins_on } : {}
  ctx.audit.detail = { ...ctx.audit.detail, protocol: code, runId: run.id, reason: input.reason, ...insteadOf }
  const now = ctx.clock.now()
  const moments: Date[] = []
  const batch = {
    patientIds: [patientId],
    now,
    today: ctx.today,
    propose: (_id: string, at: Date) => void moments.push(at),
  }
  await progress(ctx, batch, protocols, await findPeople(ctx, [patientId]), [run])
  // A visit may be due at once: whoever keeps a list of those hears of it now.
  if (await ctx.facts.isAskedFor(ctx, ['followUpVisit'])) moments.push(now)
  const soonest = moments.toSorted((a, b) => a.getTime() - b.getTime())[0]
  if (soonest) await wake(ctx.tx, ctx.organizationId, [patientId], 'follow-up', soonest)
  return run.id
}

/** In the place of a rule's code: a colleague closed the case (结案). */
const BY_HAND = 'by-hand'

/** Ends a plan with the reason, or closes it as graduated; what is open of it is cancelled. @throws Problem NotFound, PlanEnded @returns how many follow-ups */
export async function exitByHand(
  ctx: WriteContext,
  runId: string,
  { reason, note }: { reason: ExitReason | 'graduated'; note: string },
): Promise<number> {
  const run = await lockRun(ctx.tx, ctx.organizationId, runId)
  if (!run) throw platformProblem('NotFound')
  await requireVisible(ctx, run.patient_id)
  ctx.audit.patientId = run.patient_id
  ctx.audit.detail = { ...ctx.audit.detail, protocol: run.protocol_code, reason }
  const before = await findOpenTasks(ctx, { patientIds: [run.patient_id], source: TASK_SOURCE })
  const [ended] = await endPlans(ctx, [
    reason === 'graduated'
      ? { runId, state: 'completed', reason: null, note, rule: BY_HAND }
      : { runId, state: 'exited', reason, note },
  ])
  if (!ended) throw followUpProblem('PlanEnded', { day: '' })
  await wake(ctx.tx, ctx.organizationId, [run.patient_id], 'follow-up', ctx.clock.now())
  const after = await findOpenTasks(ctx, { patientIds: [run.patient_id], source: TASK_SOURCE })
  return before.length - after.length
}
