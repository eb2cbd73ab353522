import {
  inLanguage,
  walk,
  type Coding,
  type Condition,
  type Form,
  type Item,
  type Quantity,
  type Value,
} from '../../../clinical/questionnaire/index.ts'

/** Counted once per form: hundreds of sentences ask for them. */
const numbered = new WeakMap<Form, ReadonlyMap<string, number>>()

/** The number under which staff speak of a question: its place among what is asked, from 1. */
export function numbersOf(form: Form): ReadonlyMap<string, number> {
  const known = numbered.get(form)
  if (known) return known
  const numbers = new Map<string, number>()
  numbered.set(form, numbers)
  let n = 0
  for (const item of walk(form.items)) if (isAsked(item)) numbers.set(item.linkId, ++n)
  return numbers
}

export function isAsked(item: Item): boolean {
  if (item.type === 'group' || item.type === 'display') return false
  for (let one: Item | undefined = item; one; one = one.parent) if (one.hidden) return false
  return true
}

/** How the sentences get at words: the texts of the room, and the reader's language. */
export interface Words {
  t: (key: string, values?: Record<string, string | number>) => string
  locale: string
}

/** Longer questions are cut: the number says which one it is. */
const CHARACTERS_MAX = 22

const cut = (text: string) => (text.length > CHARACTERS_MAX ? `${text.slice(0, CHARACTERS_MAX)}…` : text)

/** 第 3 题“您吸烟吗” ; what is not asked has no number, what is gone only its id. */
export function questionName(form: Form, linkId: string, { t, locale }: Words, numbers = numbersOf(form)): string {
  const item = form.byLinkId.get(linkId)
  if (!item) return t('design.says.gone', { id: linkId })
  const text = cut(inLanguage(item.text, locale))
  const n = numbers.get(linkId)
  if (n !== undefined) return text ? t('design.says.question', { n, text }) : t('design.says.number', { n })
  return text ? t('design.says.unnumbered', { text }) : t('design.says.unnumbered', { text: linkId })
}

/** When an item is asked, as one sentence; '' when it always is. */
export function logicSentence(form: Form, item: Item, words: Words, numbers = numbersOf(form)): string {
  const { t } = words
  const what = conditionsWords(form, item, words, numbers)
  const asked = what ? t('design.says.when', { what }) : ''
  const formula = item.enabledBy ? t('design.says.formula', { formula: item.enabledBy.text }) : ''
  return spaced([asked, formula].filter(Boolean).join(t('design.says.join.sentence')))
}

/** 第 3 题选了“是”，并且……: the conditions of an item alone; '' where it has none. */
export function conditionsWords(form: Form, item: Item, words: Words, numbers = numbersOf(form)): string {
  const parts = item.conditions.map((condition) => conditionWords(form, condition, words, numbers))
  return spaced(parts.join(words.t(`design.says.join.${item.behavior}`)))
}

/** A space between Chinese and figures, as the rest of the pages has it. */
export const spaced = (sentence: string): string =>
  sentence.replace(/(\p{Script=Han})(?=[A-Za-z0-9])|([A-Za-z0-9])(?=\p{Script=Han})/gu, '$1$2 ')

export function conditionWords(
  form: Form,
  { question, operator, value }: Condition,
  words: Words,
  numbers = numbersOf(form),
): string {
  const { t } = words
  const name = questionName(form, question, words, numbers)
  if (operator === 'exists')
    return t(value === false ? 'design.says.notAnswered' : 'design.says.answered', { question: name })
  const item = form.byLinkId.get(question)
  const values = { question: name, value: valueWords(item, value, words) }
  const isChoice = item?.type === 'choice' || item?.type === 'open-choice' || item?.type === 'boolean'
  switch (operator) {
    case '=':
      return t(isChoice ? 'design.says.chose' : 'design.says.equal', values)
    case '!=':
      return t(isChoice ? 'design.says.notChose' : 'design.says.notEqual', values)
    case '>':
      return t('design.says.more', values)
    case '>=':
      return t('design.says.atLeast', values)
    case '<':
      return t('design.says.less', values)
    case '<=':
      return t('design.says.atMost', values)
  }
}

/** An answer in words: the text of its option, 是, a number with its unit. */
export function valueWords(item: Item | undefined, value: Value, { t, locale }: Words): string {
  if (typeof value === 'boolean') return t(value ? 'fill.yes' : 'fill.no')
  if (typeof value !== 'object') return String(value)
  const option = item?.options.find((one) => sameCoding(one.value, value))
  if (option) return inLanguage(option.text, locale)
  const { value: amount, unit } = value as Quantity
  if (amount !== undefined) return unit ? `${amount} ${unit}` : String(amount)
  const { display, code } = value as Coding
  return display ?? code ?? ''
}

function sameCoding(a: Value, b: Value): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b
  const [one, other] = [a as Coding, b as Coding]
  return one.code === other.code && (one.system === other.system || !one.system || !other.system)
}
