import { expect, test } from 'vitest'
import { evaluate } from '../../core/instrument.ts'
import { pointsFromBmi, pointsFromWaist, tcmConstitutionElderly33 } from './tcm-constitution-elderly-33.ts'

/** All at 1 and the first at 5, but for some items by their printed number. */
function judge(changed: Record<number, number>) {
  const items = Array.from({ length: 33 }, (_, index) => changed[index + 1] ?? (index === 0 ? 5 : 1))
  const result = evaluate(tcmConstitutionElderly33, { items })
  if (result.refused) throw new Error(JSON.stringify(result.refused))
  const { scores, result: verdicts } = result.output as Record<string, Record<string, unknown>>
  return { scores: scores!, verdicts: verdicts!, band: result.band, caveats: result.caveats }
}

test.each([
  [{ 15: 2, 17: 2, 18: 2 }, 7, 'no', 'yes'],
  [{ 15: 2, 17: 2, 18: 2, 20: 2 }, 8, 'no', 'basically'],
  [{ 15: 3, 17: 2, 18: 2, 20: 2 }, 9, 'tends', 'basically'],
  [{ 15: 3, 17: 3, 18: 2, 20: 2 }, 10, 'tends', 'no'],
  [{ 15: 3, 17: 3, 18: 3, 20: 2 }, 11, 'yes', 'no'],
])('特禀 %j makes %i: %s, and 平和 %s', (items, score, leaning, balanced) => {
  const { scores, verdicts } = judge(items)
  expect([scores['tebing'], verdicts['tebing'], verdicts['pinghe']]).toEqual([score, leaning, balanced])
})

test.each([
  [{ 1: 1, 2: 5 }, 17],
  [{ 1: 1, 2: 5, 13: 2 }, 16],
])('平和 turns 2, 4, 5 and 13 round: %j makes %i', (items, score) => {
  const { scores, verdicts } = judge(items)
  expect(scores['pinghe']).toBe(score)
  expect(scores['qixu']).toBe(8)
  expect(verdicts['pinghe']).toBe(score >= 17 ? 'basically' : 'no')
})

test('the highest is named first, and more than one is said', () => {
  const { band, caveats } = judge({ 15: 3, 17: 3, 18: 3, 20: 2, 23: 5, 25: 5 })
  expect([band, caveats]).toEqual(['shire', ['constitution', 'several']])
})

test.each([
  [23.99, 1],
  [24, 2],
  [25, 3],
  [26, 4],
  [27.99, 4],
  [28, 5],
])('item 9: a body mass index of %d brings %i', (bmi, points) => {
  expect(pointsFromBmi(bmi)).toBe(points)
})

test.each([
  [79, 1],
  [80, 2],
  [85, 2],
  [85.5, 3],
  [90, 3],
  [91, 4],
  [105, 4],
  [106, 5],
])('item 28: a waist of %d cm brings %i', (waistCm, points) => {
  expect(pointsFromWaist(waistCm)).toBe(points)
})
