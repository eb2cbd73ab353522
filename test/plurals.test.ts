import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/**
 * “1 tries”: an English text that is said of a number has a form for one, `_one`, and one for others, `_other`, and so has
 * its Chinese, which both languages are asked for by one name. Where a text is said of two numbers it is written so that
 * neither needs a form: “Opened: 1, sent: 3”.
 */
const ROOT = join(import.meta.dirname, '..')
type Tree = { [key: string]: string | Tree }

/** What stands between braces and is no number. */
const WORDS = new Set([
  'name',
  'what',
  'within',
  'purpose',
  'question',
  'title',
  'items',
  'role',
  'where',
  'measure',
  'span',
])
/** Lists of years, not how many: “The days off of 2027 are missing”; so many of a list of months. */
const LISTS = new Set([
  'message: notice.holidays-missing.title',
  'message: notice.holidays-missing.mailSubject',
  'message: holidays.missing',
  'message: saw.holidays-unknown',
  'interpretation: tracking.ended.complete',
])
/** “d” stands for days, and what are promotional is something else. */
const OTHER_THINGS = new Set(['message: saw.promotion-share'])

/** Numbers that are never one, and why. */
const NEVER_ONE: Readonly<Record<string, readonly string[]>> = {
  'one and none have a text of their own': [
    'platform/contract: textTooShort',
    'platform/contract: textTooLong',
    'platform/contract: textOtherLength',
    'platform/contract: listTooShort',
  ],
  'a limit that stands in the code': [
    'platform: condition.fault.TooDeep',
    'tag: fault.TooDeep',
    'task: problems.TooManyFilters',
    'questionnaire: template.fault.too-long',
    'audit: problems.AuditSpanTooLong',
    'call-desk: problems.CallSpanTooLong',
    'care-figures: problems.CareSpanTooLong',
    'readership: problems.SpanTooLong',
    'satisfaction: problems.SatisfactionSpanTooLong',
    'campaign: results.tooFew',
    'campaign: results.open',
    'segment: count.few',
    'card: codeText',
    'home-visit: problems.PhotosTooMany',
    'interpretation: problems.InterpretationTimesUnfit',
    'media: problems.PictureTooWide',
    'mood-diary: problems.MoodDayOutOfReach',
    'patient: problems.MergeTooOld',
    'staff: problems.PasswordTooWeak',
    'staff: password.rule',
  ],
  'from so many to more': [
    'platform: condition.returns.between',
    'advice: cards.whoValue',
    'growth: limit.linesValue',
    'growth: limit.slow',
  ],
  'content that is reviewed, always several': [
    'advice: energy.tableHint',
    'advice: exercise.step',
    'advice: exercise.lastStep',
    'advice: exercise.strengthValue',
    'advice: exercise.strengthGentle',
    'advice: exercise.balanceValue',
    'growth: limit.slowValue',
    'growth: limit.offTargetValue',
  ],
  'adults only': ['advice: compute.who'],
  'every day has a text of its own': ['medication: days.everyN'],
}

const FALSE_PLURALS = new Set(
  'is was has says gets sees takes this its his us yes as always across less plus versus does needs wants makes gives goes comes runs lies sends invites belongs begins refuses works asks finds reads names moves stands waits starts ends stays holds keeps becomes misses looks leads answers uses hangs meets counts shows scores overlaps'.split(
    ' ',
  ),
)
const IRREGULAR = new Set(['people', 'children', 'are', 'were', 'have'])

const isPlural = (word: string) =>
  IRREGULAR.has(word) || (word.length > 2 && word.endsWith('s') && !word.endsWith('ss') && !FALSE_PLURALS.has(word))

/** The numbers of a text that a plural follows, at once or behind one other word. */
function pluralsIn(text: string): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)\s*\}\}[ -]([A-Za-z’]+)(?: ([A-Za-z’]+))?/g)]
    .filter(([, name, ...words]) => !WORDS.has(name!) && words.some((word) => word && isPlural(word.toLowerCase())))
    .map(([, name]) => name!)
}

/** What says of a text that its number has no form for one, or the wrong one. */
function fault(key: string, text: string, has: (key: string) => boolean): string | undefined {
  if (key.endsWith('_one')) return has(key.replace(/_one$/, '_other')) ? undefined : 'has no _other'
  const numbers = pluralsIn(text)
  if (!key.endsWith('_other')) return numbers.length > 0 ? `has no _one for ${numbers.join()}` : undefined
  const shown = [...text.matchAll(/\{\{\s*(\w+)/g)].map((found) => found[1]!)
  const said = shown.includes('count') ? 'count' : shown.find((name) => !WORDS.has(name))
  if (numbers.length > 0 && !has(key.replace(/_other$/, '_one'))) return 'has no _one'
  return numbers.every((name) => name === said) ? undefined : `is said of ${said}, not of ${numbers.join()}`
}

const flatten = (tree: Tree, prefix = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  )
const textsOf = (file: string) => new Map(flatten(JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Tree))
// What the database says to whoever starts the server is said of no number.
const files = globSync('src/{rooms/*,platform,platform/*,apps,apps/*}/locales/en.json', { cwd: ROOT })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.startsWith('src/platform/database/'))
const placeOf = (file: string) => file.replace(/^src\/(rooms\/)?/, '').replace('/locales/en.json', '')

test('a number before an English plural has a form for one', () => {
  const known = new Set([...Object.values(NEVER_ONE).flat(), ...LISTS, ...OTHER_THINGS])
  const wrong: string[] = []
  const met = new Set<string>()
  for (const file of files) {
    const texts = textsOf(file)
    for (const [key, text] of texts) {
      const found = fault(key, text, (other) => texts.has(other))
      const name = `${placeOf(file)}: ${key}`
      if (found && known.has(name)) met.add(name)
      else if (found) wrong.push(`${name} ${found}: ${text}`)
    }
  }
  expect(files.length).toBeGreaterThan(45)
  expect(wrong).toEqual([])
  // What is left out here is still such a text: a list that outlives its reasons hides the next one.
  expect([...known].filter((name) => !met.has(name))).toEqual([])
})

test('both languages have both forms', () => {
  const wrong = files.flatMap((file) => {
    const [en, zh] = [textsOf(file), textsOf(file.replace('en.json', 'zh-CN.json'))]
    return [...en.keys()]
      .filter((key) => key.endsWith('_one'))
      .flatMap((key) => [key, key.replace(/_one$/, '_other')])
      .filter((key) => !en.has(key) || !zh.has(key))
      .map((key) => `${placeOf(file)}: ${key}`)
  })
  expect(wrong).toEqual([])
})

test.each([
  ['tries', '{{count}} tries left', 'has no _one for count'],
  ['tries', '{{n}} free times', 'has no _one for n'],
  ['tries', 'In {{days}} days', 'has no _one for days'],
  ['tries', '{{count}} more are shown', 'has no _one for count'],
  ['tries', '{{count}} people wait', 'has no _one for count'],
  ['tries', '{{count}} left', undefined],
  ['tries', '{{name}} has it', undefined],
  ['tries', 'Tries: {{count}}', undefined],
  ['tries_other', '{{count}} tries left', 'has no _one'],
  ['said_other', '{{name}} is back in {{days}} days', undefined],
  ['said_other', '{{done}} of {{total}} reports', 'is said of done, not of total'],
  ['alone_one', 'One try left', 'has no _other'],
] as const)('%s: “%s” %s', (key, text, found) => {
  const keys = new Set(['said_one', 'said_other', 'tries_other', key])
  expect(fault(key, text, (other) => keys.has(other))).toBe(found)
})
