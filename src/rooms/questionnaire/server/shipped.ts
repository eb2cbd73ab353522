import { shippedQuestionnaires } from '../../../clinical/questionnaire/content/index.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Sensitivity } from '../contract/words.ts'
import { insertShipped } from './definition-store.ts'
import { countQuestions, readDefinition, titleOf } from './form.ts'

/** Shipped scales of mood and mind: their answers are read by physicians and counsellors only. */
const MENTAL = new Set(['phq-9', 'gad-7', 'intake-mind'])

/**
 * Puts the shipped questionnaires in force in an organization that has never had them; those that it has changed or
 * retired stay as they are. Runs when an organization is founded and at each start, so that new content reaches all.
 * @returns how many came
 */
export async function installShippedQuestionnaires(ctx: WriteContext): Promise<number> {
  const rows = shippedQuestionnaires.map((definition) => {
    const { form } = readDefinition(definition)
    const code = definition.name!
    const title = titleOf(form, code)
    const { scoring } = form
    return {
      code,
      titleZh: title.zh,
      titleEn: title.en,
      sensitivity: (MENTAL.has(code) ? 'mental' : 'ordinary') as Sensitivity,
      definition: definition as Record<string, unknown>,
      questions: countQuestions(form),
      licence: definition.copyright ?? '',
      source: scoring?.source ?? '',
      at: ctx.clock.now(),
      by: { id: null, name: 'Peiban' },
    }
  })
  return insertShipped(ctx.tx, ctx.organizationId, rows)
}
