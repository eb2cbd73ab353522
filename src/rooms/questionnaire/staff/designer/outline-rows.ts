import type { Questionnaire, QuestionnaireItem } from '../../../../clinical/questionnaire/index.ts'
import { textIn, type Language } from './bilingual.ts'
import { itemsOf } from './draft.ts'
import { extensionOf, flagOf } from './extension.ts'
import { kindOf, type Kind } from './kind.ts'

/** What a row of the outline says, in plain values: a row is drawn again only when one of them changes. */
export interface OutlineLine {
  linkId: string
  depth: number
  kind: Kind | undefined
  text: string
  isRequired: boolean
  isHidden: boolean
  hasLogic: boolean
  isGroup: boolean
}

export function flatRows(
  definition: Questionnaire,
  { language, base }: { language: Language; base: Language },
): OutlineLine[] {
  const rows: OutlineLine[] = []
  const add = (items: readonly QuestionnaireItem[], depth: number) => {
    for (const item of items) {
      rows.push({
        linkId: item.linkId,
        depth,
        kind: kindOf(item),
        text: textIn(item, 'text', language, base) || textIn(item, 'text', base, base),
        isRequired: item.required === true,
        isHidden: flagOf(item, 'hidden'),
        hasLogic: (item.enableWhen?.length ?? 0) > 0 || extensionOf(item, 'enableWhenExpression') !== undefined,
        isGroup: item.type === 'group',
      })
      add(itemsOf(item), depth + 1)
    }
  }
  add(itemsOf(definition), 0)
  return rows
}
