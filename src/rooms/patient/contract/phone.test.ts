import { expect, test } from 'vitest'
import { readPhone } from './phone.ts'

test.each([
  ['13912345678', { number: '13912345678', kind: 'mobile' }],
  ['139 1234 5678', { number: '13912345678', kind: 'mobile' }],
  ['+86-139-1234-5678', { number: '13912345678', kind: 'mobile' }],
  ['0086 13912345678', { number: '13912345678', kind: 'mobile' }],
  ['8613912345678', { number: '13912345678', kind: 'mobile' }],
  ['１３９１２３４５６７８', { number: '13912345678', kind: 'mobile' }],
  ['010-65521234', { number: '01065521234', kind: 'landline' }],
  ['(0755) 8277 1234', { number: '075582771234', kind: 'landline' }],
  ['021-65521234-802', { number: '02165521234#802', kind: 'landline' }],
  ['02165521234#802', { number: '02165521234#802', kind: 'landline' }],
  ['021-65521234转802', { number: '02165521234#802', kind: 'landline' }],
  ['+86 10 6552 1234', { number: '01065521234', kind: 'landline' }],
  ['+852 9123 4567', { number: '+85291234567', kind: 'foreign' }],
  ['0044 20 7946 0958', { number: '+442079460958', kind: 'foreign' }],
  ['12345', undefined],
  ['23912345678', undefined],
  ['139123456789', undefined],
  ['+86 139', undefined],
  ['无', undefined],
  ['', undefined],
])('%s', (text, expected) => {
  expect(readPhone(text)).toEqual(expected)
})

test('what was read reads the same again', () => {
  for (const text of ['+86 139-1234-5678', '021-65521234-802', '+852 9123 4567']) {
    const once = readPhone(text)!
    expect(readPhone(once.number)).toEqual(once)
  }
})
