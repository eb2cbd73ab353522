import { describe, expect, test } from 'vitest'
import { shippedProtocols } from '../shipped.ts'
import { addMonths } from '../../../../platform/clock.ts'
import { windowAround } from './dates.ts'
import { advance, closesOn, latestDueOn, nextInTrack, nextLook, stepOf, type Standing } from './plan.ts'

const protocolOf = (code: string) => shippedProtocols.find((protocol) => protocol.code === code)!
const hypertension = protocolOf('hypertension')
const surgery = protocolOf('post-surgery')
const reminder = protocolOf('blood-pressure-half-yearly')

const done = (over: Partial<Standing> = {}): Standing => ({
  step: 'quarterly',
  track: 'visit',
  sequence: 3,
  windowFrom: '2026-03-01',
  dueOn: '2026-03-10',
  windowUntil: '2026-03-24',
  state: 'done',
  action: 'routine',
  actualOn: '2026-03-05',
  ...over,
})

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2026-11-30', 3, '2027-02-28'],
  ['2026-12-15', 1, '2027-01-15'],
  ['2026-05-31', 12, '2027-05-31'],
])('%s and %i months is %s', (from, months, expected) => expect(addMonths(from, months)).toBe(expected))

describe('the window', () => {
  const quarterly = stepOf(hypertension, 'quarterly')!
  test('is a share of the interval on both sides', () =>
    expect(windowAround('2026-06-05', '2026-03-05', quarterly)).toEqual({
      windowFrom: '2026-05-22',
      dueOn: '2026-06-05',
      windowUntil: '2026-06-19',
    }))
  test('never opens on the day of the visit before', () =>
    expect(windowAround('2026-03-07', '2026-03-05', quarterly).windowFrom).toBe('2026-03-06'))
  test('may open and be due on the anchor itself', () =>
    expect(windowAround('2026-03-05', '2026-03-05', quarterly).windowFrom).toBe('2026-03-05'))
})

describe('what comes next', () => {
  const table: [string, Partial<Standing>, string | undefined, string | undefined][] = [
    ['a satisfactory visit: three months from the day it took place', {}, 'quarterly', '2026-06-05'],
    ['an unsatisfactory one: two weeks', { action: 'two-weeks' }, 'check-2-weeks', '2026-03-19'],
    ['a referral: its own look within two weeks', { action: 'refer' }, 'referral-check', '2026-03-19'],
    ['a look that is satisfied: back to the normal cycle', { step: 'check-2-weeks' }, 'quarterly', '2026-06-05'],
    ['the look after a referral: back to the normal cycle', { step: 'referral-check' }, 'quarterly', '2026-06-05'],
    ['a missed one: from its due date', { state: 'missed', actualOn: null, action: null }, 'quarterly', '2026-06-10'],
    [
      'a cancelled one: from its due date',
      { state: 'cancelled', actualOn: null, action: null },
      'quarterly',
      '2026-06-10',
    ],
    ['one that is due: nothing', { state: 'due', actualOn: null, action: null }, undefined, undefined],
    ['a step the version does not know: the track begins anew', { step: 'gone' }, 'quarterly', '2026-06-05'],
  ]
  test.each(table)('after %s', (_what, over, step, dueOn) => {
    const next = nextInTrack(hypertension, 'visit', '2026-01-01', done(over))
    expect([next?.step.code, next?.dueOn, next?.sequence]).toEqual(
      step ? [step, dueOn, 4] : [undefined, undefined, undefined],
    )
  })

  test('the day agreed with the person takes the place of the computed one', () =>
    expect(nextInTrack(hypertension, 'visit', '2026-01-01', done(), '2026-05-30')).toMatchObject({
      dueOn: '2026-05-30',
    }))

  test('two weeks stay two weeks; the normal cycle may use its window', () => {
    expect(latestDueOn('2026-03-05', stepOf(hypertension, 'check-2-weeks')!)).toBe('2026-03-19')
    expect(latestDueOn('2026-03-05', stepOf(hypertension, 'quarterly')!)).toBe('2026-06-19')
  })

  test('a track without repetition ends', () =>
    expect(
      nextInTrack(surgery, 'day-3', '2026-03-01', done({ step: 'day-3', track: 'day-3', sequence: 1 })),
    ).toBeUndefined())
})

describe('bringing a track up to a date', () => {
  const kinds = (moves: { kind: string }[]) => moves.map((move) => move.kind)

  test('a new plan is planned, and due at once when its window is open', () => {
    expect(kinds(advance(surgery, 'day-3', '2026-03-01', undefined, '2026-03-02').moves)).toEqual(['plan'])
    expect(kinds(advance(surgery, 'day-3', '2026-03-01', undefined, '2026-03-04').moves)).toEqual(['plan', 'due'])
    expect(kinds(advance(surgery, 'day-3', '2026-03-01', undefined, '2026-03-06').moves)).toEqual(['plan', 'due'])
    expect(kinds(advance(surgery, 'day-3', '2026-03-01', undefined, '2026-03-07').moves)).toEqual(['plan', 'missed'])
  })

  test('nothing moves twice on the same day', () => {
    const once = advance(hypertension, 'visit', '2026-03-01', undefined, '2026-03-12')
    expect(kinds(once.moves)).toEqual(['plan', 'due'])
    expect(advance(hypertension, 'visit', '2026-03-01', once.now, '2026-03-12').moves).toEqual([])
  })

  test('a year asleep counts each quarter as missed and leaves the newest to be done', () => {
    const { moves, now } = advance(hypertension, 'visit', '2026-03-01', undefined, '2027-03-10')
    expect(kinds(moves)).toEqual([
      'plan',
      'missed',
      'plan',
      'missed',
      'plan',
      'missed',
      'plan',
      'missed',
      'plan',
      'due',
    ])
    expect(now).toMatchObject({ sequence: 5, dueOn: '2027-03-15', state: 'due' })
  })

  test('a reminder is done by being sent, and the next counts from that day', () => {
    const { moves, now } = advance(reminder, 'remind', '2026-03-01', undefined, '2026-03-10')
    expect(kinds(moves)).toEqual(['plan', 'sent', 'plan'])
    expect(now).toMatchObject({ state: 'planned', dueOn: '2026-09-10' })
  })

  test('looks again when the window opens, and the day after it ends', () => {
    expect(nextLook(done({ state: 'planned' }))).toBe('2026-03-01')
    expect(nextLook(done({ state: 'due' }))).toBe('2026-03-25')
    expect(nextLook(done())).toBeUndefined()
  })

  test('a plan closes when all is done, later when something was missed', () => {
    expect(closesOn(surgery, [done(), done({ state: 'due' })])).toBeUndefined()
    expect(closesOn(surgery, [done(), done({ state: 'cancelled' })])).toBe('0001-01-01')
    expect(closesOn(surgery, [done(), done({ state: 'missed' })])).toBe('2026-04-07')
  })
})

test('every shipped protocol names its source, its licence, and awaits review', () => {
  for (const protocol of shippedProtocols)
    expect(protocol).toMatchObject({
      source: expect.stringMatching(/.{10,}/),
      licence: expect.stringMatching(/.{5,}/),
      reviewer: null,
    })
})
