import { expect, test } from 'vitest'
import { fitsFilter, linesOf, type CatalogueFilter } from './lines.ts'

const row = (
  code: string,
  version: number,
  state: 'draft' | 'active' | 'retired',
  zh = code,
  sensitivity: 'ordinary' | 'mental' = 'ordinary',
) => ({
  code,
  version,
  state,
  sensitivity,
  title: { zh, en: `${code} in English` },
  questions: 3,
  answers: 7,
  changedAt: '2026-01-01T00:00:00Z',
  changedBy: '王',
  publishedAt: null,
  publishedBy: null,
})
const lines = linesOf([
  row('sleep', 2, 'active', '睡眠自测'),
  row('sleep', 3, 'draft', '睡眠自评'),
  row('old', 1, 'retired', '旧问卷'),
  row('mood', 1, 'draft', '心情', 'mental'),
])

test('one line for each code: its name in force, the draft written last', () => {
  expect(
    lines.map(({ code, title, active, draft, newest }) => [
      code,
      title.zh,
      active?.version,
      draft?.version,
      newest.version,
    ]),
  ).toEqual([
    ['sleep', '睡眠自测', 2, 3, 3],
    ['old', '旧问卷', undefined, undefined, 1],
    ['mood', '心情', undefined, 1, 1],
  ])
})

test.each<[CatalogueFilter, string[]]>([
  [{}, ['sleep', 'old', 'mood']],
  [{ q: '睡眠自评' }, ['sleep']],
  [{ q: 'ENGLISH' }, ['sleep', 'old', 'mood']],
  [{ state: 'active' }, ['sleep']],
  [{ state: 'draft' }, ['sleep', 'mood']],
  [{ state: 'retired' }, ['old']],
  [{ sensitivity: 'mental' }, ['mood']],
  [{ q: '心', state: 'active' }, []],
])('%j finds %j', (filter, expected) =>
  expect(lines.filter((line) => fitsFilter(line, filter)).map(({ code }) => code)).toEqual(expected),
)
