import type { AnswerOption, Coding, QuestionnaireItem } from '../../../../clinical/questionnaire/index.ts'
import { textIn, withText, type Language } from './bilingual.ts'
import { flagOf, numberIn, withFlag, withValue, withoutExtension } from './extension.ts'

/** One option as it stands in the table. */
export interface OptionRow {
  code: string
  zh: string
  en: string
  points?: number
  exclusive: boolean
  initial: boolean
}

export const SYSTEM_OF = (linkId: string) => `urn:peiban:questionnaire:options:${linkId}`

/** @param points what choosing it counts */
export function newOption(linkId: string, n: number, display: string, points?: number): AnswerOption {
  const option: AnswerOption = { valueCoding: { system: SYSTEM_OF(linkId), code: String(n), display } }
  return points === undefined ? option : withValue(option, 'ordinalValue', 'valueDecimal', points)
}

export const codingOf = (option: AnswerOption): Coding | undefined => option['valueCoding'] as Coding | undefined

/** Options that are plain texts or numbers keep their kind: `valueString`, `valueInteger`. */
const plainKey = (option: AnswerOption): `value${string}` | undefined =>
  Object.keys(option).find((key) => /^value[A-Z]/.test(key) && key !== 'valueCoding') as `value${string}` | undefined

export function optionRow(option: AnswerOption, base: Language): OptionRow {
  const coding = codingOf(option)
  const key = plainKey(option)
  const said = (language: Language) =>
    coding
      ? textIn(coding, 'display', language, base)
      : key === 'valueString'
        ? textIn(option, key, language, base)
        : language === base && key
          ? String(option[key])
          : ''
  const points =
    numberIn(option, 'itemWeight') ??
    numberIn(option, 'ordinalValue') ??
    numberIn(coding, 'itemWeight') ??
    numberIn(coding, 'ordinalValue')
  return {
    code: coding?.code ?? (key ? String(option[key]) : ''),
    zh: said('zh'),
    en: said('en'),
    ...(points === undefined ? {} : { points }),
    exclusive: flagOf(option, 'optionExclusive'),
    initial: option.initialSelected === true,
  }
}

export function withOptionText(option: AnswerOption, language: Language, base: Language, text: string): AnswerOption {
  const coding = codingOf(option)
  if (coding) return { ...option, valueCoding: withText(coding, 'display', language, base, text) }
  const key = plainKey(option)
  // A number that is an option is its own text.
  return key === 'valueString' ? withText(option, key, language, base, text) : option
}

/** Points stay under the extension that the file uses for them. */
export function withPoints(option: AnswerOption, points: number | undefined): AnswerOption {
  const coding = codingOf(option)
  for (const name of ['itemWeight', 'ordinalValue'] as const) {
    if (numberIn(option, name) !== undefined) return withValue(option, name, 'valueDecimal', points)
    if (coding && numberIn(coding, name) !== undefined)
      return { ...option, valueCoding: withValue(coding, name, 'valueDecimal', points) }
  }
  return points === undefined ? option : withValue(option, 'ordinalValue', 'valueDecimal', points)
}

export const withExclusive = (option: AnswerOption, on: boolean): AnswerOption =>
  withFlag(option, 'optionExclusive', on)

/** The options of an item as given; a value set inside the file counts only once it is unfolded. */
export const optionsOf = (item: QuestionnaireItem): readonly AnswerOption[] =>
  Array.isArray(item.answerOption) ? item.answerOption : []

export function withOptions(item: QuestionnaireItem, options: readonly AnswerOption[]): QuestionnaireItem {
  const { answerValueSet: _set, ...rest } = item
  return { ...rest, answerOption: [...options] }
}

/** One more option at the end, with a code that is still free and the points that come next. */
export function withNewOption(item: QuestionnaireItem, display: string): QuestionnaireItem {
  const options = optionsOf(item)
  const last = options.at(-1)
  const taken = new Set(options.map((one) => codingOf(one)?.code))
  let n = options.length + 1
  while (taken.has(String(n))) n++
  const row = last && optionRow(last, 'zh')
  const before = options.at(-2) && optionRow(options.at(-2)!, 'zh').points
  const step = row?.points !== undefined && before !== undefined ? row.points - before : 1
  const made = newOption(item.linkId, n, display, row?.points === undefined ? undefined : row.points + step)
  const system = last && codingOf(last)?.system
  const option = system ? { ...made, valueCoding: { ...codingOf(made), system } } : made
  return withOptions(item, [...options, option])
}

/** Gives the points 0, 1, 2 … down the list, or takes all away. */
export function numbered(options: readonly AnswerOption[], from: number | undefined, down = false): AnswerOption[] {
  return options.map((option, at) => {
    if (from === undefined) return withoutPoints(option)
    return withPoints(option, down ? from + options.length - 1 - at : from + at)
  })
}

function withoutPoints(option: AnswerOption): AnswerOption {
  const plain = withoutExtension(withoutExtension(option, 'ordinalValue'), 'itemWeight')
  const coding = codingOf(plain)
  return coding
    ? { ...plain, valueCoding: withoutExtension(withoutExtension(coding, 'ordinalValue'), 'itemWeight') }
    : plain
}

/** Codings of a value set inside the file, written out as options that can be edited. */
export const asOptions = (codings: readonly Coding[]): AnswerOption[] => codings.map((valueCoding) => ({ valueCoding }))
