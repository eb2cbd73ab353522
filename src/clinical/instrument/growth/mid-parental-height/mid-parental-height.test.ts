import { expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { midParentalHeight } from './mid-parental-height.ts'

const target = (input: object) =>
  answer(midParentalHeight, { fatherCm: 172, motherCm: 160, sex: 'male', ...input }).output.targetCm as number

test('a brother stands 13 cm above his sister; a centimetre of a parent is half a centimetre', () => {
  expect(target({}) - target({ sex: 'female' })).toBe(13)
  expect(target({ fatherCm: 173 }) - target({})).toBe(0.5)
  expect(target({ motherCm: 161 }) - target({})).toBe(0.5)
})

test('every answer says that it is no prediction and no promise, and carries no band to aim at', () => {
  const result = answer(midParentalHeight, { fatherCm: 172, motherCm: 160, sex: 'male' })
  expect(result.caveats).toEqual(['reference-only'])
  expect(result.band).toBeUndefined()
  const { about, title, sentences } = midParentalHeight.card
  expect(sentences!['reference-only']!.zh).toContain('不能当作预测')
  expect(title.zh + about.zh).toMatch(/仅供参考.*不是对成年身高的预测/)
})

test('metres are refused', () => {
  expect(evaluate(midParentalHeight, { fatherCm: 1.72, motherCm: 160, sex: 'male' }).refused?.invalid[0]).toMatchObject(
    {
      input: 'fatherCm',
      reason: 'below',
    },
  )
})
