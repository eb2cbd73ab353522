import { expect, test } from 'vitest'
import type { TimelineEntry } from '../contract/timeline.ts'
import { hasMore, nextEntries, type Ask, type SourceState } from './merge-timeline.ts'

const entry = (id: string, at: string): TimelineEntry => ({
  id,
  kind: 'x',
  at,
  dateOnly: false,
  title: id,
  text: '',
  code: '',
  lines: [],
  lineCount: 0,
  tone: 'plain',
  by: null,
  to: null,
})
const begin = (...sources: string[]): SourceState[] =>
  sources.map((source) => ({ source, room: source, waiting: [], cursor: undefined }))

/** Sources that tell `size` entries at a time. */
function tellers(told: Record<string, TimelineEntry[]>, size: number): Ask {
  return async (source, cursor) => {
    const from = Number(cursor ?? 0)
    const rows = told[source]!.slice(from, from + size)
    return { rows, next: from + size < told[source]!.length ? String(from + size) : null }
  }
}

async function readAll(states: SourceState[], ask: Ask, limit: number): Promise<string[]> {
  const seen: string[] = []
  for (let now = states; hasMore(now);) {
    const page = await nextEntries(now, ask, limit)
    seen.push(...page.rows.map(({ id }) => id))
    now = page.states
  }
  return seen
}

const told = {
  record: ['2026-03-05', '2026-03-03', '2026-03-01', '2026-02-01'].map((at, i) => entry(`r${i}`, at)),
  task: ['2026-03-04', '2026-03-03'].map((at, i) => entry(`t${i}`, at)),
  message: [],
}

test.each([
  [1, 1],
  [1, 3],
  [2, 2],
  [3, 50],
  [50, 1],
])('in one order, none lost or doubled: %i at a time from each, %i a page', async (size, limit) => {
  expect(await readAll(begin('record', 'task', 'message'), tellers(told, size), limit)).toEqual([
    'r0',
    't0',
    't1',
    'r1',
    'r2',
    'r3',
  ])
})

test('a source that fails is named, and the others are told', async () => {
  const ask: Ask = (source, cursor) =>
    source === 'task' ? Promise.reject(new Error('gone')) : tellers(told, 10)(source, cursor)
  const page = await nextEntries(begin('record', 'task'), ask, 10)
  expect(page.rows.map(({ id }) => id)).toEqual(['r0', 'r1', 'r2', 'r3'])
  expect(page.silent).toEqual(['task'])
  expect(hasMore(page.states)).toBe(false)
})
