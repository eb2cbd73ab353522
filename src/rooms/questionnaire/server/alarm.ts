import type { FiredAction } from '../../../clinical/questionnaire/index.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { raiseAlert } from '../../alert/server/index.ts'
import { notifyStaff } from '../../message/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import words from '../content/words.json' with { type: 'json' }
import type { QuestionnaireRow } from './definition-store.ts'

type Asked = Pick<QuestionnaireRow, 'title_zh' | 'title_en' | 'sensitivity'>

/**
 * What cannot wait goes to the duty list at once, beside the task to call: an alert of class A, which somebody has to
 * take within a quarter of an hour and which climbs when nobody does (S0-47). The counsellor of the person hears of it
 * in the bell: they read the answers, though the board of alerts is not theirs.
 * @param firedBefore codes that the version which is corrected had fired: the same worry is raised once
 */
export async function raiseAlarms(
  ctx: WriteContext,
  patientId: string,
  responseId: string,
  definition: Asked,
  actions: readonly FiredAction[],
  firedBefore: ReadonlySet<string>,
): Promise<void> {
  const alarms = actions.filter(({ kind, code }) => kind === 'alert' && !firedBefore.has(code))
  if (alarms.length === 0) return
  const language = ctx.tenant.locale === 'en' ? 'en' : 'zh'
  const isOfMind = definition.sensitivity === 'mental'
  for (const { code, text } of alarms) {
    const action = text?.[language] ?? code
    await raiseAlert(ctx, {
      patientId,
      class: 'A',
      kind: isOfMind ? 'safety' : 'result',
      // A title is read over shoulders: it says what to do, and the note says why.
      title: (isOfMind ? words.alertOfMind[language] : action).slice(0, 120),
      note: words.alertNote[language]
        .replace('{action}', () => action)
        .replace('{title}', () => (language === 'en' ? definition.title_en : definition.title_zh)),
      source: 'questionnaire',
      sourceKey: `${responseId}:${code}`,
    })
  }
  const patient = await patientSummary(ctx, patientId)
  if (!isOfMind || !patient?.counsellorId) return
  await notifyStaff(ctx, patient.counsellorId, {
    kind: 'questionnaire-alarm',
    values: { title: patient.name },
    link: `/patients/${patient.id}?tab=questionnaires`,
    sourceKey: `questionnaire-alarm:${responseId}`,
  })
}
