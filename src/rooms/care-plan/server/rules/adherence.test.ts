import { describe, expect, test } from 'vitest'
import type { Cadence, Outcome } from '../../contract/words.ts'
import { adherenceOf, isPaused, tickedDays, type ActionSpan } from './adherence.ts'

const anAction = (cadence: Cadence): ActionSpan['action'] => ({
  key: 'walk',
  kind: 'exercise',
  title: '走路',
  words: '',
  cadence,
  ask: { kind: 'outcome' },
})
const span = (cadence: Cadence, from = '2026-03-02', until: string | null = null): ActionSpan => ({
  action: anAction(cadence),
  from,
  until,
})
const ticks = (days: Record<string, Outcome>) =>
  new Map(Object.entries(days).map(([day, outcome]) => [`walk 2026-03-${day}`, outcome]))
/** 2 March 2026 is a Monday. */
const WINDOW = { from: '2026-03-02', until: '2026-03-31' }
const daily: Cadence = { kind: 'daily' }

test.each<[string, ActionSpan[], Record<string, Outcome>, string, [number, number, number, number | null]]>([
  ['nothing is due on the first day', [span(daily)], {}, '2026-03-02', [0, 0, 0, null]],
  ['nor on the second, while yesterday can still be ticked', [span(daily)], {}, '2026-03-03', [0, 0, 0, null]],
  ['on the third the first counts as not done', [span(daily)], {}, '2026-03-04', [1, 0, 0, 0]],
  ['what is ticked today counts at once', [span(daily)], { '02': 'done' }, '2026-03-02', [1, 1, 0, 100]],
  ['in part is a half', [span(daily)], { '02': 'done', '03': 'partly' }, '2026-03-03', [2, 1, 1, 75]],
  ['not done is due and nothing', [span(daily)], { '02': 'done', '03': 'not-done' }, '2026-03-03', [2, 1, 0, 50]],
  ['weekdays only', [span({ kind: 'weekdays', days: [1, 3] })], { '02': 'done' }, '2026-03-08', [2, 1, 0, 50]],
  ['once, on its day', [span({ kind: 'once', on: '2026-03-05' })], { '05': 'done' }, '2026-03-31', [1, 1, 0, 100]],
  [
    'a week that is not over says nothing',
    [span({ kind: 'weekly', times: 3 })],
    { '02': 'done' },
    '2026-03-08',
    [0, 0, 0, null],
  ],
  [
    'but one that is full does',
    [span({ kind: 'weekly', times: 2 })],
    { '02': 'done', '04': 'done' },
    '2026-03-08',
    [2, 2, 0, 100],
  ],
  [
    'more than asked is not more than all',
    [span({ kind: 'weekly', times: 1 })],
    { '02': 'done', '03': 'done' },
    '2026-03-10',
    [1, 1, 0, 100],
  ],
  [
    'after the week what is missing is missing',
    [span({ kind: 'weekly', times: 3 })],
    { '02': 'done', '03': 'partly' },
    '2026-03-10',
    [3, 1, 1, 50],
  ],
  [
    'an action that stood for two days only',
    [span(daily, '2026-03-02', '2026-03-03')],
    { '02': 'done' },
    '2026-03-20',
    [2, 1, 0, 50],
  ],
  [
    'two versions, the second less often',
    [span(daily, '2026-03-02', '2026-03-03'), span({ kind: 'weekdays', days: [5] }, '2026-03-04')],
    { '02': 'done', '03': 'done', '06': 'done' },
    '2026-03-10',
    [3, 3, 0, 100],
  ],
])('%s', (_what, spans, days, today, [expected, done, partly, percent]) => {
  expect(adherenceOf(spans, ticks(days), [], WINDOW, today)).toEqual({ expected, done, partly, percent })
})

describe('pauses', () => {
  const pauses = [{ from: '2026-03-03', until: '2026-03-06' }]

  test('leave their days out, the day of resuming is due again', () => {
    expect(isPaused(pauses, '2026-03-05')).toBe(true)
    expect(isPaused(pauses, '2026-03-06')).toBe(false)
    expect(adherenceOf([span(daily)], ticks({ '02': 'done' }), pauses, WINDOW, '2026-03-08').expected).toBe(2)
  })

  test('leave out a week that they touch', () => {
    const weekly = span({ kind: 'weekly', times: 3 })
    expect(adherenceOf([weekly], ticks({}), pauses, WINDOW, '2026-03-20').expected).toBe(3)
  })

  test('one without an end goes on', () => {
    expect(isPaused([{ from: '2026-03-03', until: null }], '2027-01-01')).toBe(true)
  })
})

test('days on which something was done are counted once', () => {
  const both = new Map<string, Outcome>([
    ['walk 2026-03-02', 'done'],
    ['salt 2026-03-02', 'done'],
    ['salt 2026-03-03', 'not-done'],
    ['salt 2026-03-04', 'partly'],
  ])
  expect(tickedDays(both, '2026-03-01', '2026-03-07')).toBe(2)
})
