import { indicatorByCode } from '../../../clinical/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { isAlertOf } from '../../alert/server/index.ts'
import { isVisitOf } from '../../follow-up/server/index.ts'
import { isObservationOf } from '../../observation/server/index.ts'
import { lockPatient, patientSummary, requireVisible } from '../../patient/server/index.ts'
import { closeTask, createTask } from '../../task/server/index.ts'
import { similarityPercent, differencesOf } from '../contract/compare.ts'
import { carePlanProblem } from '../contract/problems.ts'
import type { Cause, savePlanDraft, startPlan } from '../contract/plan.ts'
import type { PlanContent } from '../contract/words.ts'
import { note, openDraft, openPlan, proposed, versionsOf } from './open.ts'
import { insertPlan, updatePlan, type PlanRow, type VersionRow } from './plan-store.ts'
import { faultOfAsked, REASON_LEAST, type AskedFor } from './rules/plan.ts'
import { changeDraft, insertDraft, moveVersion, type DraftValues } from './version-store.ts'

export const SIGN_TASK = 'care-plan-sign'

type Draft = Omit<InputOf<typeof startPlan>['body'], 'kind'> & { cause: Cause | null }

/** @throws Problem CarePlanIndicatorUnknown, CarePlanGoalEmpty, CarePlanTemplateUnknown */
async function valuesOf(
  ctx: WriteContext,
  { title, content, template, sameReason, cause }: Draft,
): Promise<DraftValues> {
  checkGoals(content)
  checkAsked(content.actions, 'body.content.actions')
  const model = await proposed(ctx, template, ctx.today)
  return {
    title,
    content,
    template,
    sameReason,
    cause,
    similarityPercent: model ? similarityPercent(model, content) : null,
    by: ctx.actor,
    at: ctx.clock.now(),
  }
}

/** @throws Problem CarePlanIndicatorUnknown, CarePlanUnitUnfit */
export function checkAsked(actions: readonly { ask: AskedFor }[], path: string): void {
  for (const [at, { ask }] of actions.entries()) {
    const fault = faultOfAsked(ask)
    const of = `${path}.${at}.ask`
    if (fault === 'indicator')
      throw carePlanProblem('CarePlanIndicatorUnknown', { code: ask.indicator! }, `${of}.indicator`)
    if (fault === 'unit') throw carePlanProblem('CarePlanUnitUnfit', {}, `${of}.unit`)
  }
}

/** A goal is either a number to reach or words; a half of one is none. */
function checkGoals({ goals }: PlanContent): void {
  for (const [at, goal] of goals.entries()) {
    const path = `body.content.goals.${at}`
    if (goal.code !== null && indicatorByCode(goal.code)?.kind !== 'number')
      throw carePlanProblem('CarePlanIndicatorUnknown', { code: goal.code }, `${path}.code`)
    const inNumbers = goal.code !== null && goal.comparator !== null && goal.value !== null
    if (!inNumbers && (goal.words === '' || goal.value !== null)) throw carePlanProblem('CarePlanGoalEmpty', {}, path)
  }
}

/** Begins a plan as a draft. @returns its id @throws Problem CarePlanKindOpen, CarePlanPatientNotActive and those of the draft */
export async function start(
  ctx: WriteContext,
  patientId: string,
  body: InputOf<typeof startPlan>['body'],
): Promise<string> {
  await requireVisible(ctx, patientId)
  const patient = await lockPatient(ctx.tx, ctx.organizationId, patientId)
  if (patient.state !== 'active') throw carePlanProblem('CarePlanPatientNotActive')
  const values = await valuesOf(ctx, { ...body, cause: null })
  const planId: string = ctx.ids.next<string & never>()
  const plan = { organizationId: ctx.organizationId, id: planId, patientId, kind: body.kind, title: body.title }
  if (!(await insertPlan(ctx.tx, { ...plan, by: ctx.actor.id, at: values.at })))
    throw carePlanProblem('CarePlanKindOpen')
  await insertDraft(ctx.tx, ctx.organizationId, planId, values)
  ctx.audit.subjectId = planId
  ctx.audit.detail = { kind: body.kind }
  await note(ctx, { organization_id: ctx.organizationId, id: planId } as PlanRow, { kind: 'drafted', version: 1 })
  return planId
}

/**
 * Changes the open draft, or begins the next version: with the finding that caused it, for a plan that runs already.
 * @throws Problem CarePlanCauseMissing, CarePlanCauseUnknown, ChangedMeanwhile, CarePlanClosed and those of the draft
 */
export async function saveDraft(
  ctx: WriteContext,
  patientId: string,
  planId: string,
  { revision, ...body }: InputOf<typeof savePlanDraft>['body'],
): Promise<void> {
  const plan = await openPlan(ctx, patientId, planId)
  if (plan.state === 'ended' || plan.state === 'discarded') throw carePlanProblem('CarePlanClosed')
  if (plan.version !== null) await checkCause(ctx, patientId, body.cause)
  const values = await valuesOf(ctx, body)
  if (revision === 0) {
    if (!(await insertDraft(ctx.tx, ctx.organizationId, planId, values))) throw platformProblem('ChangedMeanwhile')
    const [draft] = await versionsOf(ctx, planId)
    await note(ctx, plan, { kind: 'drafted', version: draft!.version, note: body.cause?.words ?? '' })
  } else {
    const draft = await openDraft(ctx, plan, revision)
    if (!(await changeDraft(ctx.tx, draft, revision, values))) throw platformProblem('ChangedMeanwhile')
    await withdraw(ctx, draft)
    if (plan.version === null) await updatePlan(ctx.tx, plan, { title: body.title })
  }
  await updatePlan(ctx.tx, plan, { submitted_at: null })
}

/** Where the finding that caused a version stands; the others are words alone. */
const CAUSE_OF: Partial<Record<Cause['kind'], (ctx: ReadContext, patientId: string, id: string) => Promise<boolean>>> =
  { observation: isObservationOf, 'follow-up': isVisitOf, alert: isAlertOf }

async function checkCause(ctx: WriteContext, patientId: string, cause: Cause | null): Promise<void> {
  if (!cause || cause.words.length < REASON_LEAST) throw carePlanProblem('CarePlanCauseMissing', {}, 'body.cause')
  if (cause.id === null) return
  const isTheirs = CAUSE_OF[cause.kind]
  if (!isTheirs || !(await isTheirs(ctx, patientId, cause.id)))
    throw carePlanProblem('CarePlanCauseUnknown', {}, 'body.cause')
}

/**
 * A template that nobody fitted to the person is no plan of theirs: at least one change, or the reason why none (S1-14).
 * @throws Problem CarePlanSameAsTemplate
 */
export async function requirePersonal(ctx: WriteContext, draft: VersionRow): Promise<void> {
  const template = draft.template_code ? { code: draft.template_code, version: draft.template_version! } : null
  const model = await proposed(ctx, template, ctx.today)
  if (model && draft.same_reason.length < REASON_LEAST && differencesOf(model, draft.content).length === 0)
    throw carePlanProblem('CarePlanSameAsTemplate', {}, 'body.sameReason')
}

/** Asks the doctor to sign: a task of theirs, or of all doctors where the person has none. */
export async function submit(ctx: WriteContext, patientId: string, planId: string, revision: number): Promise<void> {
  const plan = await openPlan(ctx, patientId, planId)
  const draft = await openDraft(ctx, plan, revision)
  if (draft.state !== 'draft') throw carePlanProblem('CarePlanNotDraft')
  await requirePersonal(ctx, draft)
  const now = ctx.clock.now()
  const key = `${planId}:${draft.version}:${revision}`
  if (!(await moveVersion(ctx.tx, draft, revision, { state: 'submitted', submitted_at: now, sign_task_key: key })))
    throw platformProblem('ChangedMeanwhile')
  await updatePlan(ctx.tx, plan, { submitted_at: now })
  await note(ctx, plan, { kind: 'submitted', version: draft.version })
  const summary = await patientSummary(ctx, patientId)
  await createTask(ctx, {
    type: 'other',
    title: { zh: `签署干预方案：${draft.title}`, en: `Sign the care plan: ${draft.title}` },
    patientId,
    ownerId: summary?.doctorId ?? null,
    poolRole: summary?.doctorId ? null : 'physician',
    source: SIGN_TASK,
    sourceKey: key,
  })
}

/** Gives a draft back to its author, with what is to be changed. */
export async function giveBack(
  ctx: WriteContext,
  patientId: string,
  planId: string,
  { revision, note: words }: { revision: number; note: string },
): Promise<void> {
  const plan = await openPlan(ctx, patientId, planId)
  const draft = await openDraft(ctx, plan, revision)
  if (draft.state !== 'submitted') throw carePlanProblem('CarePlanNotDraft')
  if (!(await moveVersion(ctx.tx, draft, revision, { state: 'draft', submitted_at: null, returned_note: words })))
    throw platformProblem('ChangedMeanwhile')
  await updatePlan(ctx.tx, plan, { submitted_at: null })
  await note(ctx, plan, { kind: 'returned', version: draft.version, note: words })
  await closeSignTask(ctx, draft, 'completed')
  const summary = await patientSummary(ctx, patientId)
  await createTask(ctx, {
    type: 'other',
    title: { zh: `修改干预方案：${draft.title}`, en: `Change the care plan: ${draft.title}` },
    note: words,
    patientId,
    ownerId: draft.drafted_by ?? summary?.managerId ?? null,
    source: 'care-plan-return',
    sourceKey: `${planId}:${draft.version}:${revision}`,
  })
}

/** Gives a draft up. A plan that never ran ends with it. */
export async function discard(ctx: WriteContext, patientId: string, planId: string): Promise<void> {
  const plan = await openPlan(ctx, patientId, planId)
  const draft = (await versionsOf(ctx, planId)).find(({ state }) => state === 'draft' || state === 'submitted')
  if (!draft) throw carePlanProblem('CarePlanNotDraft')
  if (!(await moveVersion(ctx.tx, draft, draft.revision, { state: 'discarded' })))
    throw platformProblem('ChangedMeanwhile')
  await updatePlan(ctx.tx, plan, { submitted_at: null, ...(plan.state === 'draft' && { state: 'discarded' as const }) })
  await note(ctx, plan, { kind: 'discarded', version: draft.version })
  await closeSignTask(ctx, draft, 'cancelled')
}

/** What was to be signed is in its author's hands again. */
function withdraw(ctx: WriteContext, draft: VersionRow): Promise<void> {
  return draft.state === 'submitted' ? closeSignTask(ctx, draft, 'cancelled') : Promise.resolve()
}

export async function closeSignTask(
  ctx: WriteContext,
  draft: VersionRow,
  state: 'completed' | 'cancelled',
): Promise<void> {
  if (draft.sign_task_key) await closeTask(ctx, { source: SIGN_TASK, sourceKey: draft.sign_task_key }, { state })
}
