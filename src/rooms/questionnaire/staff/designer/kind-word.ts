import type { Item } from '../../../../clinical/questionnaire/index.ts'
import type { Words } from '../../contract/question-words.ts'

/** What kind of question it is, in words: 单选, 数字, 说明文字. */
export function kindWord(item: Item, { t }: Words): string {
  switch (item.type) {
    case 'choice':
    case 'open-choice':
      return t(item.repeats ? 'design.kind.several' : 'design.kind.one')
    case 'boolean':
      return t('design.kind.yes-no')
    case 'integer':
    case 'decimal':
    case 'quantity':
      return t('design.kind.number')
    case 'string':
      return t('design.kind.text')
    case 'text':
      return t('design.kind.long-text')
    case 'date':
      return t('design.kind.date')
    case 'group':
      return t('design.kind.group')
    case 'display':
      return t('design.kind.display')
    default:
      return item.type
  }
}
