import { expect, test } from 'vitest'
import { digitsIn } from './digits.ts'

test('full-width digits count, spaces and words do not', () => {
  expect(digitsIn(' １２3 ４５ 6。')).toBe('123456')
  expect(digitsIn('验证码')).toBe('')
})
