import { describe, expect, test } from 'vitest'
import { addDays } from '../../platform/clock.ts'
import { aPathway, aStep } from './sample-pathway.ts'
import { pathwaysOfPacks, shippedProtocols } from './server/shipped.ts'
import { beginningsFor, loadOf, peaksOf } from './contract/load.ts'
import { placeMany, spreadOf, whyNotSpread, type Beginning, type Days, type SpreadRule } from './contract/spread.ts'

/** A Monday. */
const TODAY = '2026-03-02'
const everyDay = { today: TODAY, isOpen: () => true }
const weekdays = { today: TODAY, isOpen: (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) }
const NOTHING = { begins: new Map<string, number>(), entered: 0 }
const counts = (beginnings: Beginning[]) => beginnings.map(({ count }) => count)
const total = (beginnings: Beginning[]) => beginnings.reduce((sum, { count }) => sum + count, 0)

/** One after the other, as they come in, each upon what stands. */
function oneByOne(rule: SpreadRule, count: number, days: Days): Beginning[] {
  const begins = new Map<string, number>()
  for (let entered = 0; entered < count; entered++) {
    const [{ on } = { on: '' }] = placeMany(rule, 1, { begins, entered }, days)
    begins.set(on, (begins.get(on) ?? 0) + 1)
  }
  return [...begins].map(([on, n]) => ({ on, count: n })).toSorted((a, b) => (a.on < b.on ? -1 : 1))
}

describe('so many a day', () => {
  test('fill one day after the other, and leave days that are shut', () => {
    expect(placeMany({ perDay: 50 }, 120, NOTHING, everyDay)).toEqual([
      { on: '2026-03-02', count: 50 },
      { on: '2026-03-03', count: 50 },
      { on: '2026-03-04', count: 20 },
    ])
    const week = placeMany({ perDay: 50 }, 300, NOTHING, weekdays)
    expect(week.map(({ on }) => on).slice(4)).toEqual(['2026-03-06', '2026-03-09'])
  })

  test('go behind those who were there before, and into what was left', () => {
    const begins = new Map([
      ['2026-03-02', 50],
      ['2026-03-03', 30],
    ])
    expect(counts(placeMany({ perDay: 50 }, 30, { begins, entered: 80 }, everyDay))).toEqual([20, 10])
  })

  test('of a million nobody is lost, and nobody waits longer than five years', () => {
    const days = placeMany({ perDay: 50 }, 1_000_000, NOTHING, weekdays)
    expect(total(days)).toBe(1_000_000)
    expect(days.at(-1)!.on < addDays(TODAY, 1831)).toBe(true)
    expect(Math.max(...counts(days)) - Math.min(...counts(days))).toBeLessThanOrEqual(1)
  })
})

describe('over so many days', () => {
  test('a trickle begins on its day', () => {
    expect(placeMany({ overDays: 14 }, 3, { begins: new Map(), entered: 46 }, weekdays)).toEqual([
      { on: TODAY, count: 3 },
    ])
  })

  test('a wave lies evenly over the working days', () => {
    const days = placeMany({ overDays: 14 }, 794, NOTHING, weekdays)
    expect(days[0]).toEqual({ on: TODAY, count: 50 })
    expect(total(days)).toBe(794)
    expect(counts(days.slice(1))).toEqual([75, 75, 75, 75, 74, 74, 74, 74, 74, 74])
    expect(days.every(({ on }) => weekdays.isOpen(on))).toBe(true)
  })

  test('where every day is shut they lie over all of them', () => {
    const days = placeMany(
      { overDays: 2 },
      30,
      { begins: new Map(), entered: 50 },
      { ...everyDay, isOpen: () => false },
    )
    expect(counts(days)).toEqual([15, 15])
  })
})

test.each<[SpreadRule]>([[{ perDay: 7 }], [{ overDays: 14 }]])(
  'in one go or one by one they lie on the same days: %j',
  (rule) => {
    expect(oneByOne(rule, 73, weekdays)).toEqual(placeMany(rule, 73, NOTHING, weekdays))
  },
)

describe('where nobody may wait', () => {
  const spread = { perDay: 5 }
  const calm = aPathway({ spread })
  test.each([
    ['event', aPathway({ spread, entry: { procedure: 'surgery', withinDays: 10 }, anchor: 'procedure' })],
    ['event', aPathway({ spread, entry: { encounter: 'inpatient', withinDays: 7 }, anchor: 'enrolment' })],
    ['event', aPathway({ spread, anchor: 'discharge' })],
    ['event', aPathway({ spread, anchor: 'condition-onset' })],
    ['urgent', aPathway({ spread }, [aStep({ first: { days: 2 } })])],
    ['urgent', aPathway({ spread }, [aStep({ rank: 1, first: { days: 30 } })])],
  ])('%s', (why, definition) => {
    expect(whyNotSpread(definition)?.why).toBe(why)
    expect(spreadOf(definition)).toBeUndefined()
  })
  test('else the rule counts', () => expect(spreadOf(calm)).toEqual(spread))

  test('of the shipped pathways those after surgery, discharge and a finding never wait', () => {
    const never = [...shippedProtocols, ...pathwaysOfPacks.values()].filter((one) => whyNotSpread(one))
    expect(never.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        'post-surgery',
        'discharge',
        'check-up-loop',
        'lung-nodule',
        'breast-nodule',
        'thyroid-nodule',
        'new-member',
        'weekly-companion-call',
      ]),
    )
    expect(never.filter((one) => one.spread)).toEqual([])
  })
})

describe('what it asks of the house', () => {
  const definition = aPathway({ spread: { perDay: 100 } }, [
    aStep({ after: { days: 30 }, message: 'follow-up-due' }),
    aStep({ code: 'look', track: 'look', kind: 'task', owner: 'doctor', first: { days: 14 }, next: null }),
    aStep({
      code: 'word',
      track: 'word',
      kind: 'message',
      way: 'message',
      message: 'follow-up-due',
      first: { days: 1 },
      next: null,
      window: { before: { days: 0 }, after: { days: 14 } },
    }),
  ])

  test('all at once every role has its day', () => {
    const loads = loadOf(definition, beginningsFor(definition, 794, NOTHING, everyDay, false), TODAY, 60)
    expect(peaksOf(loads)).toEqual([
      { role: 'manager', on: '2026-03-09', count: 794 },
      { role: 'doctor', on: '2026-03-16', count: 794 },
      { role: 'messages', on: '2026-03-03', count: 794 },
    ])
  })

  test('spread the load of no day passes what was said', () => {
    const loads = loadOf(definition, beginningsFor(definition, 794, NOTHING, everyDay), TODAY, 60)
    expect(loads.reduce((sum, { begin }) => sum + begin, 0)).toBe(794)
    expect(peaksOf(loads).map(({ role, count }) => [role, count])).toEqual([
      ['manager', 100],
      ['doctor', 100],
      ['messages', 200],
    ])
  })
})
