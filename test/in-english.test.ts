import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/**
 * What rooms ship in one language (where a rule is from, what a list is for) has its English in `content/in-english.json`
 * of a room: staff who read English are shown that, word for word as shipped. What a house writes itself stays as it is.
 */
const ROOT = join(import.meta.dirname, '..')
const HAN = /\p{Script=Han}/u
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

const books = globSync('src/rooms/*/content/in-english.json', { cwd: ROOT }).map(
  (file) => [file, JSON.parse(read(file)) as Record<string, string>] as const,
)
const english = new Map(books.flatMap(([, book]) => Object.entries(book)))

/** Parts of shipped content that staff read and that are written once, not once in each language. */
const ONE_LANGUAGE = new Set(['source', 'seen', 'licence', 'purpose', 'aim', 'unit', 'copyright'])
/** Read by machines, or by nobody on a page: what headers of files mean, whence a list of words was taken. */
const NOT_SHOWN =
  /demonstration|words\.zh-CN|private-words|mail-signs|table-headers|import-words|explanations|stages\.json|allergens|completeness|key-indicators|lifestyle|growth\/content\/programme|signs\.json/

const shipped = globSync(['src/rooms/*/content/**/*.json', 'src/clinical/questionnaire/content/*.json'], {
  cwd: ROOT,
}).filter((file) => !file.endsWith('in-english.json') && !NOT_SHOWN.test(file))

function wordsOf(value: unknown, path: readonly string[] = []): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => wordsOf(one, path))
  if (value !== null && typeof value === 'object')
    return 'zh' in value && 'en' in value
      ? []
      : Object.entries(value).flatMap(([key, one]) => wordsOf(one, [...path, key]))
  if (typeof value !== 'string' || !HAN.test(value)) return []
  const [part = '', parent = ''] = path.toReversed()
  const isShown =
    ONE_LANGUAGE.has(part) ||
    (part === 'title' && parent === 'sources') ||
    (part === 'name' && path.includes('worklists'))
  return isShown ? [value] : []
}

test.each(shipped)('%s: what is shipped in Chinese alone has its English', (file) => {
  expect(wordsOf(JSON.parse(read(file))).filter((text) => !english.has(text))).toEqual([])
})

test('it is English, and one phrase has one', () => {
  expect([...english].filter(([from, to]) => !HAN.test(from) || HAN.test(to) || to.trim() === '')).toEqual([])
  const twice = books.flatMap(([file, book]) =>
    Object.entries(book).flatMap(([from, to]) => (english.get(from) === to ? [] : [`${file}: ${from}`])),
  )
  expect(twice).toEqual([])
})

test('nothing stands there that is not shipped any more', () => {
  const files = globSync(
    ['src/rooms/*/content/**/*.json', 'src/rooms/*/server/demonstration.ts', 'src/clinical/**/*.json'],
    {
      cwd: ROOT,
    },
  )
  const all = [
    ...files.filter((file) => !file.endsWith('in-english.json')),
    'node_modules/chinese-days/dist/chinese-days.json',
  ]
    .map(read)
    .join('\n')
  const isShipped = (text: string) => all.includes(text) || all.includes(JSON.stringify(text).slice(1, -1))
  expect([...english.keys()].filter((text) => !isShipped(text))).toEqual([])
})
