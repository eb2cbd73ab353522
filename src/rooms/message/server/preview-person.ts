import type { ReadContext } from '../../../platform/context/context.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { messageProblem } from '../contract/problems.ts'
import type { TemplateDefinition } from '../contract/template.ts'
import { showAsPerson, type AsPerson } from './as-person.ts'
import { compileBlocks } from './compile/compile.ts'

/**
 * What is being written as one of the people one looks after would get it; its own variables are filled with examples,
 * since what fills them comes with the occasion.
 * @throws Problem NotFound when the reader may not see them, PreviewPersonMissing
 */
export async function showDraftAsPerson(
  ctx: ReadContext,
  patientId: string,
  given: TemplateDefinition,
): Promise<AsPerson> {
  await requireVisible(ctx, patientId)
  ctx.audit.detail = { code: given.code }
  const definition = await compileBlocks(given)
  const examples = (language: 'zh' | 'en') =>
    Object.fromEntries(definition.variables.map(({ name, example }) => [name, example[language]]))
  const shown = await showAsPerson(ctx, {
    patientId,
    template: { definition, version: 0 },
    values: examples(ctx.locale === 'en' ? 'en' : 'zh'),
  })
  if (!shown) throw messageProblem('PreviewPersonMissing')
  return shown
}
