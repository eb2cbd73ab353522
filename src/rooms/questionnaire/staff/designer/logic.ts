import {
  walk,
  type Coding,
  type EnableOperator,
  type EnableWhen,
  type Form,
  type Item,
  type Quantity,
  type Value,
} from '../../../../clinical/questionnaire/index.ts'

/** Questions that a condition of this item may speak of: everything but itself and what lies within it. */
export function questionsFor(form: Form, linkId: string): Item[] {
  const self = form.byLinkId.get(linkId)
  const inside = new Set([...walk(self ? [self] : [])].map((item) => item.linkId))
  return [...walk(form.items)].filter(
    ({ linkId: one, type }) => !inside.has(one) && type !== 'group' && type !== 'display',
  )
}

const EQUAL = ['=', '!=', 'exists'] as const
const ORDERED = ['=', '!=', '>', '>=', '<', '<=', 'exists'] as const

export function operatorsFor(item: Item | undefined): readonly EnableOperator[] {
  switch (item?.type) {
    case 'integer':
    case 'decimal':
    case 'quantity':
    case 'date':
    case 'dateTime':
    case 'time':
      return ORDERED
    case 'text':
    case 'attachment':
    case 'reference':
      return ['exists']
    default:
      return EQUAL
  }
}

const ANSWER_KEYS: Partial<Record<Item['type'], `answer${string}`>> = {
  boolean: 'answerBoolean',
  decimal: 'answerDecimal',
  integer: 'answerInteger',
  date: 'answerDate',
  dateTime: 'answerDateTime',
  time: 'answerTime',
  quantity: 'answerQuantity',
  string: 'answerString',
  url: 'answerString',
}

/** A condition of FHIR with this value, in the type that the question answers with. */
export function conditionOn(item: Item, operator: EnableOperator, value: Value | undefined): EnableWhen {
  const start = { question: item.linkId, operator }
  if (operator === 'exists') return { ...start, answerBoolean: value !== false }
  const given = value ?? firstValue(item)
  if (item.type === 'choice' || item.type === 'open-choice') return { ...start, ...optionAnswer(given) }
  const key = ANSWER_KEYS[item.type] ?? 'answerString'
  return {
    ...start,
    [key]: key === 'answerQuantity' && typeof given === 'number' ? { ...item.units[0], value: given } : given,
  }
}

/** Only what identifies the option goes into the condition. */
function optionAnswer(value: Value): Partial<EnableWhen> {
  if (typeof value === 'number') return { answerInteger: value }
  if (typeof value !== 'object') return { answerString: value }
  const { system, code, display } = value as Coding
  return { answerCoding: { ...(system ? { system } : {}), ...(code ? { code } : {}), ...(display ? { display } : {}) } }
}

function firstValue(item: Item): Value {
  switch (item.type) {
    case 'choice':
    case 'open-choice':
      return item.options[0]?.value ?? { code: '' }
    case 'boolean':
      return true
    case 'integer':
    case 'decimal':
    case 'quantity':
      return 0
    default:
      return ''
  }
}

/** The condition a person begins with: the first option, yes, or more than nothing. */
export const firstCondition = (item: Item): EnableWhen =>
  conditionOn(item, operatorsFor(item)[0]!, item.type === 'text' ? true : undefined)

export function answerOf(when: EnableWhen): Value | undefined {
  for (const [key, value] of Object.entries(when)) if (key.startsWith('answer')) return value as Value
  return undefined
}

/** The number behind a plain one or a quantity. */
export const numberOf = (value: Value | undefined): number | undefined =>
  typeof value === 'number' ? value : typeof value === 'object' ? (value as Quantity).value : undefined
