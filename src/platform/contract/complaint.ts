import type { z } from 'zod'
import en from './locales/en.json' with { type: 'json' }
import zhCN from './locales/zh-CN.json' with { type: 'json' }
import type { Locale } from './words.ts'

/** What is wrong with one input, said so that whoever typed it can mend it. */
export interface Complaint {
  path: (string | number)[]
  message: string
}

type Issue = z.core.$ZodIssue
type Key = Exclude<keyof typeof en, 'format' | 'custom'>
type Values = Record<string, string | number | bigint>

const texts = { 'zh-CN': zhCN, en }

/**
 * Shapes that contracts ask for by a regular expression, by its source: nobody is shown the expression itself. A test
 * holds this list against the contracts.
 */
export const PATTERNS: Readonly<Record<string, keyof typeof en.format>> = {
  '^\\d{6}$': 'sixDigits',
  '^([01]\\d|2[0-3]):[0-5]\\d$': 'clockTime',
  '^[a-z0-9][a-z0-9-]{1,58}$': 'code',
  '^[a-z0-9][a-z0-9-]*$': 'code',
  '^[a-z0-9-]{2,40}$': 'code',
  '^[a-z][a-z0-9._-]{1,39}$': 'login',
  '^[a-z][A-Za-z0-9]{1,39}$': 'placeholder',
  '^[^【】[\\]\\s]{2,20}$': 'signature',
  '^([a-z]{2}-[a-z]+(-\\d)?)?$': 'region',
  '^w[wx][0-9A-Za-z]{6,40}$': 'platformAccount',
  '^([0-9A-Za-z]{3,32})?$': 'callbackToken',
  '^([0-9A-Za-z]{43})?$': 'callbackKey',
  '^[a-z][a-z_]{1,20}\\d{0,3}$': 'platformField',
  '^[\\w-]{4,64}$': 'platformTemplate',
  '^[a-z][a-z0-9-]{0,29}$': 'code',
  '^[a-z0-9._+=-]{0,20}\\*@(?=.{1,200}$)[a-z0-9-]+(\\.[a-z0-9-]+)+$': 'returnAddress',
  // Nobody writes these by hand: pages offer them.
  '^[a-z][a-z-]{1,30}$': 'chosen',
  '^(indicator|condition|procedure|organ|instrument):[A-Za-z0-9][A-Za-z0-9._-]{0,58}$': 'chosen',
  '^[0-9a-f]{64}$': 'chosen',
  '^[a-z0-9]{4,12}$': 'chosen',
  '^([0-9a-f]{32}\\.[\\w-]{43})?$': 'chosen',
  '^20\\d{2}-(0[1-9]|1[0-2])$': 'chosen',
  '^([a-z][A-Za-z0-9]{1,39}|https:\\/\\/[^\\s"\'<>{}]*)$': 'buttonTarget',
}

/** Values offered are listed up to this many: longer lists help nobody. */
const OFFERED_MAX = 12

/**
 * Puts into words what a parse with `reportInput: true` found wrong.
 * @param issues of the ZodError; without the input a missing value cannot be told from a wrong one
 */
export function complaintsOf(issues: readonly Issue[], locale: Locale): Complaint[] {
  return issues.flatMap((issue): Complaint[] => {
    const path = issue.path as (string | number)[]
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: [...path, key], message: say(locale, 'unknownKey', { key }) }))
    const branch = issue.code === 'invalid_union' ? closest(issue.errors) : undefined
    if (branch) return complaintsOf(branch, locale).map((inner) => ({ ...inner, path: [...path, ...inner.path] }))
    return [{ path, message: messageOf(issue, locale) }]
  })
}

/** What is said of a day that no calendar of ours reaches. */
export const farDayWords = (locale: Locale): string => say(locale, 'farDay')

/** Of the alternatives that were tried, the one that came furthest: its complaint is the one that helps. */
function closest(alternatives: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const strangeness = (issues: readonly Issue[]): number =>
    issues.some(({ path, code }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value'))
      ? 1000
      : issues.length
  return alternatives.toSorted((a, b) => strangeness(a) - strangeness(b))[0]
}

function messageOf(issue: Issue, locale: Locale): string {
  const tell = (key: Key, values?: Values) => say(locale, key, values)
  switch (issue.code) {
    case 'invalid_type':
      return tell(
        issue.input === undefined || issue.input === null ? 'missing' : (WRONG_TYPE[issue.expected] ?? 'notThis'),
      )
    case 'invalid_value':
      return offerWords(issue.input, issue.values, locale)
    case 'invalid_union':
      return 'options' in issue && issue.options ? offerWords('?', issue.options, locale) : texts[locale].custom.other
    case 'too_small':
    case 'too_big':
      return tell(...sizeWords(issue))
    case 'not_multiple_of':
      return tell('notMultiple', { divisor: issue.divisor })
    case 'invalid_format':
      return issue.input === '' ? tell('missing') : texts[locale].format[formatKey(issue)]
    case 'custom':
      return customWords(issue.message, locale)
    default:
      return texts[locale].custom.other
  }
}

function offerWords(input: unknown, values: readonly unknown[], locale: Locale): string {
  if (input === undefined || input === null || input === '') return say(locale, 'missing')
  if (values.length > OFFERED_MAX) return say(locale, 'notOfferedMany')
  const offered = values.map(String).join(locale === 'en' ? ', ' : '、')
  return say(locale, values.length === 1 ? 'notExactly' : 'notOffered', { offered })
}

const WRONG_TYPE: Record<string, Key> = {
  string: 'notText',
  number: 'notNumber',
  int: 'notWhole',
  boolean: 'notYesNo',
  array: 'notList',
  object: 'notGroup',
  record: 'notGroup',
}

function sizeWords(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): [Key, Values] {
  const values: Values = issue.code === 'too_small' ? { least: issue.minimum } : { most: issue.maximum }
  const limit = Number(issue.code === 'too_small' ? issue.minimum : issue.maximum)
  const isSmall = issue.code === 'too_small'
  if (issue.origin === 'string') {
    const has = lengthOf(issue.input)
    if (has === 0 && isSmall) return ['missing', {}]
    if (issue.exact) return ['textOtherLength', { exactly: limit, has }]
    return [isSmall ? 'textTooShort' : 'textTooLong', { ...values, has }]
  }
  if (issue.origin === 'array' || issue.origin === 'set') {
    if (isSmall && limit === 1) return ['listEmpty', {}]
    return [isSmall ? 'listTooShort' : 'listTooLong', { ...values, has: lengthOf(issue.input) }]
  }
  if (issue.inclusive === false) return [isSmall ? 'numberNotAbove' : 'numberNotBelow', values]
  return [isSmall ? 'numberTooSmall' : 'numberTooBig', values]
}

function lengthOf(input: unknown): number {
  return typeof input === 'string' || Array.isArray(input) ? input.length : 0
}

function formatKey({ format, pattern }: z.core.$ZodIssueInvalidStringFormat): keyof typeof en.format {
  if (format === 'regex') return PATTERNS[(pattern ?? '').replace(/^\/|\/[a-z]*$/g, '')] ?? 'other'
  return format !== 'other' && Object.hasOwn(en.format, format) ? (format as keyof typeof en.format) : 'other'
}

/** A contract's own check names its complaint by a key (`phone`); one that was put into words stays as it is. */
function customWords(message: string, locale: Locale): string {
  const { custom } = texts[locale]
  if (Object.hasOwn(custom, message)) return custom[message as keyof typeof custom]
  return message === '' || message === 'Invalid input' ? custom.other : fill(custom.said, { message })
}

function say(locale: Locale, key: Key, values: Values = {}): string {
  return fill(texts[locale][key], values)
}

function fill(text: string, values: Values): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole))
}
