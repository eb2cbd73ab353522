import { describe, expect, test } from 'vitest'
import { shippedPolicy } from '../rule.ts'
import { shippedHolidays } from '../shipped-holidays.ts'
import { judge, type Gated, type Person } from './gate.ts'
import { goodHoursFrom } from './good-hours.ts'
import { aMessage as message, aPerson } from './sample-gated.ts'
import type { SendDays } from './send-window.ts'

const holidays = {
  years: new Set([2026]),
  days: new Map(shippedHolidays.get(2026)!.map(({ day, kind, name }) => [day, { kind, name }] as const)),
}
const send = (over: Partial<SendDays> = {}): SendDays => ({
  hours: { from: '08:00', to: '21:00' },
  rule: 'every-day',
  waitsForTable: false,
  ...over,
})
const AFTERNOON = { from: 15 * 60, to: 18 * 60 }
const from = (now: string, over: object = {}) =>
  goodHoursFrom(new Date(now), {
    timeZone: 'Asia/Shanghai',
    span: AFTERNOON,
    send: send(),
    holidays,
    notAfter: null,
    ...over,
  })?.at.toISOString() ?? null

describe('the next good hour', () => {
  test.each([
    ['before it, today', '2026-03-02T02:00:00Z', {}, '2026-03-02T07:00:00.000Z'],
    ['after it, tomorrow', '2026-03-02T10:00:00Z', {}, '2026-03-03T07:00:00.000Z'],
    ['by the clock of the house', '2026-03-02T02:00:00Z', { timeZone: 'Asia/Urumqi' }, '2026-03-02T09:00:00.000Z'],
    // The day the clocks go forward: three in the afternoon is three by the clock on the wall.
    ['in summer time', '2026-03-29T06:30:00Z', { timeZone: 'Europe/Berlin' }, '2026-03-29T13:00:00.000Z'],
    [
      'partly in the quiet hours',
      '2026-03-02T02:00:00Z',
      { span: { from: 1200, to: 1440 } },
      '2026-03-02T12:00:00.000Z',
    ],
    [
      'before the permitted hours begin',
      '2026-03-02T04:00:00Z',
      { span: { from: 360, to: 540 } },
      '2026-03-03T00:00:00.000Z',
    ],
    ['wholly in the quiet hours: these win', '2026-03-02T02:00:00Z', { span: { from: 1290, to: 1380 } }, null],
    ['wholly before them', '2026-03-02T02:00:00Z', { span: { from: 300, to: 480 } }, null],
    [
      'a deadline that leaves time',
      '2026-03-02T02:00:00Z',
      { notAfter: new Date('2026-03-02T09:00:00Z') },
      '2026-03-02T07:00:00.000Z',
    ],
    ['a deadline that leaves none', '2026-03-02T02:00:00Z', { notAfter: new Date('2026-03-02T08:59:59Z') }, null],
    ['a reminder of an exact hour', '2026-03-02T06:30:00Z', { notAfter: new Date('2026-03-02T07:30:00Z') }, null],
    // Friday evening; Monday is too far.
    ['days away', '2026-03-06T10:30:00Z', { send: send({ rule: 'workdays' }) }, null],
    ['over one day off', '2026-03-05T10:30:00Z', { send: send({ rule: 'workdays' }) }, '2026-03-06T07:00:00.000Z'],
  ])('%s', (_what, now, over, expected) => expect(from(now, over)).toBe(expected))
})

describe('at the gate', () => {
  const policy = shippedPolicy({
    messageHours: { from: '08:00', to: '21:00' },
    messageLimits: { perPatientPerDay: 3, perPatientPerWeek: 10, mailsPerMinute: 600 },
  })
  const person = (over: Partial<Person> = {}) => aPerson({ goodHours: AFTERNOON, ...over })
  const at = (now: string) => ({ now: new Date(now), timeZone: 'Asia/Shanghai', policy, holidays, holdoutPercent: 0 })
  const MORNING = '2026-03-02T02:00:00Z'
  const reason = (gated: Gated, known: Person, now = MORNING) => {
    const verdict = judge(gated, known, at(now))
    return verdict.kind === 'send' ? 'send' : verdict.reason
  }

  test('it waits, and says what it saw', () => {
    expect(judge(message(), person(), at(MORNING))).toEqual({
      kind: 'wait',
      until: new Date('2026-03-02T07:00:00Z'),
      reason: 'good-hours',
      saw: { from: '15:00', to: '18:00' },
    })
  })

  test.each<[string, Partial<Gated>, Partial<Person>, string, string]>([
    ['within them', {}, {}, '2026-03-02T07:00:00Z', 'send'],
    ['nothing known of them', {}, { goodHours: undefined }, MORNING, 'send'],
    ['a clinical alert', { urgent: true }, {}, MORNING, 'send'],
    ['a code that was asked for', { purpose: 'service', answers: true }, {}, MORNING, 'send'],
    ['the way to a report', { purpose: 'service', topic: 'reports' }, {}, MORNING, 'send'],
    ['an appointment', { purpose: 'service', topic: 'appointments' }, {}, MORNING, 'send'],
    ['a follow-up', { purpose: 'service' }, {}, MORNING, 'good-hours'],
    ['a promotion they asked for', { purpose: 'promotion' }, { consent: { promotion: true } }, MORNING, 'good-hours'],
    ['the message centre', { channel: 'in-app' }, {}, MORNING, 'send'],
    ['what was tried before', { mayWait: false }, {}, MORNING, 'send'],
    ['the night is told of as the night', {}, {}, '2026-03-02T15:00:00Z', 'quiet-hours'],
    ['good hours in the night', {}, { goodHours: { from: 1290, to: 1380 } }, MORNING, 'send'],
    [
      'and the night stays shut for them',
      {},
      { goodHours: { from: 1290, to: 1380 } },
      '2026-03-02T14:00:00Z',
      'quiet-hours',
    ],
    ['what they refuse is not kept waiting', {}, { optedOut: 'topic' }, MORNING, 'opted-out'],
  ])('%s', (_what, gated, known, now, expected) => {
    expect(reason(message(gated), person(known), now)).toBe(expected)
  })
})
