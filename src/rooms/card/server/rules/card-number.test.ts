import { expect, test } from 'vitest'
import { cardNumber, cardPrefix, isCardNumber, luhnDigit } from './card-number.ts'

test.each([
  ['7992739871', '3'],
  ['000000000', '0'],
  ['123456789', '7'],
])('the check digit of %s is %s', (digits, check) => {
  expect(luhnDigit(digits)).toBe(check)
})

test('every number agrees with itself and no single wrong digit passes', () => {
  for (const chance of ['000000000000', 'ffffffffffff', '0123456789ab']) {
    const number = cardNumber('PB', chance)
    expect(number).toMatch(/^PB\d{10}$/)
    expect(isCardNumber(number)).toBe(true)
    for (let at = 2; at < number.length; at++)
      for (const digit of '0123456789')
        if (digit !== number[at]) expect(isCardNumber(number.slice(0, at) + digit + number.slice(at + 1))).toBe(false)
  }
})

test.each([
  ['ZS', 'ZS'],
  ['zs', 'PB'],
  ['TOOLONG', 'PB'],
  [undefined, 'PB'],
  [7, 'PB'],
])('prefix setting %s gives %s', (setting, prefix) => {
  expect(cardPrefix(setting)).toBe(prefix)
})
