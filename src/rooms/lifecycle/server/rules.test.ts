import { expect, test } from 'vitest'
import { STAGES } from '../contract/words.ts'
import { furthest, isForward, rests } from './rules.ts'

test.each([
  ['nowhere, nothing holds', null, [], 'acquainted'],
  ['nowhere, several hold', null, ['joined', 'in-care'], 'in-care'],
  ['the next', 'acquainted', ['joined'], 'joined'],
  ['past one', 'acquainted', ['joined', 'together'], 'together'],
  ['order does not matter', 'joined', ['together', 'in-care'], 'together'],
  ['where one is', 'in-care', ['in-care'], undefined],
  ['never back', 'together', ['joined', 'in-care'], undefined],
  ['nothing after the end', 'graduated', ['joined', 'in-care', 'together'], undefined],
] as const)('%s', (_name, from, holding, to) => {
  expect(furthest(from, holding)).toBe(to)
})

test('from any stage to any other it is forward one way, and to itself never', () => {
  for (const a of STAGES)
    for (const b of STAGES) expect(Number(isForward(a, b)) + Number(isForward(b, a))).toBe(a === b ? 0 : 1)
})

test.each([
  [null, false],
  ['2026-03-01', false],
  ['2026-03-02', false],
  ['2026-03-03', true],
])('rests until %s', (until, expected) => {
  expect(rests(until, '2026-03-02')).toBe(expected)
})
