/**
 * What the fields of a WeChat message may hold. A field's type is its name without the number: `thing1`, `date2`. One
 * pure function serves when a template is saved (with its sample values) and when a message is filled: what does not
 * fit is told, never cut.
 * Source: the table of value limits at developers.weixin.qq.com, subscribeMessage.send, which template messages and
 * subscription notices of service accounts share (since 2023-05-04 each at most 20 characters, no line breaks, no emoji).
 */
export type FieldProblemKind =
  | 'missing'
  | 'unexpected'
  | 'empty'
  | 'too-long'
  | 'line-break'
  | 'emoji'
  | 'not-of-type'
  | 'not-allowed'
  | 'unknown-type'

export interface FieldProblem {
  key: string
  type: string
  problem: FieldProblemKind
  /** Characters that fit, for `too-long`. */
  max?: number
}

/** The fields of a template as the account's back end lists them; `allowed` are the values of an `enum` or `const`. */
export type FieldSpec = Readonly<Record<string, { allowed?: readonly string[] }>>

interface Rule {
  max: number
  fits: (value: string) => boolean
}

const HAN = String.raw`\p{Script=Han}`
const of = (pattern: string) => {
  const whole = new RegExp(`^(?:${pattern})$`, 'u')
  return (value: string) => whole.test(value)
}

const RULES: Record<string, Rule> = {
  thing: { max: 20, fits: () => true },
  number: { max: 32, fits: of(String.raw`\d+(\.\d+)?`) },
  letter: { max: 32, fits: of('[A-Za-z]+') },
  symbol: { max: 5, fits: of(String.raw`[\p{P}\p{S}]+`) },
  character_string: { max: 32, fits: of(String.raw`[\dA-Za-z\p{P}\p{S} ]+`) },
  time: { max: 64, fits: (value) => isMoment(value, 'time') },
  date: { max: 64, fits: (value) => isMoment(value, 'date') },
  amount: { max: 16, fits: of(String.raw`\p{Sc}?\d{1,10}(\.\d+)?元?`) },
  phone_number: { max: 17, fits: of(String.raw`[\d\p{P}\p{S} ]*\d[\d\p{P}\p{S} ]*`) },
  car_number: { max: 8, fits: of(`[${HAN}A-Za-z\\d][A-Za-z\\d]*[${HAN}A-Za-z\\d]`) },
  name: { max: 20, fits: isName },
  phrase: { max: 5, fits: of(`${HAN}+`) },
  enum: { max: 64, fits: () => true },
  const: { max: 64, fits: () => true },
}

export function fieldType(key: string): string {
  return key.replace(/\d+$/, '')
}

/** What is wrong with one value; null when it fits. Length counts UTF-16 units, so that it is never counted too short. */
export function fieldProblem(key: string, value: string, allowed?: readonly string[]): FieldProblem | null {
  const type = fieldType(key)
  const rule = Object.hasOwn(RULES, type) ? RULES[type] : undefined
  const found = (problem: FieldProblemKind, max?: number) => ({ key, type, problem, ...(max ? { max } : {}) })
  if (!rule) return found('unknown-type')
  if (value.trim() === '') return found('empty')
  if (/[\p{Cc}\u2028\u2029]/u.test(value)) return found('line-break')
  if (/\p{Extended_Pictographic}/u.test(value)) return found('emoji')
  if (type === 'enum' || type === 'const') return allowed?.includes(value) ? null : found('not-allowed')
  if (value.length > rule.max) return found('too-long', rule.max)
  if (type === 'name' && /\p{Script=Han}/u.test(value) && value.length > 10) return found('too-long', 10)
  return rule.fits(value) ? null : found('not-of-type')
}

/** All that is wrong with the values of a message: each field of the template is there and fits, and no other is. */
export function checkFields(spec: FieldSpec, values: Readonly<Record<string, string>>): FieldProblem[] {
  const unexpected = Object.keys(values)
    .filter((key) => !Object.hasOwn(spec, key))
    .map((key): FieldProblem => ({ key, type: fieldType(key), problem: 'unexpected' }))
  const wrong = Object.entries(spec).flatMap(([key, { allowed }]): FieldProblem[] => {
    if (!Object.hasOwn(values, key)) return [{ key, type: fieldType(key), problem: 'missing' }]
    const problem = fieldProblem(key, values[key]!, allowed)
    return problem ? [problem] : []
  })
  return [...wrong, ...unexpected]
}

/** Up to 10 hanzi, or up to 20 letters; both together count as hanzi. */
function isName(value: string): boolean {
  return of(String.raw`[${HAN}A-Za-z\p{P} ]+`)(value)
}

const DAY = String.raw`(?<year>\d{4})(?:年(?<m1>\d{1,2})月(?<d1>\d{1,2})日|[-/](?<m2>\d{1,2})[-/](?<d2>\d{1,2}))`
const CLOCK = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?`
const MOMENTS = {
  time: new RegExp(`^(?:${DAY} )?${CLOCK}$`, 'u'),
  date: new RegExp(`^${DAY}(?: ${CLOCK})?$`, 'u'),
}

/** One moment, or two with `~` between them. */
function isMoment(value: string, type: 'time' | 'date'): boolean {
  const ends = value.split('~')
  return ends.length <= 2 && ends.every((end) => exists(MOMENTS[type].exec(end.trim())?.groups))
}

function exists(parts: Record<string, string> | undefined): boolean {
  if (!parts) return false
  const { year, hour = '0', minute = '0', second = '0' } = parts
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return false
  if (!year) return true
  const [month, day] = [Number(parts['m1'] ?? parts['m2']), Number(parts['d1'] ?? parts['d2'])]
  const calendar = new Date(Date.UTC(Number(year), month - 1, day))
  return calendar.getUTCMonth() === month - 1 && calendar.getUTCDate() === day
}
