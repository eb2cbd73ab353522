import { addDays } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import { InvalidInput } from '../../../platform/http/validation.ts'
import { wake } from '../../agenda/server/index.ts'
import { setMainWorry } from '../../patient/server/index.ts'
import { clearRoomTag } from '../../tag/server/index.ts'
import { closeTask } from '../../task/server/index.ts'
import { followUpCompleted } from '../contract/events.ts'
import type { Answers, FormDefinition } from '../contract/form.ts'
import faultTexts from '../content/faults.json' with { type: 'json' }
import { followUpProblem } from '../contract/problems.ts'
import type { VisitAction, VisitClass, Way } from '../contract/words.ts'
import { raiseAlert } from './alert.ts'
import { raiseDanger } from './danger.ts'
import { completeOccurrence, findDoneVisits, insertAnswer, insertReferral, settleReferral } from './answer-store.ts'
import { ageAt, beginVisit, refuseClosed, type Opened } from './begin.ts'
import { settleMissed } from './escalate.ts'
import { recordMeasurements } from './extract.ts'
import { findForm } from './forms.ts'
import { planNext } from './next.ts'
import { TASK_SOURCE } from './progress.ts'
import { readAnswers } from './rules/answers.ts'
import { isSeen } from './rules/plan.ts'
import { classify, type Proposal } from './rules/classify.ts'
import { tellPatients } from './tell.ts'

export interface CompletionInput {
  actualOn: string
  way: Way
  answers: Answers
  class?: VisitClass | undefined
  action?: VisitAction | undefined
  classReason: string
  lateReason: string
  nextOn?: string | undefined
  referral?: { reason: string; referTo: string } | undefined
}

/**
 * Completes a follow-up with its form, in one transaction with everything that follows: the answers, the observations
 * they become, the referral, the next follow-up counted from the day of the visit, the closed task, the thanks.
 * @throws Problem FollowUpDone, FollowUpCancelled, PlanEnded, ActualInFuture, ActualTooEarly, LateReasonNeeded, InvalidInput,
 *   ClassNeeded, ClassUnfit, ClassReasonNeeded, NextOutOfReach
 */
export async function completeVisit(ctx: WriteContext, occurrenceId: string, input: CompletionInput): Promise<void> {
  const opened = await beginVisit(ctx, occurrenceId)
  refuseClosed(ctx, opened)
  const { occurrence, run, protocol } = opened
  const state = stateOf(ctx, opened, input)
  const form = opened.step.form ? findForm(opened.step.form) : undefined
  const answers = form ? readOrRefuse(ctx, form, input.answers, { way: input.way, step: occurrence.step }) : {}
  const proposal = form ? await proposeFor(ctx, opened, form, answers, input.actualOn) : undefined
  const decided = decide(protocol.classes, proposal, input)
  const now = ctx.clock.now()
  const answerId = form ? ctx.ids.next() : null
  if (form && answerId) {
    const extracted = await recordMeasurements(ctx, {
      patientId: occurrence.patient_id,
      form,
      answers,
      on: input.actualOn,
    })
    await insertAnswer(
      ctx.tx,
      ctx.organizationId,
      {
        id: answerId,
        occurrenceId,
        patientId: occurrence.patient_id,
        version: 1,
        formCode: form.code,
        formVersion: form.version,
        answers,
        extracted,
        because: '',
      },
      ctx.actor,
      now,
    )
  }
  const done = await completeOccurrence(
    ctx.tx,
    ctx.organizationId,
    occurrenceId,
    {
      state,
      reason: [input.lateReason, input.classReason].filter(Boolean).join('；'),
      way: input.way,
      class: decided.class,
      proposedClass: proposal?.class ?? null,
      action: decided.action,
      proposedAction: proposal?.action ?? null,
      actualOn: input.actualOn,
      backEntered: input.actualOn < ctx.today,
      answerId,
    },
    ctx.actor,
    now,
  )
  if (!done) throw followUpProblem('FollowUpDone', { name: '', day: '', time: '' })
  const next = await planNext(ctx, { ...opened, occurrence: done }, input.nextOn, answers)
  await follow(ctx, opened, { done, proposal, answers, decided, input, nextId: next?.id ?? null, nextOn: next?.dueOn })
  await wake(ctx.tx, ctx.organizationId, [run.patient_id], 'follow-up', now)
  ctx.audit.detail = {
    ...ctx.audit.detail,
    to: state,
    class: decided.class,
    action: decided.action,
    emergency: proposal?.emergency ?? false,
  }
}

interface Outcome {
  done: Opened['occurrence']
  proposal: Proposal | undefined
  answers: Answers
  decided: { class: VisitClass | null; action: VisitAction | null }
  input: CompletionInput
  nextId: string | null
  nextOn: string | undefined
}

/** What a completed visit sets off besides the next one. */
async function follow(ctx: WriteContext, opened: Opened, outcome: Outcome): Promise<void> {
  const { run, protocol, occurrence, step } = opened
  const { done, proposal, answers, decided, input } = outcome
  const now = ctx.clock.now()
  await closeTask(
    ctx,
    { source: TASK_SOURCE, sourceKey: done.id },
    { state: 'completed', outcome: { text: '', class: decided.class, action: decided.action } },
  )
  await settleMissed(ctx, [run], { state: 'completed' }, occurrence.track)
  if (typeof answers['referral-outcome'] === 'string')
    await settleReferral(
      ctx.tx,
      ctx.organizationId,
      done.id,
      answers['referral-outcome'],
      String(answers['referral-result'] ?? ''),
      now,
    )
  if (decided.action === 'refer') {
    const { reason = '', referTo = '' } = input.referral ?? {}
    const reasonCodes = [
      ...new Set((proposal?.because ?? []).map(({ code }) => code).filter((code) => code !== 'on-target')),
    ]
    await insertReferral(
      ctx.tx,
      ctx.organizationId,
      {
        id: ctx.ids.next(),
        occurrenceId: done.id,
        patientId: run.patient_id,
        reasonCodes,
        reason,
        referTo,
        urgent: proposal?.emergency ?? false,
        checkId: outcome.nextId,
      },
      ctx.actor,
      now,
    )
  }
  const form = step.form ? findForm(step.form) : undefined
  if (form) await raiseDanger(ctx, { occurrenceId: done.id, patientId: run.patient_id }, form, answers)
  if (proposal && (proposal.emergency || decided.action === 'attend')) await raiseAlert(ctx, opened, proposal, answers)
  const worry = answers['worry']
  if (typeof worry === 'string' && ctx.actor.kind === 'staff') await setMainWorry(ctx, run.patient_id, worry)
  await clearRoomTag(ctx, run.patient_id, 'lost-contact', 'follow-up done')
  if (isSeen(step) && outcome.nextOn)
    await tellPatients(ctx, [
      {
        patientId: run.patient_id,
        template: 'follow-up-thanks',
        occurrenceId: done.id,
        dueOn: outcome.nextOn,
        until: addDays(ctx.today, 5),
      },
    ])
  const about = {
    runId: run.id as never,
    patientId: run.patient_id as PatientId,
    protocol: protocol.code,
    occurrenceId: done.id as never,
    step: occurrence.step,
  }
  await ctx.emit(followUpCompleted, {
    ...about,
    class: decided.class,
    action: decided.action,
    emergency: proposal?.emergency ?? false,
  })
}

/** In time, or late: what counts is the day of the visit, not that of its entry. */
function stateOf(
  ctx: WriteContext,
  { occurrence, run }: Opened,
  { actualOn, lateReason }: CompletionInput,
): 'done' | 'done-late' {
  if (actualOn > ctx.today) throw followUpProblem('ActualInFuture', {}, 'body.actualOn')
  if (actualOn < run.anchor_on) throw followUpProblem('ActualTooEarly', { day: run.anchor_on }, 'body.actualOn')
  if (actualOn <= occurrence.window_until) return 'done'
  if (lateReason.length < 2)
    throw followUpProblem('LateReasonNeeded', { day: occurrence.window_until }, 'body.lateReason')
  return 'done-late'
}

/** @throws InvalidInput with every fault at its question, in the reader's language */
export function readOrRefuse(
  ctx: WriteContext,
  form: FormDefinition,
  given: Answers,
  visit: { way: string; step: string },
): Answers {
  const { answers, faults } = readAnswers(form, given, visit)
  const language = ctx.locale === 'en' ? 'en' : 'zh'
  if (faults.length > 0)
    throw new InvalidInput(
      faults.map(({ linkId, code }) => ({ path: `body.answers.${linkId}`, message: faultTexts[code][language] })),
    )
  return answers
}

/** What the answers speak for, seen with the visit before. */
export async function proposeFor(
  ctx: WriteContext,
  opened: Opened,
  form: FormDefinition,
  answers: Answers,
  actualOn: string,
): Promise<Proposal | undefined> {
  const { protocol, run, occurrence, patient } = opened
  if (!protocol.classing) return undefined
  const wanted = { runId: run.id, track: occurrence.track, notId: occurrence.id, limit: 3 }
  const before = (await findDoneVisits(ctx.db, ctx.organizationId, wanted)).find(
    (visit) => visit.actual_on !== null && visit.actual_on <= actualOn && visit.sequence < occurrence.sequence,
  )
  const afterReferral = protocol.steps.some((step) =>
    step.branches.some((branch) => 'action' in branch && branch.action === 'refer' && branch.next === occurrence.step),
  )
  const previous = before && { class: before.class, answers: before.answers ?? {} }
  return classify(protocol.classing, { answers, ageYears: ageAt(patient, actualOn), afterReferral, previous }, form)
}

/** The class and action that hold: the proposed ones, or others with the person's reason. */
function decide(
  classes: readonly VisitClass[],
  proposal: Proposal | undefined,
  input: CompletionInput,
): Outcome['decided'] {
  if (!proposal) return { class: null, action: null }
  const decided = { class: input.class ?? proposal.class, action: input.action ?? proposal.action }
  if (decided.class === null) throw followUpProblem('ClassNeeded', {}, 'body.class')
  if (!classes.includes(decided.class)) throw followUpProblem('ClassUnfit', {}, 'body.class')
  const differs = (proposal.class !== null && decided.class !== proposal.class) || decided.action !== proposal.action
  // Where the answers say nothing, the person decides and need not say why.
  if (differs && proposal.class !== null && input.classReason.length < 2)
    throw followUpProblem('ClassReasonNeeded', {}, 'body.classReason')
  return decided
}
