import { describe, expect, test } from 'vitest'
import { campaignDefinition, stepsOf, type Step } from '../../contract/definition.ts'
import { armOf } from './arm.ts'
import { calendarDay, calendarDays, dateOfDay, nextDateOf } from './calendar.ts'
import { differenceOf, shareOf } from '../../../../platform/figures/share.ts'
import { fromAnchor, momentOf, nextClock } from './moment.ts'
import { compileProgram } from './program.ts'

const ZONE = 'Asia/Shanghai'
const send = (id: string): Step => ({
  id,
  kind: 'send',
  template: 'report-ready',
  how: 'each',
  validHours: 24,
  values: {},
})
const SIXTY = { age: { op: '>=', years: 60 } } as const

describe('a path', () => {
  test('is laid flat, and branches come back to what follows them', () => {
    const program = compileProgram([
      send('a'),
      { id: 'b', kind: 'split', condition: SIXTY, yes: [send('c'), send('d')], no: [] },
      {
        id: 't',
        kind: 'trial',
        arms: [
          { name: 'A', share: 1, path: [send('e')] },
          { name: 'B', share: 1, path: [] },
        ],
      },
      send('f'),
    ])
    const next = Object.fromEntries([...program.nodes].map(([id, node]) => [id, [node.next, ...node.branches]]))
    expect(program.first).toBe('a')
    expect(next).toEqual({ a: ['b'], b: ['t', 'c', 't'], c: ['d'], d: ['t'], t: ['f', 'e', 'f'], e: ['f'], f: [null] })
  })

  test('may be empty, and names all its steps', () => {
    expect(compileProgram([]).first).toBeNull()
    expect(
      stepsOf([{ id: 's', kind: 'split', condition: SIXTY, yes: [send('y')], no: [send('n')] }]).map((s) => s.id),
    ).toEqual(['s', 'y', 'n'])
  })

  test('cannot be kept without goal and measure', () => {
    const whole = {
      name: { zh: '问候', en: 'Greeting' },
      goal: 'after-visit',
      aim: '让人知道有人在',
      success: { measure: 'read', targetPercent: 40 },
      audience: null,
      trigger: { kind: 'once' },
      path: [],
    }
    expect(campaignDefinition.safeParse(whole).success).toBe(true)
    for (const lacking of ['goal', 'aim', 'success', 'trigger'])
      expect(campaignDefinition.safeParse({ ...whole, [lacking]: undefined }).success, lacking).toBe(false)
    expect(campaignDefinition.safeParse({ ...whole, goal: 'selling' }).success).toBe(false)
  })
})

describe('moments', () => {
  const anchor = new Date('2026-03-10T06:30:00Z') // 14:30
  test.each([
    [{ days: -1, hours: 0 }, '2026-03-09T06:30:00.000Z'],
    [{ days: 0, hours: -1 }, '2026-03-10T05:30:00.000Z'],
    [{ days: 3, hours: 0, clock: '09:00' }, '2026-03-13T01:00:00.000Z'],
  ])('from an anchor by %j', (offset, at) => {
    expect(fromAnchor(anchor, offset, ZONE).toISOString()).toBe(at)
  })

  test('a clock is met today or tomorrow', () => {
    expect(nextClock(new Date('2026-03-10T00:00:00Z'), '09:30', ZONE).toISOString()).toBe('2026-03-10T01:30:00.000Z')
    expect(nextClock(new Date('2026-03-10T02:00:00Z'), '09:30', ZONE).toISOString()).toBe('2026-03-11T01:30:00.000Z')
  })

  test('without an anchor there is no moment', () => {
    const now = new Date('2026-03-10T00:00:00Z')
    expect(momentOf({ anchor: { days: -1, hours: 0 } }, { now, anchor: null, timeZone: ZONE })).toEqual({
      missing: 'anchor',
    })
    expect(momentOf({ after: { days: 2, hours: 1 } }, { now, anchor: null, timeZone: ZONE })).toEqual({
      at: new Date('2026-03-12T01:00:00Z'),
    })
  })
})

describe('shares', () => {
  test('below thirty there is no percentage', () => {
    expect(shareOf(10, 29)).toEqual({ n: 29, count: 10, share: null, low: null, high: null })
    expect(differenceOf(shareOf(10, 29), shareOf(100, 200)).difference).toBeNull()
  })

  // Newcombe RG. Stat Med 1998;17:857 and 873: 81/263, and 56/70 against 48/80.
  test('intervals are those of the literature', () => {
    const one = shareOf(81, 263)
    expect([one.low!.toFixed(4), one.high!.toFixed(4)]).toEqual(['0.2553', '0.3662'])
    const two = differenceOf(shareOf(56, 70), shareOf(48, 80))
    expect([two.low!.toFixed(4), two.high!.toFixed(4)]).toEqual(['0.0524', '0.3339'])
  })

  test('nobody is called better while the groups are small, or nought lies within', () => {
    expect(differenceOf(shareOf(56, 70), shareOf(48, 80)).better).toBeNull()
    expect(differenceOf(shareOf(510, 1000), shareOf(490, 1000)).better).toBeNull()
    expect(differenceOf(shareOf(300, 1000), shareOf(490, 1000)).better).toBe('second')
    expect(differenceOf(shareOf(490, 1000), shareOf(300, 1000)).better).toBe('first')
  })
})

test('arms are spread by their shares, and somebody stays in theirs', () => {
  const counts = [0, 0]
  for (let n = 0; n < 4000; n++) counts[armOf('c', 'n', `p${n}`, [30, 70])]! += 1
  expect(Math.abs(counts[0]! / 4000 - 0.3)).toBeLessThan(0.03)
  expect(armOf('c', 'n', 'p1', [1, 1])).toBe(armOf('c', 'n', 'p1', [1, 1]))
})

describe('the calendar', () => {
  test.each([
    ['kidney', '2026-03-12'],
    ['leprosy', '2026-01-25'],
    ['asthma', '2026-05-05'],
    ['copd', '2026-11-18'],
    ['sight', '2026-10-08'],
    ['diabetes', '2026-11-14'],
    ['heart', '2026-09-29'],
    ['term-lichun', '2026-02-04'],
    ['term-qingming', '2026-04-05'],
    ['term-dongzhi', '2025-12-21'],
    ['term-daxue', '2026-12-07'],
    ['festival-spring-festival', '2026-02-17'],
    ['festival-lantern', '2026-03-03'],
    ['festival-dragon-boat', '2026-06-19'],
    ['festival-mid-autumn', '2026-09-25'],
    ['festival-double-ninth', '2026-10-18'],
    ['festival-spring-festival', '2027-02-06'],
  ])('%s is on %s', (code, date) => {
    expect(dateOfDay(calendarDay(code)!, Number(date.slice(0, 4)))).toBe(date)
  })

  test('every day has a date in every year, and the next one is ahead', () => {
    for (const day of calendarDays)
      for (let year = 2025; year < 2040; year++) {
        expect(dateOfDay(day, year), day.code).toMatch(new RegExp(`^${year}-\\d\\d-\\d\\d$`))
        expect(nextDateOf(day, `${year}-06-01`) >= `${year}-06-01`, day.code).toBe(true)
      }
    expect(new Set(calendarDays.map(({ code }) => code)).size).toBe(calendarDays.length)
  })
})
