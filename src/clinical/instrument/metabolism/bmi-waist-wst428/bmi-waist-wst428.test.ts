import { expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { bmiWaistWst428 } from './bmi-waist-wst428.ts'

test.each([
  [18.4999, 'under'],
  [18.5, 'normal'],
  [23.9999, 'normal'],
  [24, 'overweight'],
  [27.9999, 'overweight'],
  [28, 'obese'],
])('a body mass index of %f is %s', (bmi, cat) => {
  expect(answer(bmiWaistWst428, { bmi })).toMatchObject({ output: { cat }, band: cat })
})

test('is classed before it is rounded', () => {
  const { output } = answer(bmiWaistWst428, { heightCm: 170, weightKg: 69.3 })
  expect((output.bmi as number).toFixed(1)).toBe('24.0')
  expect(output.cat).toBe('normal')
})

test.each([
  ['male', 84.99, 'normal'],
  ['male', 85, 'pre'],
  ['male', 89.99, 'pre'],
  ['male', 90, 'central'],
  ['female', 79.99, 'normal'],
  ['female', 80, 'pre'],
  ['female', 84.99, 'pre'],
  ['female', 85, 'central'],
])('%s with %f cm: %s', (sex, waistCm, waist) => {
  expect(answer(bmiWaistWst428, { sex, waistCm }).output).toEqual({ waist })
})

test('height in metres and a lone weight are refused', () => {
  expect(evaluate(bmiWaistWst428, { heightCm: 1.7, weightKg: 68 }).refused?.invalid[0]).toMatchObject({
    input: 'heightCm',
  })
  expect(evaluate(bmiWaistWst428, { weightKg: 68 }).refused?.missing).toEqual(['heightCm'])
})
