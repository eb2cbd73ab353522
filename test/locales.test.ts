import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

/** The texts of the pages: every key that a page asks for stands in both languages, with the same values to fill in. */

const ROOT = join(import.meta.dirname, '..')
const LOCALES = ['zh-CN', 'en'] as const
type Tree = { [key: string]: string | Tree }

const places = new Map<string, string>([
  ['web', 'src/platform/web'],
  ...globSync('src/rooms/*/locales', { cwd: ROOT }).map((path) => [path.split(/[/\\]/)[2]!, join(path, '..')] as [string, string]),
])

const known = new Map<string, Map<string, string>>()

/** Read once: a page asks for hundreds of keys. */
function textsOf(room: string, locale: string): Map<string, string> {
  const texts = known.get(`${room} ${locale}`) ?? readTexts(room, locale)
  known.set(`${room} ${locale}`, texts)
  return texts
}

function readTexts(room: string, locale: string): Map<string, string> {
  const file = join(ROOT, places.get(room) ?? room, 'locales', `${locale}.json`)
  return existsSync(file) ? new Map(flatten(JSON.parse(readFileSync(file, 'utf8')) as Tree)) : new Map()
}

function flatten(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`)))
}

/** Whether a text stands under a key, or, for one that is put together, under what it begins with. */
function stands(texts: ReadonlyMap<string, string>, key: string): boolean {
  if (key.includes('${')) return [...texts.keys()].some((known) => known.startsWith(key.slice(0, key.indexOf('${'))))
  return texts.has(key) || texts.has(`${key}_other`)
}

interface Asked {
  room: string
  key: string
}

/** The keys that a page asks for: `const t = useT('card')`, then `t('list.title')` or t(`state.${state}`). */
function asked(source: string): Asked[] {
  return [...source.matchAll(/const (\w+) = useT\('([\w-]+)'\)/g)].flatMap(([, name, room]) =>
    [...source.matchAll(new RegExp(`(?<![\\w.])${name}\\(\\s*(?:'([^']+)'|\`([^\`]+)\`|[\\w.! ]+ \\? '([^']+)' : '([^']+)')`, 'g'))].flatMap((found) =>
      found.slice(1).filter((key) => key !== undefined).map((key) => ({ room: room!, key })),
    ),
  )
}

const forPatients = globSync(['src/rooms/*/patient/**/*.tsx', 'src/platform/patient-web/**/*.tsx', 'src/apps/patient/**/*.tsx'], { cwd: ROOT })
const pages = [...globSync(['src/rooms/*/staff/**/*.tsx', 'src/platform/web/**/*.tsx', 'src/apps/staff/**/*.tsx'], { cwd: ROOT }), ...forPatients]
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

describe.each(LOCALES)('%s', (locale) => {
  test('has every text that a page asks for', () => {
    const missing = pages.flatMap((file) =>
      asked(read(file))
        .filter(({ room, key }) => !stands(textsOf(room, locale), key))
        .map(({ room, key }) => `${file}: ${room} lacks ${key}`),
    )
    expect(missing).toEqual([])
  })

  test('has the name of every page and part', () => {
    const missing = globSync('src/rooms/*/staff/pages.tsx', { cwd: ROOT }).flatMap((file) => {
      const texts = textsOf(file.split(/[/\\]/)[2]!, locale)
      return [...read(file).matchAll(/\blabel: '([^']+)'/g)].filter(([, key]) => !stands(texts, key!)).map(([, key]) => `${file}: ${key}`)
    })
    expect(missing).toEqual([])
  })
})

test('pages of patients ask only for the groups of texts that their site carries', () => {
  const carried = (room: string) => (room === 'web' ? ['patient.', 'problem.'] : ['my.', 'fill.'])
  const wrong = forPatients.flatMap((file) =>
    asked(read(file))
      .filter(({ room, key }) => !carried(room).some((group) => key.startsWith(group)))
      .map(({ room, key }) => `${file}: ${room} ${key}; put it below "my"`),
  )
  expect(wrong).toEqual([])
})

test('both languages fill in the same values', () => {
  const values = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((found) => found[1]!).toSorted()
  const wrong = [...places.keys()].flatMap((room) => {
    const en = textsOf(room, 'en')
    return [...textsOf(room, 'zh-CN')]
      .filter(([key, text]) => en.has(key) && [...new Set(values(text))].join() !== [...new Set(values(en.get(key)!))].join())
      .map(([key]) => `${room}: ${key}`)
  })
  expect(wrong).toEqual([])
})

test('keys are found where they are asked for', () => {
  expect(asked("const t = useT('card')\nt('a.b'); t(`state.${x}`); t(open ? 'c' : 'd'); other.t('no'); set('no')")).toEqual(
    ['a.b', 'state.${x}', 'c', 'd'].map((key) => ({ room: 'card', key })),
  )
})
