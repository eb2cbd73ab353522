import { expect, test } from 'vitest'
import { findMedia } from './find-media.ts'
import { positionOf } from './position.ts'

const row = (code: string, topics: string[], words: string[]) => ({
  code,
  kind: 'mechanism' as const,
  title: { zh: code, en: code },
  summary: { zh: '', en: '' },
  topics,
  words,
})
const rows = [
  row('wide', ['indicator:ldl', 'indicator:tc', 'indicator:hdl'], ['ldl-c', '斑块']),
  row('ldl', ['indicator:ldl', 'indicator:tc'], ['低密度脂蛋白胆固醇', 'ldl-c']),
  row('lung', ['organ:lung'], ['肺结节', '结节']),
]

test.each([
  [{ topics: ['indicator:ldl'] }, 'ldl'],
  [{ topics: ['indicator:hdl'] }, 'wide'],
  [{ word: ' LDL-C ' }, 'ldl'],
  [{ word: '斑块' }, 'wide'],
  [{ word: '结' }, undefined],
  [{ topics: ['indicator:wbc'], word: '肺结节' }, 'lung'],
  [{ topics: ['organ:lung'], word: '斑块' }, 'lung'],
  [{ topics: ['indicator:wbc'] }, undefined],
  [{ word: '  ' }, undefined],
  [{}, undefined],
])('%j opens %s', (asked, code) => expect(findMedia(rows, asked)?.code).toBe(code))

test.each([
  [0, 360, 4, 0],
  [170, 360, 4, 0],
  [190, 360, 4, 1],
  [1080, 360, 4, 3],
  [5000, 360, 4, 3],
  [-20, 360, 4, 0],
  [100, 0, 4, 0],
])('scrolled by %d of %d among %d is step %d', (scrolled, width, count, expected) =>
  expect(positionOf(scrolled, width, count)).toBe(expected),
)
