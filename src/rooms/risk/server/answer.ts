import { sql } from 'kysely'
import { checkInput, isRefused } from '../../../clinical/instrument/core/check.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { riskProblem } from '../contract/problems.ts'
import type { answerRisks } from '../contract/risk.ts'
import { assess } from './assess.ts'
import { mapped, questionByCode } from './mapping.ts'
import { whoIs } from './view.ts'

/** Computes anew because a person asked for it. @throws Problem NotForMinors, NotFound */
export async function assessAsked(ctx: WriteContext, patientId: string): Promise<{ added: number }> {
  await requireAdult(ctx, patientId)
  const added = await assess(ctx, { patientIds: [patientId], because: 'asked', onlyChanged: false })
  ctx.audit.detail['added'] = added
  return { added }
}

/**
 * Keeps answers with who gave them and when, and computes anew.
 * @throws Problem QuestionUnknown, AnswerUnfit, NotForMinors, NotFound
 */
export async function answer(
  ctx: WriteContext,
  patientId: string,
  { answers }: InputOf<typeof answerRisks>['body'],
): Promise<{ added: number }> {
  await requireAdult(ctx, patientId)
  for (const [at, { question, value }] of answers.entries()) {
    const path = `body.answers.${at}.value`
    if (!questionByCode(question)) throw riskProblem('QuestionUnknown', { question }, path)
    if (!fits(question, value)) throw riskProblem('AnswerUnfit', {}, path)
  }
  const now = ctx.clock.now()
  const rows = answers.map(({ question, value }) => ({ id: ctx.ids.next(), question, value }))
  await sql`
    insert into risk_answer (organization_id, patient_id, question, id, value, by_id, by_name, at)
    select ${ctx.organizationId}::uuid, ${patientId}::uuid, question, id, value, ${ctx.actor.id}::uuid, ${ctx.actor.name}, ${now}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as a (id uuid, question text, value jsonb)`.execute(ctx.tx)
  ctx.audit.detail['questions'] = answers.map(({ question }) => question)
  return { added: await assess(ctx, { patientIds: [patientId], because: 'asked', onlyChanged: false }) }
}

/** Whether some instrument that asks this takes such an answer; a question about whom it is made for is yes or no. */
function fits(question: string, value: unknown): boolean {
  const specs = mapped.flatMap(({ instrument, mapping }) =>
    Object.entries(mapping.inputs).flatMap(([input, source]) =>
      'question' in source && source.question === question
        ? instrument.forms.flatMap((form) => form.inputs[input] ?? [])
        : [],
    ),
  )
  if (specs.length === 0) return typeof value === 'boolean'
  return specs.some((spec) => !isRefused(checkInput({ value: spec }, { value })))
}

async function requireAdult(ctx: WriteContext, patientId: string): Promise<void> {
  const who = whoIs(await requireVisible(ctx, patientId), ctx.today)
  if (who !== 'adult') throw riskProblem('NotForMinors')
}
