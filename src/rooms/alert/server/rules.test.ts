import { describe, expect, test } from 'vitest'
import { ACTS, STATES, type Act, type AlertState } from '../contract/words.ts'
import {
  actsFor,
  dueAfter,
  escalationOf,
  gapsOf,
  PROPOSED_LIMITS,
  resultsFor,
  stateAfter,
  TRANSITIONS,
} from './rules.ts'

const NOW = new Date('2026-03-02T02:00:00Z')
const alert = (state: AlertState, handler: string | null = null, reached = false) => ({
  state,
  handler_id: handler,
  reached_at: reached ? NOW : null,
})

describe('the acts', () => {
  test.each<[AlertState, string | null, Act[]]>([
    ['raised', null, ['acknowledge']],
    ['handed-over', 'me', ['acknowledge']],
    ['handed-over', 'you', ['take-over']],
    ['acknowledged', 'me', ['attempt', 'hand-over', 'close']],
    ['acknowledged', 'you', ['take-over']],
    ['reached', 'me', ['attempt', 'hand-over', 'close']],
    ['reached', 'you', ['take-over']],
    ['closed', 'me', []],
  ])('%s in the hands of %s: %j', (state, handler, acts) => {
    expect(actsFor(alert(state, handler), 'me')).toEqual(acts)
  })

  test('from every state but the last something leads on, and nothing leads out of the last', () => {
    for (const state of STATES)
      expect(
        ACTS.some((act) => TRANSITIONS[act].from.includes(state)),
        state,
      ).toBe(state !== 'closed')
  })

  test('whoever takes it after the person was told goes on from there', () => {
    expect(stateAfter('acknowledge', { reached_at: null })).toBe('acknowledged')
    expect(stateAfter('acknowledge', { reached_at: NOW })).toBe('reached')
    expect(stateAfter('take-over', { reached_at: NOW })).toBe('reached')
    expect(stateAfter('hand-over', { reached_at: NOW })).toBe('handed-over')
  })
})

test('nothing closes an alert that nobody has taken; a recheck, a visit or a refusal comes after the person was told', () => {
  expect(resultsFor(alert('raised'))).toEqual([])
  expect(resultsFor(alert('handed-over', 'me', true))).toEqual([])
  expect(resultsFor(alert('acknowledged', 'me'))).toEqual(['admitted', 'corrected', 'deceased', 'unreachable'])
  expect(resultsFor(alert('reached', 'me', true))).toEqual([
    'recheck',
    'visit',
    'declined',
    'admitted',
    'corrected',
    'deceased',
  ])
})

test.each<['A' | 'B', AlertState, number, string | undefined]>([
  ['A', 'raised', 1, '2026-03-02T02:15:00.000Z'],
  ['A', 'handed-over', 1, '2026-03-02T02:15:00.000Z'],
  ['A', 'raised', 4, '2026-03-02T03:00:00.000Z'],
  ['A', 'acknowledged', 1, '2026-03-02T04:00:00.000Z'],
  ['A', 'reached', 1, '2026-03-05T02:00:00.000Z'],
  ['B', 'raised', 1, '2026-03-03T02:00:00.000Z'],
  ['B', 'closed', 1, undefined],
])('the clock of class %s, %s, ×%d', (cls, state, times, due) => {
  expect(dueAfter(PROPOSED_LIMITS, cls, state, NOW, times)?.toISOString()).toBe(due)
})

test.each<[Exclude<AlertState, 'closed'>, number, number, string]>([
  ['raised', 2, 5, 'next'],
  ['raised', 0, 5, 'everybody'],
  ['raised', 0, 0, 'again'],
  ['handed-over', 1, 0, 'next'],
  ['acknowledged', 2, 5, 'handler'],
  ['reached', 0, 0, 'handler'],
])('%s with %d on duty and %d others untold: %s', (state, onDuty, others, step) => {
  expect(escalationOf(state, { onDuty, others })).toBe(step)
})

describe('gaps', () => {
  const at = (hour: number) => new Date(NOW.getTime() + hour * 3_600_000)
  const shift = (from: number, until: number) => ({ from: at(from), until: at(until) })
  test.each<[string, [number, number][], [number, number][]]>([
    ['nobody at all', [], [[0, 24]]],
    ['all day', [[-1, 25]], []],
    [
      'between two',
      [
        [0, 8],
        [10, 24],
      ],
      [[8, 10]],
    ],
    [
      'overlapping, in any order',
      [
        [6, 24],
        [0, 8],
      ],
      [],
    ],
    [
      'one inside another leaves none',
      [
        [0, 20],
        [2, 4],
      ],
      [[20, 24]],
    ],
    [
      'before the first',
      [
        [3, 24],
        [30, 40],
      ],
      [[0, 3]],
    ],
  ])('%s', (_what, shifts, gaps) => {
    expect(
      gapsOf(
        shifts.map(([a, b]) => shift(a, b)),
        at(0),
        at(24),
      ),
    ).toEqual(gaps.map(([a, b]) => shift(a, b)))
  })
})
