import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { checkPlain } from '../../../clinical/plain-language/index.ts'
import { findStaff, staffNames } from '../../staff/server/index.ts'
import { closeTask, createTask } from '../../task/server/index.ts'
import { interpretationProblem } from '../contract/problems.ts'
import { asSaid, refuseApart } from './order.ts'
import { countUnanswered, findOutcomes, lockOrder, note, updateOrder } from './store.ts'
import { asHouse, QUESTION_TASK, tellPatient } from './tell.ts'

/** So many may wait for an answer at once: beyond that a call helps more. */
const OPEN_MAX = 5

/**
 * What is still not clear goes to the doctor who has signed, as a task. The same key asks once.
 * @throws Problem NotFound, InterpretationNotYet, InterpretationTooManyQuestions
 */
export async function askMore(
  ctx: WriteContext,
  orderId: string,
  { text, key }: { text: string; key: string },
): Promise<void> {
  const row = await lockOrder(ctx, orderId)
  const signed = (await findOutcomes(ctx, [row.id])).get(row.id)?.[0]
  if (row.state !== 'done' || !signed) throw interpretationProblem('InterpretationNotYet', { state: row.state })
  const open = (await countUnanswered(ctx, [row.id])).get(row.id) ?? 0
  const added = await ctx.tx
    .insertInto('interpretation_question')
    .values({
      organization_id: ctx.organizationId,
      id: key,
      order_id: row.id,
      text: asSaid(ctx, text),
      asked_at: ctx.clock.now(),
      answered_by: null,
      answered_at: null,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) return
  if (open >= OPEN_MAX) throw interpretationProblem('InterpretationTooManyQuestions')
  await note(ctx, row.id, { kind: 'question' })
  const doctor = await findStaff(ctx, signed.signed_by)
  const ownerId = doctor?.state === 'active' ? doctor.id : null
  await createTask(asHouse(ctx), {
    type: 'other',
    title: { zh: '客户听完报告解读还有问题', en: 'A question after the talk about a report' },
    note: text,
    patientId: row.patient_id,
    ownerId,
    poolRole: ownerId ? null : 'physician',
    source: QUESTION_TASK,
    sourceKey: `${row.id}:${key}`,
  })
}

/** Answers in words that the person reads. @throws Problem NotFound, InterpretationAnswered, InterpretationHepatitisBApart, InterpretationPromise */
export async function answer(ctx: WriteContext, orderId: string, questionId: string, text: string): Promise<void> {
  const row = await lockOrder(ctx, orderId)
  refuseApart(text, 'body.text')
  const promise = checkPlain(text).find(({ kind }) => kind === 'promise')
  if (promise) throw interpretationProblem('InterpretationPromise', { words: promise.text }, 'body.text')
  const known = await ctx.tx
    .selectFrom('interpretation_question')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('order_id', '=', row.id)
    .where('id', '=', questionId)
    .executeTakeFirst()
  if (!known) throw platformProblem('NotFound')
  const by = { id: ctx.actor.id, name: ctx.actor.name }
  if (!(await markAnswered(ctx, questionId, text, by))) throw interpretationProblem('InterpretationAnswered')
  await closeTask(ctx, { source: QUESTION_TASK, sourceKey: `${row.id}:${questionId}` }, { state: 'completed' })
  const after = await updateOrder(ctx, row, {})
  await note(ctx, row.id, { kind: 'answered' })
  await tellPatient(ctx, after, 'answered')
}

/** The task was done otherwise, by a call: the question is answered, without words to read. */
export async function answeredElsewhere(ctx: WriteContext, sourceKey: string | null, by: string | null): Promise<void> {
  const questionId = sourceKey?.split(':')[1]
  if (!questionId) return
  const name = by ? ((await staffNames(ctx, [by])).get(by) ?? '') : ''
  await markAnswered(ctx, questionId, '', { id: by, name })
}

async function markAnswered(
  ctx: WriteContext,
  questionId: string,
  text: string,
  by: { id: string | null; name: string },
): Promise<boolean> {
  const { rows } = await sql`
    update interpretation_question set answer = ${text}, answered_by = ${by.id}, answered_by_name = ${by.name}, answered_at = ${ctx.clock.now()}
    where organization_id = ${ctx.organizationId} and id = ${questionId} and answered_at is null returning id`.execute(
    ctx.tx,
  )
  return rows.length === 1
}
