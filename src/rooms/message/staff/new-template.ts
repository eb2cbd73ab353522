import type { Bilingual } from '../../../platform/contract/index.ts'
import starter from '../content/starter-template.json' with { type: 'json' }
import { templateDefinition, type TemplateDefinition } from '../contract/template.ts'

/** What a new template begins with: whole enough to be seen, plain enough to be written over. */
export function newTemplate(code: string, name: Bilingual): TemplateDefinition {
  return templateDefinition.parse({
    ...starter,
    code,
    name,
    occasion: name,
    zh: { ...starter.zh, subject: name.zh },
    en: { ...starter.en, subject: name.en },
  })
}
