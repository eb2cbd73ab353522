import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { wake } from '../../agenda/server/index.ts'
import { closeTasks } from '../../task/server/index.ts'
import type { Answers } from '../contract/form.ts'
import { followUpProblem } from '../contract/problems.ts'
import type { VisitClass } from '../contract/words.ts'
import { findAnswers, insertAnswer } from './answer-store.ts'
import { beginVisit, refuseClosed } from './begin.ts'
import { readOrRefuse } from './complete.ts'
import { raiseDanger } from './danger.ts'
import { correctMeasurements } from './extract.ts'
import { findForm } from './forms.ts'
import { planNext } from './next.ts'
import './table.ts'

/**
 * Corrects a completed follow-up: a new version of its answers with the reason; the former one stays, and the
 * observations it became are superseded. What was planned from it stays as it was agreed with the person.
 * @throws Problem NotFound, NothingToCorrect, ChangedMeanwhile, InvalidInput, ClassUnfit
 */
export async function correctVisit(
  ctx: WriteContext,
  occurrenceId: string,
  input: { version: number; answers: Answers; because: string; class?: VisitClass | undefined },
): Promise<void> {
  const { occurrence, protocol } = await beginVisit(ctx, occurrenceId)
  const [former] = await findAnswers(ctx.tx, ctx.organizationId, occurrenceId)
  const form = former && findForm(former.form_code, former.form_version)
  if (!former || !form || occurrence.actual_on === null) throw followUpProblem('NothingToCorrect')
  if (former.version !== input.version) throw platformProblem('ChangedMeanwhile')
  if (input.class && !protocol.classes.includes(input.class)) throw followUpProblem('ClassUnfit', {}, 'body.class')
  const answers = readOrRefuse(ctx, form, input.answers, { way: occurrence.way ?? 'clinic', step: occurrence.step })
  const extraction = { patientId: occurrence.patient_id, form, answers, on: occurrence.actual_on }
  const extracted = await correctMeasurements(ctx, former, extraction, input.because)
  const id = ctx.ids.next()
  await insertAnswer(
    ctx.tx,
    ctx.organizationId,
    {
      id,
      occurrenceId,
      patientId: occurrence.patient_id,
      version: former.version + 1,
      formCode: form.code,
      formVersion: form.version,
      answers,
      extracted,
      because: input.because,
    },
    ctx.actor,
    ctx.clock.now(),
  )
  await raiseDanger(ctx, { occurrenceId, patientId: occurrence.patient_id }, form, answers)
  await sql`update occurrence set form_answer_id = ${id}, class = ${input.class ?? occurrence.class}
    where organization_id = ${ctx.organizationId} and id = ${occurrenceId}`.execute(ctx.tx)
  await wake(ctx.tx, ctx.organizationId, [occurrence.patient_id], 'follow-up', ctx.clock.now())
  ctx.audit.detail = { ...ctx.audit.detail, version: former.version + 1 }
}

/** Leaves out a follow-up that was planned or due; the next one is planned from its due date. @throws Problem FollowUpNotOpen, PlanEnded */
export async function cancelVisit(ctx: WriteContext, occurrenceId: string, reason: string): Promise<void> {
  const opened = await beginVisit(ctx, occurrenceId)
  if (opened.run.state !== 'active') refuseClosed(ctx, opened)
  const now = ctx.clock.now()
  const { rows } = await sql<{ task_id: string | null }>`
    update occurrence set state = 'cancelled', reason = ${reason}, settled_at = ${now}, settled_by = ${ctx.actor.id}, settled_by_name = ${ctx.actor.name}
    where organization_id = ${ctx.organizationId} and id = ${occurrenceId} and state in ('planned', 'due') returning task_id`.execute(
    ctx.tx,
  )
  if (rows.length === 0) throw followUpProblem('FollowUpNotOpen')
  await closeTasks(
    ctx,
    rows.flatMap((row) => row.task_id ?? []),
    { state: 'cancelled', reason },
  )
  await planNext(ctx, { ...opened, occurrence: { ...opened.occurrence, state: 'cancelled', reason } }, undefined)
  await wake(ctx.tx, ctx.organizationId, [opened.run.patient_id], 'follow-up', now)
}
