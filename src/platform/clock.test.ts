import { describe, expect, test } from 'vitest'
import { addDays, ageOn, dateIn, daysBetween, instantAt, minuteOfDay, travellingClock } from './clock.ts'

const SHANGHAI = 'Asia/Shanghai'
const BERLIN = 'Europe/Berlin'

describe('the date and the minute of an instant', () => {
  test.each([
    ['2026-03-01T15:59:59Z', SHANGHAI, '2026-03-01', 23 * 60 + 59],
    ['2026-03-01T16:00:00Z', SHANGHAI, '2026-03-02', 0],
    ['2025-12-31T16:00:00Z', SHANGHAI, '2026-01-01', 0],
    ['2024-02-28T16:30:00Z', SHANGHAI, '2024-02-29', 30],
    ['2026-03-29T00:59:00Z', BERLIN, '2026-03-29', 119],
    ['2026-03-29T01:00:00Z', BERLIN, '2026-03-29', 180],
    ['2026-10-25T00:30:00Z', BERLIN, '2026-10-25', 150],
    ['2026-10-25T01:30:00Z', BERLIN, '2026-10-25', 150],
    ['2026-07-01T22:00:00Z', BERLIN, '2026-07-02', 0],
    ['2026-01-01T04:59:00Z', 'America/New_York', '2025-12-31', 23 * 60 + 59],
    ['2026-01-01T18:15:00Z', 'Asia/Kathmandu', '2026-01-02', 0],
  ])('%s in %s', (instant, zone, date, minute) => {
    expect(dateIn(new Date(instant), zone)).toBe(date)
    expect(minuteOfDay(new Date(instant), zone)).toBe(minute)
  })
})

test.each([
  SHANGHAI,
  BERLIN,
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Monrovia',
  'Pacific/Apia',
])('the date in %s is that of the calendar, also beside changes of its clock', (timeZone) => {
  const calendar = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  // An odd step of some three days from 1907 to 2070 meets every time of day.
  for (let ms = -2e12; ms < 3.2e12; ms += 39_641_737 * 7) {
    const instant = new Date(ms)
    if (dateIn(instant, timeZone) !== calendar.format(instant)) expect.fail(`${instant.toISOString()} in ${timeZone}`)
  }
})

describe('the instant of a wall clock', () => {
  test.each([
    ['2026-03-02', 0, SHANGHAI, '2026-03-01T16:00:00.000Z'],
    ['2026-03-02', 9 * 60, SHANGHAI, '2026-03-02T01:00:00.000Z'],
    ['2026-01-15', 540, BERLIN, '2026-01-15T08:00:00.000Z'],
    ['2026-07-15', 540, BERLIN, '2026-07-15T07:00:00.000Z'],
    ['2026-03-29', 0, BERLIN, '2026-03-28T23:00:00.000Z'],
    ['2026-03-29', 90, BERLIN, '2026-03-29T00:30:00.000Z'],
    ['2026-03-29', 180, BERLIN, '2026-03-29T01:00:00.000Z'],
    ['2026-03-29', 1439, BERLIN, '2026-03-29T21:59:00.000Z'],
    ['2026-10-25', 0, BERLIN, '2026-10-24T22:00:00.000Z'],
    ['2026-10-25', 90, BERLIN, '2026-10-24T23:30:00.000Z'],
    ['2026-10-25', 180, BERLIN, '2026-10-25T02:00:00.000Z'],
    ['2026-03-08', 180, 'America/New_York', '2026-03-08T07:00:00.000Z'],
  ])('%s at minute %d in %s', (date, minute, zone, instant) => {
    expect(instantAt(date, minute, zone).toISOString()).toBe(instant)
  })

  test('a wall clock that the change of summer time leaves out falls into the hour after it', () => {
    expect(instantAt('2026-03-29', 150, BERLIN).toISOString()).toBe('2026-03-29T01:30:00.000Z')
  })

  test.each([SHANGHAI, BERLIN, 'America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland'])(
    'what %s reads back is what was asked, each day of a year',
    (zone) => {
      for (let date = '2026-01-01'; date < '2027-01-01'; date = addDays(date, 1))
        for (const minute of [0, 61, 480, 1439]) {
          const instant = instantAt(date, minute, zone)
          expect([dateIn(instant, zone), minuteOfDay(instant, zone)]).toEqual([date, minute])
        }
    },
  )
})

describe('calendar dates', () => {
  test.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-03-29', 1, '2026-03-30'],
    ['2026-01-01', 365 * 5 + 1, '2031-01-01'],
    ['2026-01-01', 0, '2026-01-01'],
  ])('%s and %d days is %s', (from, days, to) => {
    expect(addDays(from, days)).toBe(to)
    expect(daysBetween(from, to)).toBe(days)
  })

  test.each([
    ['1980-06-15', '2026-06-14', 45],
    ['1980-06-15', '2026-06-15', 46],
    ['1980-06-15', '2026-12-31', 46],
    ['2000-02-29', '2025-02-28', 24],
    ['2000-02-29', '2025-03-01', 25],
    ['2000-02-29', '2024-02-28', 23],
    ['2000-02-29', '2024-02-29', 24],
    ['2026-01-01', '2026-01-01', 0],
    ['1999-12-31', '2026-01-01', 26],
  ])('born on %s, on %s', (birthDate, date, years) => {
    expect(ageOn(birthDate, date)).toBe(years)
  })
})

test('a travelling clock stands still until it is moved', () => {
  const clock = travellingClock('2026-03-01T15:00:00Z')
  expect(clock.now()).toEqual(clock.now())
  expect(clock.today(SHANGHAI)).toBe('2026-03-01')
  clock.advance({ hours: 1 })
  expect(clock.today(SHANGHAI)).toBe('2026-03-02')
  clock.advance({ days: 1, hours: -1, minutes: 2, seconds: 3 })
  expect(clock.now().toISOString()).toBe('2026-03-02T15:02:03.000Z')
  clock.set('2024-02-29T00:00:00Z')
  expect(clock.today(SHANGHAI)).toBe('2024-02-29')
})

test('the instant that was given away does not move with the clock', () => {
  const clock = travellingClock('2026-03-01T15:00:00Z')
  const before = clock.now()
  clock.advance({ days: 1 })
  expect(before.toISOString()).toBe('2026-03-01T15:00:00.000Z')
})
