import type { WriteContext } from '../../../platform/context/context.ts'
import { notesDanger, raiseAlert } from '../../alert/server/index.ts'
import alerts from '../content/alerts.json' with { type: 'json' }
import { questionsOf, type Answers, type FormDefinition } from '../contract/form.ts'

/** What colleagues advised: "如有轻生念头请打 12356" is no sign of danger. */
const OURS = new Set(['advice-given'])

/** Whether what was ticked, counted or written down of somebody tells of danger to their life. */
export function tellsOfDanger(form: FormDefinition, answers: Answers): boolean {
  return questionsOf(form).some((question) => {
    const answer = answers[question.linkId]
    if (question.type === 'choice') {
      const chosen = Array.isArray(answer) ? (answer as string[]) : [answer]
      return question.options.some((option) => option.danger && chosen.includes(option.code))
    }
    if (question.type === 'integer' || question.type === 'decimal')
      return question.dangerFrom !== undefined && typeof answer === 'number' && answer >= question.dangerFrom
    const isWritten = (question.type === 'string' || question.type === 'text') && !OURS.has(question.linkId)
    return isWritten && typeof answer === 'string' && notesDanger(answer)
  })
}

/** The duty list has it at once, once per visit, however often its answers are corrected (S0-47). */
export async function raiseDanger(
  ctx: WriteContext,
  { occurrenceId, patientId }: { occurrenceId: string; patientId: string },
  form: FormDefinition,
  answers: Answers,
): Promise<void> {
  if (!tellsOfDanger(form, answers)) return
  const language = ctx.tenant.locale === 'en' ? 'en' : 'zh'
  await raiseAlert(ctx, {
    patientId,
    class: 'A',
    kind: 'safety',
    title: alerts.danger[language],
    note: alerts.dangerNote[language],
    source: 'follow-up',
    sourceKey: `danger:${occurrenceId}`,
  })
}
