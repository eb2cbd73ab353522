import { expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { score2, score2Class } from './score2.ts'

const person = {
  region: 'Low',
  sex: 'male',
  age: 55,
  smoker: false,
  sbp: 130,
  diabetes: false,
  tcMmolL: 5.5,
  hdlMmolL: 1.3,
}

const risk = (given: Record<string, unknown>) => answer(score2, given).output['risk10Pct'] as number

test.each([55, 75])('at %i years risk grows with age, pressure, cholesterol and smoking, and falls with HDL', (age) => {
  for (const sex of ['male', 'female']) {
    const one = { ...person, age, sex }
    expect(risk({ ...one, age: age + 5 })).toBeGreaterThan(risk(one))
    expect(risk({ ...one, sbp: 150 })).toBeGreaterThan(risk(one))
    expect(risk({ ...one, tcMmolL: 6.5 })).toBeGreaterThan(risk(one))
    expect(risk({ ...one, smoker: true })).toBeGreaterThan(risk(one))
    expect(risk({ ...one, hdlMmolL: 1.6 })).toBeLessThan(risk(one))
  }
})

test('what may be moved is harm at every age of its form', () => {
  for (let age = 40; age <= 89; age++)
    for (const sex of ['male', 'female']) {
      const one = { ...person, age, sex }
      expect(risk({ ...one, sbp: 170 })).toBeGreaterThan(risk(one))
      expect(risk({ ...one, tcMmolL: 7 })).toBeGreaterThan(risk(one))
      const { form } = answer(score2, one)
      const smoker = score2.forms.find((each) => each.code === form)!.inputs['smoker']!
      if ('movable' in smoker) expect(risk({ ...one, smoker: true })).toBeGreaterThan(risk(one))
    }
  expect(risk({ ...person, age: 89, smoker: true })).toBeLessThan(risk({ ...person, age: 89 }))
})

test('the regions stand in their order', () => {
  const risks = ['Low', 'Moderate', 'High', 'Very high'].map((region) => risk({ ...person, region }))
  expect(risks).toEqual(risks.toSorted((a, b) => a - b))
  expect(new Set(risks).size).toBe(4)
})

test.each([
  [49.9, 2.499999, 'low'],
  [49.9, 2.5, 'moderate'],
  [49.9, 7.5, 'high'],
  [50, 4.999999, 'low'],
  [50, 5, 'moderate'],
  [69.9, 9.999999, 'moderate'],
  [69.9, 10, 'high'],
  [70, 7.499999, 'low'],
  [70, 7.5, 'moderate'],
  [70, 14.999999, 'moderate'],
  [70, 15, 'high'],
])('at %f years %f per cent is %s', (age, pct, band) => expect(score2Class(age, pct)).toBe(band))

test('SCORE2-OP begins at 70', () => {
  expect(answer(score2, { ...person, age: 69.9 }).form).toBe('score2')
  expect(answer(score2, { ...person, age: 70 }).form).toBe('op')
})

test('not for people with diabetes or ASCVD, and not calibrated for China', () => {
  expect(evaluate(score2, { ...person, diabetes: true }).refused?.notApplicable).toBe('diabetes')
  expect(evaluate(score2, { ...person, age: 75, ascvd: true }).refused?.notApplicable).toBe('ascvd')
  expect(evaluate(score2, { ...person, region: 'China' }).refused?.invalid[0]).toMatchObject({ reason: 'not-offered' })
  expect(answer(score2, person).caveats).toEqual(['not-calibrated'])
})
