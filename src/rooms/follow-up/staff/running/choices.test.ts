import { expect, test } from 'vitest'
import type { ImpactLine, SwitchHow } from '../../contract/impact.ts'
import { decisionsOf, howOf, tally } from './choices.ts'

const line = (runId: string, switchTo: number | null = null, switchHow: SwitchHow | null = null) =>
  ({ runId, switchTo, switchHow, stamp: runId, before: [], moves: true }) as unknown as ImpactLine
const lines = [line('a'), line('b', 2, 're-plan'), line('c', 3, 'next-step'), line('d')]
const deciding = (all: SwitchHow, choices: [string, SwitchHow][] = []) => ({ to: 2, all, choices: new Map(choices) })

test('what was decided before stands until somebody says otherwise', () => {
  expect(lines.map((one) => howOf(one, deciding('leave')))).toEqual(['leave', 're-plan', 'leave', 'leave'])
  expect(decisionsOf(lines, deciding('leave'))).toEqual([])
  expect(decisionsOf(lines, deciding('leave', [['b', 'leave']]))).toMatchObject([{ runId: 'b', how: 'leave' }])
})

test('one choice for all, exceptions for single ones, each counted', () => {
  const now = deciding('next-step', [['d', 'leave']])
  expect(tally(lines, now)).toEqual({ leave: 1, 'next-step': 2, 're-plan': 1 })
  expect(decisionsOf(lines, now).map(({ runId, how }) => [runId, how])).toEqual([
    ['a', 'next-step'],
    ['c', 'next-step'],
  ])
})

test('what waits for another version is taken off by a word of its own alone', () => {
  expect(decisionsOf(lines, deciding('leave', [['c', 'leave']]))).toMatchObject([{ runId: 'c', how: 'leave' }])
})
