import { expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { biRads } from './bi-rads.ts'

test.each([
  ['0', null, 'additional imaging / prior comparison'],
  ['1', 12, 'routine screening'],
  ['2', 12, 'routine screening'],
  ['3', 6, 'short-interval follow-up'],
  ['4A', 0, 'tissue diagnosis'],
  ['4B', 0, 'tissue diagnosis'],
  ['4C', 0, 'tissue diagnosis'],
  ['5', 0, 'tissue diagnosis'],
  ['6', 0, 'treatment'],
])('%s: %s months, %s', (category, months, action) => {
  expect(answer(biRads, { category }).output).toMatchObject({ months, action, category, system: 'BI-RADS 5th edition' })
})

test('3 is looked at three times', () => {
  expect(answer(biRads, { category: '3' }).output.schedule).toEqual([6, 12, 24])
})

test('the graver the category, the graver the tone', () => {
  const tones = ['good', 'watch', 'act', 'urgent']
  const order = ['1', '2', '3', '4A', '4B', '4C', '5']
  const rank = (code: string) => tones.indexOf(biRads.card.bands.find((band) => band.code === code)!.tone)
  for (let n = 1; n < order.length; n++) expect(rank(order[n]!)).toBeGreaterThanOrEqual(rank(order[n - 1]!))
})

test('4 without its letter, a number and a TI-RADS level are refused', () => {
  for (const category of ['4', 4, 'TR4'])
    expect(evaluate(biRads, { category }).refused?.invalid[0]).toMatchObject({ reason: 'not-offered' })
})
