import { describe, expect, test } from 'vitest'
import { addMonths, daysBetween } from '../../../../platform/clock.ts'
import type { RowPlan, SettingDefinition } from '../../contract/setting.ts'
import { nextReminderOn, nextStep, planOf, type Standing } from './plan.ts'

const recheck = (months: number[], then: 'repeat' | 'doctor' = 'repeat', earliest?: number[]) =>
  ({ act: 'recheck', months, then, ...(earliest ? { earliest } : {}) }) as Extract<RowPlan, { act: 'recheck' }>

const setting: SettingDefinition = {
  system: 'lung-rads-2022',
  rows: { '3': recheck([6]), '4B': { act: 'refer' }, none: { act: 'none' }, '0': { act: 'doctor' } },
  windowDays: 14,
  referDays: 10,
}
const standing = (change: Partial<Standing> = {}): Standing => ({
  scan: { on: '2026-01-31', gone: false, radiologist: null },
  settled: { row: '3', since: '2026-01-31' },
  physician: null,
  setting,
  ...change,
})
const of = (change: Partial<Standing>) => planOf(standing(change))

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2025-08-31', 6, '2026-02-28'],
  ['2023-08-31', 6, '2024-02-29'],
  ['2026-11-22', 12, '2027-11-22'],
  ['2026-11-22', 0, '2026-11-22'],
])('%s and %i months is %s', (date, months, expected) => expect(addMonths(date, months)).toBe(expected))

describe('what comes first', () => {
  test('by the guideline: from the day of the scan, with its window', () => {
    expect(of({})).toEqual({
      waiting: null,
      recheck: {
        kind: 'recheck',
        source: 'guideline',
        anchorOn: '2026-01-31',
        months: 6,
        fromOn: '2026-07-17',
        dueOn: '2026-07-31',
        words: '',
      },
    })
  })

  test('the radiologist wins over the guideline, also before anybody has settled a category', () => {
    const radiologist = { months: 3, on: null, words: '建议 3 个月复查' }
    const scan = { on: '2026-01-31', gone: false, radiologist }
    expect(of({ scan })).toMatchObject({
      waiting: null,
      recheck: { source: 'radiologist', dueOn: '2026-04-30', months: 3 },
    })
    expect(of({ scan, settled: null, setting: null })).toMatchObject({
      waiting: 'grade',
      recheck: { dueOn: '2026-04-30' },
    })
    const named = { ...scan, radiologist: { months: null, on: '2026-03-05', words: '' } }
    expect(of({ scan: named }).recheck).toMatchObject({ dueOn: '2026-03-05', fromOn: '2026-02-19' })
    const now = { ...scan, radiologist: { months: 0, on: null, words: '请尽快就诊' } }
    expect(of({ scan: now }).recheck).toMatchObject({ kind: 'refer', dueOn: '2026-01-31', fromOn: '2026-01-31' })
  })

  test('a physician’s own day wins over both', () => {
    const scan = { on: '2026-01-31', gone: false, radiologist: { months: 3, on: null, words: '' } }
    const physician = { dueOn: '2026-06-01', words: '本人六月回国' }
    expect(of({ scan, physician }).recheck).toMatchObject({
      source: 'physician',
      dueOn: '2026-06-01',
      words: physician.words,
    })
  })
})

describe('where nothing gives a day, somebody is waited for', () => {
  test.each<[string, Partial<Standing>, string]>([
    ['no category', { settled: null }, 'grade'],
    ['no guideline', { setting: null }, 'setting'],
    ['a category of another system', { settled: { row: null, since: '2026-01-31' } }, 'interval'],
    ['a row without a recheck', { settled: { row: 'none', since: '2026-01-31' } }, 'interval'],
    ['a row that a physician decides', { settled: { row: '0', since: '2026-01-31' } }, 'interval'],
    ['a nodule that is gone', { scan: { on: '2026-01-31', gone: true, radiologist: null } }, 'interval'],
  ])('%s', (_what, change, waiting) => expect(of(change)).toEqual({ waiting, recheck: null }))

  test('a referral has a day as well, so that it is not forgotten', () => {
    expect(of({ settled: { row: '4B', since: '2026-01-31' } }).recheck).toMatchObject({
      kind: 'refer',
      dueOn: '2026-02-10',
    })
  })
})

describe('a list of times', () => {
  const months = [6, 12, 24]
  test.each([
    ['2026-01-01', '2026-07-01'],
    ['2026-06-20', '2027-01-01'],
    ['2026-07-01', '2027-01-01'],
    ['2026-12-15', '2028-01-01'],
    ['2026-03-01', '2026-07-01'],
  ])('looked at on %s since 2026-01-01, the next is %s', (on, dueOn) => {
    const next = nextStep(recheck(months, 'doctor'), '2026-01-01', on)!
    expect(addMonths(next.anchorOn, next.months)).toBe(dueOn)
  })

  test('at its end a physician decides, or the last gap goes on', () => {
    expect(nextStep(recheck(months, 'doctor'), '2026-01-01', '2028-01-02')).toBeNull()
    expect(nextStep(recheck(months), '2026-01-01', '2028-01-02')).toEqual({
      anchorOn: '2028-01-02',
      months: 12,
      earliest: null,
    })
  })

  test('one interval again and again counts from the newest scan', () => {
    expect(nextStep(recheck([12]), '2024-01-01', '2026-03-01')).toEqual({
      anchorOn: '2026-03-01',
      months: 12,
      earliest: null,
    })
  })

  test('a window opens where the guideline says', () => {
    const rows = { a: recheck([12, 24], 'doctor', [6, 18]) }
    const plan = planOf(standing({ settled: { row: 'a', since: '2026-01-31' }, setting: { ...setting, rows } }))
    expect(plan.recheck).toMatchObject({ fromOn: '2026-07-31', dueOn: '2027-01-31' })
  })

  test('the next look never lies before the scan, and a window never ends before it opens', () => {
    for (const list of [recheck([6]), recheck([3, 6, 12], 'doctor'), recheck([12, 36, 60], 'repeat', [6, 30, 54])])
      for (let month = 0; month < 80; month++) {
        const on = addMonths('2020-01-31', month)
        const plan = planOf(
          standing({
            scan: { on, gone: false, radiologist: null },
            settled: { row: 'a', since: '2020-01-31' },
            setting: { ...setting, rows: { a: list } },
          }),
        )
        if (!plan.recheck) continue
        expect(plan.recheck.dueOn > on).toBe(true)
        expect(plan.recheck.fromOn >= on && plan.recheck.fromOn <= plan.recheck.dueOn).toBe(true)
      }
  })
})

test('reminders come ever more rarely, and never stop', () => {
  const gaps = [1, 2, 3, 4, 9].map((level) => daysBetween('2026-01-01', nextReminderOn('2026-01-01', level)))
  expect(gaps).toEqual([7, 14, 28, 28, 28])
})
