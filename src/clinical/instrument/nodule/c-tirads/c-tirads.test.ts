import { expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { cTirads } from './c-tirads.ts'

const FEATURES = ['solid', 'markedHypoechoic', 'microcalcification', 'vertical', 'illDefinedOrETE']
const seen = (count: number) => Object.fromEntries(FEATURES.slice(0, count).map((name) => [name, true]))

test.each([
  [0, '3', '2'],
  [1, '4A', '3'],
  [2, '4B', '4A'],
  [3, '4C', '4B'],
  [4, '4C', '4C'],
  [5, '5', '4C'],
])('%i suspicious features: %s, with a comet tail %s', (count, category, withTail) => {
  expect(answer(cTirads, seen(count)).output).toMatchObject({ category, score: count })
  expect(answer(cTirads, { ...seen(count), cometTail: true }).output).toMatchObject({
    category: withTail,
    score: count - 1,
  })
})

test('each feature counts the same, and no counts as absent', () => {
  for (const name of FEATURES) {
    expect(answer(cTirads, { [name]: true }).output.score).toBe(1)
    expect(answer(cTirads, { [name]: false }).output.score).toBe(0)
  }
})

test('a biopsy result leaves no score behind', () => {
  const result = answer(cTirads, { ...seen(2), biopsyProven: true })
  expect(result.output).toMatchObject({ category: '6', score: null, malignancy: null })
  expect(result.value).toBeUndefined()
})

test('it is not the level of another system, and gives no unconfirmed sizes', () => {
  const { output, caveats } = answer(cTirads, seen(1))
  expect(Object.keys(output)).toEqual(['category', 'score', 'malignancy', 'system'])
  expect(output.system).toBe('C-TIRADS 2020')
  expect(caveats).toContain('c-not-others')
})

test('a feature of another system and a word for yes are refused', () => {
  expect(evaluate(cTirads, { shape: 'taller' }).refused?.unknown).toEqual(['shape'])
  expect(evaluate(cTirads, { solid: 'yes' }).refused?.invalid[0]).toMatchObject({ reason: 'not-yes-or-no' })
})
