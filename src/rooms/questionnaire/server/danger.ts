import type { Form } from '../../../clinical/questionnaire/index.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { raiseAlert, soundsLikeDanger } from '../../alert/server/index.ts'
import { notifyStaff } from '../../message/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import words from '../content/words.json' with { type: 'json' }

/** Where people write what they want; what they choose was written by us. */
const FREE = new Set(['string', 'text', 'open-choice'])

/** Whether anything that was written in these answers, in whatever questionnaire, sounds like danger to life (S0-47). */
export function wordsOfDanger(form: Form, response: Record<string, unknown>): boolean {
  return textsIn(form, response).some(soundsLikeDanger)
}

interface Item {
  linkId?: string
  item?: Item[]
  answer?: { valueString?: string; item?: Item[] }[]
}

function textsIn(form: Form, { item = [] }: Item): string[] {
  return item.flatMap((one) => [
    ...(one.answer ?? []).flatMap(({ valueString, ...rest }) => [
      ...(valueString && FREE.has(form.byLinkId.get(one.linkId ?? '')?.type ?? '') ? [valueString] : []),
      ...textsIn(form, rest),
    ]),
    ...textsIn(form, one.item ? { item: one.item } : {}),
  ])
}

/** Asks the people on duty to call at once. What was written is not told: a call can be made without it. */
export async function raiseDanger(
  ctx: WriteContext,
  { patientId, responseId }: { patientId: string; responseId: string },
): Promise<void> {
  const language = ctx.tenant.locale === 'en' ? 'en' : 'zh'
  await raiseAlert(ctx, {
    patientId,
    class: 'A',
    kind: 'safety',
    title: words.alertOfMind[language],
    note: words.danger[language],
    source: 'questionnaire',
    sourceKey: `${responseId}:words`,
  })
  const patient = await patientSummary(ctx, patientId)
  if (!patient?.counsellorId) return
  await notifyStaff(ctx, patient.counsellorId, {
    kind: 'questionnaire-alarm',
    values: { title: patient.name },
    link: `/patients/${patient.id}?tab=questionnaires`,
    sourceKey: `questionnaire-alarm:${responseId}`,
  })
}
