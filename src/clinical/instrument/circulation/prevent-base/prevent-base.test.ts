import { expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import card from './model.json' with { type: 'json' }
import { preventBase } from './prevent-base.ts'

const body = {
  age: 50,
  sex: 'female',
  sbp: 130,
  bp_tx: false,
  statin: false,
  dm: false,
  smoking: false,
  egfr: 90,
  bmi: 24,
}
const woman = { ...body, total_c: 200, hdl_c: 50 }

type Risks = Record<'y10' | 'y30', Record<string, number> | undefined>
const risks = (given: Record<string, unknown>) => answer(preventBase, given).output as Risks
const total = (given: Record<string, unknown>) => risks(given).y10!['total_cvd']!

test.each([
  ['age', 45, 60],
  ['sbp', 115, 160],
  ['smoking', false, true],
  ['dm', false, true],
  ['bp_tx', false, true],
  ['egfr', 90, 40],
])('risk grows with %s', (name, better, worse) => {
  for (const sex of ['female', 'male'])
    expect(total({ ...woman, sex, [name]: worse })).toBeGreaterThan(total({ ...woman, sex, [name]: better }))
})

test('smoking is harm at every age in every outcome, so it may be moved; nothing else may', () => {
  for (let age = 30; age <= 79; age++)
    for (const sex of ['female', 'male'])
      for (const horizon of ['y10', 'y30'] as const)
        for (const [outcome, without] of Object.entries(risks({ ...woman, age, sex })[horizon] ?? {}))
          expect(risks({ ...woman, age, sex, smoking: true })[horizon]![outcome]).toBeGreaterThan(without)
  for (const { inputs } of preventBase.forms)
    expect(Object.keys(inputs).filter((name) => Reflect.get(inputs[name]!, 'movable'))).toEqual(['smoking'])
})

test('what must not be moved does turn: low pressure, low weight, cholesterol in old women', () => {
  expect(total({ ...woman, sbp: 95 })).toBeGreaterThan(total({ ...woman, sbp: 110 }))
  const failure = (bmi: number) => risks({ ...woman, bmi }).y10!['heart_failure']!
  expect(failure(20)).toBeGreaterThan(failure(29))
  expect(total({ ...woman, age: 75, total_c: 280 })).toBeLessThan(total({ ...woman, age: 75, total_c: 180 }))
})

test('thirty years end at 59', () => {
  expect(Object.keys(risks({ ...woman, age: 59 }).y30!)).toHaveLength(5)
  expect(risks({ ...woman, age: 59.1 })).not.toHaveProperty('y30')
})

test('mmol/L is mg/dL × 0.02586, in the same range', () => {
  expect(total({ ...body, tcMmolL: 200 * 0.02586, hdlMmolL: 50 * 0.02586 })).toBeCloseTo(total(woman), 10)
  expect(evaluate(preventBase, { ...woman, total_c: 129 }).refused?.invalid).toMatchObject([{ input: 'total_c' }])
  const low = { ...body, tcMmolL: 129 * 0.02586, hdlMmolL: 1.3 }
  expect(evaluate(preventBase, low).refused?.invalid).toMatchObject([{ input: 'tcMmolL', reason: 'below' }])
})

test.each([
  ['bmi', 18.4],
  ['bmi', 40],
  ['egfr', 14],
  ['egfr', 141],
  ['sbp', 89],
  ['sbp', 181],
  ['age', 29],
  ['age', 80],
])('%s of %f is refused', (name, value) => {
  expect(evaluate(preventBase, { ...woman, [name]: value }).refused?.invalid).toMatchObject([{ input: name, value }])
})

test('each set has a weight for each term', () => {
  for (const { terms, female, male } of Object.values(card.coefficients))
    for (const weights of [...Object.values(female), ...Object.values(male)]) expect(weights).toHaveLength(terms.length)
})

test('not calibrated for China, not for people with ASCVD', () => {
  expect(answer(preventBase, woman).caveats).toEqual(['not-calibrated'])
  expect(evaluate(preventBase, { ...woman, ascvd: true }).refused?.notApplicable).toBe('ascvd')
})
