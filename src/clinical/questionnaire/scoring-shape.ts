import { TONES } from './tone.ts'

/** Holds a scoring block against its shape, before anybody reads it: it may come from another house, or by hand. */

/** Says what is wrong with a value, each with its path; nothing when all is well. */
type Check = (value: unknown, path: string) => string[]

const is =
  (what: string, test: (value: unknown) => boolean): Check =>
  (value, path) =>
    test(value) ? [] : [`${path}: ${what} is wanted`]

const text = is('a text', (value) => typeof value === 'string' && value !== '')
const number = is('a number', (value) => typeof value === 'number' && Number.isFinite(value))
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const among = (...words: unknown[]): Check => is(`one of ${words.join(', ')}`, (value) => words.includes(value))

const optional =
  (check: Check): Check =>
  (value, path) =>
    value === undefined ? [] : check(value, path)

const listOf =
  (check: Check): Check =>
  (value, path) =>
    Array.isArray(value) ? value.flatMap((one, i) => check(one, `${path}[${i}]`)) : [`${path}: a list is wanted`]

const object =
  (members: Record<string, Check>): Check =>
  (value, path) =>
    isRecord(value)
      ? Object.entries(members).flatMap(([name, check]) => check(value[name], path === '' ? name : `${path}.${name}`))
      : [`${path || 'scoring'}: an object is wanted`]

const either =
  (first: Check, second: Check): Check =>
  (value, path) =>
    first(value, path).length === 0 ? [] : second(value, path)

const words = object({ zh: text, en: text })
const limits = { from: optional(number), below: optional(number) }
const test = object({ score: optional(text), linkId: optional(text), ...limits })
const action = object({
  kind: among('tag', 'task', 'advice', 'alert'),
  code: text,
  text: optional(words),
  days: optional(number),
})
const scoredItem = object({
  linkId: text,
  weight: optional(number),
  reverse: optional(among(true)),
  optional: optional(among(true)),
})

const score = object({
  code: text,
  name: words,
  method: among('sum', 'weighted', 'mean', 'max', 'count', 'value'),
  items: listOf(either(text, scoredItem)),
  countFrom: optional(number),
  range: optional(listOf(number)),
  unit: optional(text),
  add: optional(number),
  multiply: optional(number),
  round: optional(among('floor', 'nearest')),
  missing: optional(either(among('refuse', 'zero'), object({ prorateUpTo: number }))),
  invalidWhen: optional(listOf(object({ code: text, text: words, when: listOf(test) }))),
  bands: optional(
    listOf(
      object({
        code: text,
        text: words,
        ...limits,
        when: optional(listOf(listOf(test))),
        advice: optional(words),
        forStaff: optional(words),
        tone: optional(among(...TONES)),
        actions: optional(listOf(action)),
      }),
    ),
  ),
  linkId: optional(text),
})

const scoring = object({
  source: optional(text),
  scores: listOf(score),
  rules: optional(
    listOf(object({ code: text, when: listOf(object({ linkId: text, ...limits })), actions: listOf(action) })),
  ),
})

export const shapeFaults = (raw: unknown): string[] => scoring(raw, '')
