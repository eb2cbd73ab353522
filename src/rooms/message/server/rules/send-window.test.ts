import { describe, expect, test } from 'vitest'
import { shippedHolidays } from '../shipped-holidays.ts'
import { dayState, openFrom, shutUntil, yearsNeeded, type SendDays } from './send-window.ts'

const known = (...years: number[]) => ({
  years: new Set(years),
  days: new Map(
    years.flatMap((year) =>
      (shippedHolidays.get(year) ?? []).map(({ day, kind, name }) => [day, { kind, name }] as const),
    ),
  ),
})
const send = (over: Partial<SendDays> = {}): SendDays => ({
  hours: { from: '08:00', to: '21:00' },
  rule: 'every-day',
  waitsForTable: false,
  ...over,
})
const until = (now: string, timeZone: string, over: Partial<SendDays> = {}, holidays = known(2026)) =>
  shutUntil(new Date(now), timeZone, send(over), holidays)?.until.toISOString() ?? null

describe('message hours', () => {
  test.each([
    ['2026-03-02T00:00:00Z', 'Asia/Shanghai', null],
    ['2026-03-01T23:59:59Z', 'Asia/Shanghai', '2026-03-02T00:00:00.000Z'],
    ['2026-03-02T12:59:59Z', 'Asia/Shanghai', null],
    ['2026-03-02T13:00:00Z', 'Asia/Shanghai', '2026-03-03T00:00:00.000Z'],
    ['2026-03-02T16:30:00Z', 'Asia/Shanghai', '2026-03-03T00:00:00.000Z'],
    ['2026-03-02T13:00:00Z', 'Asia/Urumqi', null],
    ['2026-03-02T13:00:00Z', 'Europe/Berlin', null],
    // The night before the clocks go forward is an hour shorter.
    ['2026-03-28T21:00:00Z', 'Europe/Berlin', '2026-03-29T06:00:00.000Z'],
    ['2026-10-24T20:00:00Z', 'Europe/Berlin', '2026-10-25T07:00:00.000Z'],
    ['2026-03-02T04:30:00Z', 'America/New_York', '2026-03-02T13:00:00.000Z'],
  ])('%s in %s: %s', (now, timeZone, expected) => expect(until(now, timeZone)).toBe(expected))
})

describe('days off', () => {
  test.each([
    ['2026-02-16', 'not-holidays', 'shut'],
    ['2026-02-16', 'every-day', 'open'],
    // A Saturday that is worked for Spring Festival.
    ['2026-02-28', 'workdays', 'open'],
    ['2026-03-07', 'workdays', 'shut'],
    ['2026-03-07', 'not-holidays', 'open'],
    ['2026-03-09', 'workdays', 'open'],
    ['2026-10-01', 'workdays', 'shut'],
    ['2026-10-10', 'workdays', 'open'],
  ] as const)('%s by %s: %s', (date, rule, expected) =>
    expect(dayState(date, send({ rule }), known(2026))).toBe(expected),
  )

  test('the whole of Spring Festival is passed over, and the weekend beside it', () => {
    // 15 to 23 February are off; the 14th and the 28th are worked.
    expect(until('2026-02-15T04:00:00Z', 'Asia/Shanghai', { rule: 'not-holidays' })).toBe('2026-02-24T00:00:00.000Z')
    expect(until('2026-02-14T14:00:00Z', 'Asia/Shanghai', { rule: 'workdays' })).toBe('2026-02-24T00:00:00.000Z')
    expect(
      shutUntil(new Date('2026-02-15T04:00:00Z'), 'Asia/Shanghai', send({ rule: 'workdays' }), known(2026)),
    ).toMatchObject({
      reason: 'holiday',
      saw: { date: '2026-02-15', name: '春节' },
    })
  })

  test('the day is that of the organization, not of the server', () => {
    // 1 October in Shanghai begins while it is still 30 September in London.
    expect(until('2026-09-30T16:30:00Z', 'Asia/Shanghai', { rule: 'not-holidays' })).toBe('2026-10-08T00:00:00.000Z')
    expect(until('2026-09-30T16:30:00Z', 'Europe/London', { rule: 'not-holidays' })).toBe(null)
  })
})

describe('a year whose table nobody has read in', () => {
  const promotion = { rule: 'not-holidays', waitsForTable: true } as const
  test('is no year without days off: promotion waits, day by day, until somebody reads it in', () => {
    expect(shippedHolidays.has(2027)).toBe(false)
    expect(shutUntil(new Date('2027-01-01T04:00:00Z'), 'Asia/Shanghai', send(promotion), known(2026))).toMatchObject({
      reason: 'holidays-unknown',
      until: new Date('2027-01-02T00:00:00Z'),
      saw: { year: '2027' },
    })
  })
  test('care goes by the days of the week', () => {
    expect(until('2027-01-01T04:00:00Z', 'Asia/Shanghai', { rule: 'workdays' }, known(2026))).toBe(null)
    expect(until('2027-01-02T04:00:00Z', 'Asia/Shanghai', { rule: 'workdays' }, known(2026))).toBe(
      '2027-01-04T00:00:00.000Z',
    )
  })
  test('promotion that goes every day asks for no table', () => {
    expect(until('2027-01-01T04:00:00Z', 'Asia/Shanghai', { rule: 'every-day', waitsForTable: true }, known())).toBe(
      null,
    )
  })
  test.each([
    ['2026-11-30', [2026]],
    ['2026-12-01', [2026, 2027]],
    ['2027-01-01', [2027]],
  ])('on %s these are needed: %o', (today, years) => expect(yearsNeeded(today)).toEqual(years))
})

test('a moment within the hours is not moved', () => {
  const now = new Date('2026-03-02T02:00:00Z')
  expect(openFrom(now, 'Asia/Shanghai', send(), known(2026))).toEqual(now)
})

test('what comes with Peiban holds whole years only', () => {
  expect(shippedHolidays.get(2026)!.filter(({ kind }) => kind === 'off')).toHaveLength(33)
  expect(shippedHolidays.get(2026)!.filter(({ kind }) => kind === 'work')).toHaveLength(6)
})
