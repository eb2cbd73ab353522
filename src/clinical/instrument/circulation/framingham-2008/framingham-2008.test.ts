import { expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { framingham2008 } from './framingham-2008.ts'

const body = { sex: 'male', age: 50, sbp: 130, bpTreated: false, smoker: false, diabetes: false }
const man = { ...body, tcMgDl: 200, hdlMgDl: 45 }
const office = { ...body, bmi: 25 }

const risk = (given: Record<string, unknown>) => answer(framingham2008, given).output['risk10Pct'] as number

test.each([
  ['age', 40, 60],
  ['sbp', 120, 160],
  ['smoker', false, true],
  ['diabetes', false, true],
  ['bpTreated', false, true],
])('risk grows with %s, by lipids and by BMI, in both sexes', (name, low, high) => {
  for (const one of [man, office])
    for (const sex of ['male', 'female'])
      expect(risk({ ...one, sex, [name]: high })).toBeGreaterThan(risk({ ...one, sex, [name]: low }))
})

test('risk grows with cholesterol and BMI and falls with HDL', () => {
  expect(risk({ ...man, tcMgDl: 240 })).toBeGreaterThan(risk(man))
  expect(risk({ ...office, bmi: 30 })).toBeGreaterThan(risk(office))
  expect(risk({ ...man, hdlMgDl: 60 })).toBeLessThan(risk(man))
})

test('not floored at 1 %; by lipids not capped, by BMI it ends at 30 % and says so', () => {
  expect(risk({ ...man, age: 65, bpTreated: true, smoker: true, sbp: 150 })).toBeGreaterThan(30)
  const high = answer(framingham2008, { ...office, age: 65, bpTreated: true, smoker: true, sbp: 150 })
  expect(high).toMatchObject({ output: { risk10Pct: 30 }, caveats: ['not-calibrated', 'top-of-scale'] })
  expect(answer(framingham2008, office).caveats).toEqual(['not-calibrated'])
  expect(risk({ ...man, sex: 'female', age: 30, sbp: 100, tcMgDl: 140, hdlMgDl: 70 })).toBeLessThan(1)
})

test('mmol/L is mg/dL × 0.02586', () => {
  expect(risk({ ...body, tcMmolL: 200 * 0.02586, hdlMmolL: 45 * 0.02586 })).toBeCloseTo(risk(man), 10)
})

test('says that it is not calibrated for China, and keeps away from ASCVD', () => {
  expect(answer(framingham2008, man).caveats).toEqual(['not-calibrated'])
  expect(evaluate(framingham2008, { ...man, ascvd: true }).refused?.notApplicable).toBe('ascvd')
  expect(evaluate(framingham2008, { ...man, age: 29.9 }).refused?.invalid).toMatchObject([{ input: 'age', limit: 30 }])
  expect(evaluate(framingham2008, { ...man, age: 74.1 }).refused?.invalid).toMatchObject([{ input: 'age', limit: 74 }])
})
