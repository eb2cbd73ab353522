import { describe, expect, test } from 'vitest'
import shipped from '../../content/call-rules.json' with { type: 'json' }
import { callPolicy } from '../../contract/rule.ts'
import type { CallOutcome } from '../../contract/words.ts'
import { openFrom, restsUntil, shutBecause, whatFollows, type Hours, type Tried } from './again.ts'

const policy = callPolicy.parse(shipped.policy)
/** 4 March is a day off. */
const hours: Hours = {
  timeZone: 'Asia/Shanghai',
  from: 8 * 60 + 30,
  to: 20 * 60,
  isOpenDay: (date) => date !== '2026-03-04',
}
/** Of the clock in Shanghai. */
const at = (text: string) => new Date(`2026-03-${text}:00+08:00`)
const told = (outcome: CallOutcome, vain: number, when: string, change: Partial<Tried> = {}): Tried => ({
  outcome,
  vain,
  at: at(when),
  most: 3,
  goodHours: undefined,
  promisedAt: undefined,
  done: false,
  ...change,
})

describe('when again', () => {
  test.each<[string, Tried, string | null, string | null]>([
    ['no answer: two hours later', told('no-answer', 1, '02T10:00'), '02T12:00', null],
    ['not after the hours: the next morning', told('no-answer', 1, '02T19:00'), '03T08:30', null],
    ['not on a day off', told('no-answer', 1, '03T19:00'), '05T08:30', null],
    ['the second time: the other half of the next day', told('no-answer', 2, '02T10:00'), '03T15:30', null],
    ['and the other way round', told('no-answer', 2, '02T16:00'), '03T10:00', null],
    ['over a day off', told('no-answer', 2, '03T16:00'), '05T10:00', null],
    ['the third: nobody is rung by itself', told('no-answer', 3, '02T10:00'), null, 'spent'],
    ['busy: a quarter of an hour', told('busy', 1, '02T10:00'), '02T10:15', null],
    ['busy again: two hours', told('busy', 2, '02T10:15'), '02T12:15', null],
    ['switched off: four hours', told('switched-off', 1, '02T10:00'), '02T14:00', null],
    [
      'at the hour the person likes',
      told('no-answer', 2, '02T10:00', { goodHours: { from: 1080, to: 1200 } }),
      '03T18:00',
      null,
    ],
    [
      'an hour nobody is called at is no wish',
      told('no-answer', 2, '02T10:00', { goodHours: { from: 1260, to: 1320 } }),
      '03T15:30',
      null,
    ],
    ['the family answered: another day', told('family-answered', 0, '02T10:00'), '03T15:30', null],
    ['promised: then', told('call-back', 0, '02T10:00', { promisedAt: at('02T18:20') }), '02T18:20', null],
    ['refused: somebody decides', told('refused', 0, '02T10:00'), null, 'refused'],
    ['a wrong number: somebody finds the right one', told('wrong-number', 1, '02T10:00'), null, 'wrong-number'],
    ['talked to, the form not filled: tomorrow', told('reached', 0, '02T10:00'), '03T08:30', null],
    ['done', told('reached', 0, '02T10:00', { done: true }), null, null],
  ])('%s', (_what, tried, expected, hold) => {
    const { nextAt, hold: held } = whatFollows(tried, policy, hours)
    expect([nextAt?.toISOString() ?? null, held]).toEqual([expected && at(expected).toISOString(), hold])
  })

  test('a ladder that has no rung for it waits for somebody', () => {
    const none = { ...policy, ladder: { ...policy.ladder, busy: [] } }
    expect(whatFollows(told('busy', 1, '02T10:00'), none, hours)).toEqual({ nextAt: null, hold: 'spent' })
  })
})

describe('when people may be called', () => {
  test.each<[string, string | null, string]>([
    ['02T08:29', 'hours', '02T08:30'],
    ['02T08:30', null, '02T08:30'],
    ['02T19:59', null, '02T19:59'],
    ['02T20:00', 'hours', '03T08:30'],
    ['04T12:00', 'day-off', '05T08:30'],
    ['03T21:00', 'hours', '05T08:30'],
  ])('%s', (when, because, opens) => {
    expect(shutBecause(at(when), hours)).toBe(because)
    expect(openFrom(at(when), hours)).toEqual(at(opens))
  })
})

describe('how long somebody is left alone about anything else', () => {
  test.each<[CallOutcome, string | null, string | null]>([
    ['reached', '03T08:30', null],
    ['no-answer', '02T12:00', '02T12:00'],
    ['no-answer', null, '02T12:00'],
    ['call-back', '02T18:20', '02T18:20'],
    ['refused', null, '03T10:00'],
  ])('%s, again %s', (outcome, next, until) => {
    const told = { outcome, endedAt: at('02T10:00'), nextAt: next === null ? null : at(next) }
    expect(restsUntil(told)?.getTime() ?? null).toBe(until === null ? null : at(until).getTime())
  })
})
