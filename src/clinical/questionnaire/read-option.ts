import { extensionValue, extensionsOf, list, numberExtension, textExtension, valueOf } from './extension.ts'
import type { AnswerOption, Beside, Coding, QuestionnaireItem, Value } from './fhir.ts'
import type { Item, Option } from './questionnaire.ts'
import { readText } from './text.ts'
import { expand, type Lookup } from './value-set.ts'

type OptionsOf = Pick<Item, 'options' | 'optionType' | 'valueSet'>

const weightOf = (...elements: (object | undefined)[]): number | undefined => {
  for (const element of elements) {
    const weight = numberExtension(element, 'itemWeight') ?? numberExtension(element, 'ordinalValue')
    if (weight !== undefined) return weight
  }
  return undefined
}

/** The options of an item, from its list or from a value set that is in the file. */
export function readOptions(raw: QuestionnaireItem, lookup: Lookup, weights: WeakMap<object, number>): OptionsOf {
  const listed = list(raw.answerOption)
  if (listed.length > 0) {
    const first = Object.keys(listed[0]!).find((key) => /^value[A-Z]/.test(key)) ?? 'valueCoding'
    const optionType = first.slice('value'.length) as Item['optionType']
    return { optionType, options: listed.map((one) => readOption(one, weights)) }
  }
  if (typeof raw.answerValueSet !== 'string') return { optionType: 'Coding', options: [] }
  const set = lookup(raw.answerValueSet)
  const codings = set && expand(set, lookup)
  if (!codings) return { optionType: 'Coding', options: [], valueSet: raw.answerValueSet }
  return { optionType: 'Coding', options: codings.map((valueCoding) => readOption({ valueCoding }, weights)) }
}

function readOption(raw: AnswerOption, weights: WeakMap<object, number>): Option {
  const given = valueOf(raw) as Value
  // A coding of its own for every option: the same code may carry other points in another item.
  const value = typeof given === 'object' && given !== null ? { ...given } : given
  const coding = typeof value === 'object' && value !== null ? (value as Coding) : undefined
  const weight = weightOf(raw, coding)
  if (coding && weight !== undefined) weights.set(coding, weight)
  const prefix = textExtension(raw, 'optionPrefix') ?? textExtension(coding, 'optionPrefix')
  const beside = raw[`_${Object.keys(raw).find((key) => /^value[A-Z]/.test(key))}` as keyof AnswerOption] as
    | Beside
    | undefined
  const text = coding
    ? readText(coding.display ?? (coding as { title?: string }).title ?? coding.code, coding._display)
    : readText(String(value), beside)
  return {
    value,
    text,
    ...(prefix === undefined ? {} : { prefix }),
    ...(weight === undefined ? {} : { weight }),
    ...(isExclusive(raw) ? { exclusive: true as const } : {}),
    ...(raw.initialSelected === true ? { initial: true as const } : {}),
  }
}

const isExclusive = (raw: AnswerOption) =>
  extensionsOf(raw, 'optionExclusive').length > 0 && extensionValue(raw, 'optionExclusive') === true
