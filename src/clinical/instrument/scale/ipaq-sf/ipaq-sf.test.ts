import { expect, test } from 'vitest'
import { evaluate } from '../../core/instrument.ts'
import { ipaqSf } from './ipaq-sf.ts'

const week = (vigorous: [number, number], moderate: [number, number], walking: [number, number]) => {
  const of = ([days, min]: [number, number]) => ({ days, min })
  return evaluate(ipaqSf, { vigorous: of(vigorous), moderate: of(moderate), walking: of(walking) })
}

test('each activity is cut to 180 minutes a day, and says so', () => {
  const cut = week([0, 0], [1, 720], [6, 10])
  expect(cut).toMatchObject({ output: { metMinWeek: 918, category: 'moderate' }, caveats: ['truncated'] })
  expect(week([0, 0], [1, 180], [6, 10])).toMatchObject({ output: { metMinWeek: 918 }, caveats: [] })
})

test.each([
  [960, undefined],
  [961, 'over-960'],
])('%i minutes a day in all: %s', (total, notApplicable) => {
  expect(week([1, 400], [1, 400], [1, total - 800]).refused?.notApplicable).toBe(notApplicable)
})

test('minutes without a day are none', () => {
  expect(week([0, 600], [0, 600], [7, 30])).toMatchObject({ output: { metMinWeek: 7 * 30 * 3.3 } })
})

test('bouts under 10 minutes count neither as minutes nor as days', () => {
  const short = week([0, 0], [2, 60], [7, 9])
  expect(short).toMatchObject({ output: { metMinWeek: 480, category: 'low' }, caveats: ['short-bouts'] })
})

test.each<[[number, number], [number, number], [number, number], string]>([
  [[3, 20], [0, 0], [0, 0], 'moderate'],
  [[3, 19], [0, 0], [0, 0], 'low'],
  [[2, 60], [0, 0], [0, 0], 'low'],
  [[0, 0], [0, 0], [5, 30], 'moderate'],
  [[0, 0], [2, 30], [3, 30], 'moderate'],
  [[0, 0], [2, 29], [3, 30], 'low'],
  [[0, 0], [5, 29], [1, 10], 'moderate'],
  [[3, 62], [0, 0], [0, 0], 'moderate'],
  [[3, 63], [0, 0], [0, 0], 'high'],
  [[2, 180], [1, 60], [3, 60], 'moderate'],
  [[2, 180], [1, 60], [4, 60], 'high'],
])('vigorous %j, moderate %j, walking %j: %s', (vigorous, moderate, walking, band) => {
  expect(week(vigorous, moderate, walking)).toMatchObject({ band })
})

test('a part left out is named by its path', () => {
  const result = evaluate(ipaqSf, {
    vigorous: { days: 1 },
    moderate: { days: 0, min: 0 },
    walking: { days: 0, min: 0 },
  })
  expect(result.refused?.missing).toEqual(['vigorous.min'])
})
