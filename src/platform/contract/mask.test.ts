import { describe, expect, test } from 'vitest'
import { maskAddress, maskEmail, maskName, maskNationalId, maskPhone } from './mask.ts'

describe('names', () => {
  test.each([
    ['段玉', '段*'],
    ['段正淳', '段**'],
    ['欧阳锋', '欧**'],
    ['欧阳娜娜', '欧阳**'],
    ['司马相如', '司马**'],
    ['段', '段*'],
    ['𠮷野家', '𠮷**'],
    ['', '*'],
  ])('%s is shown as %s', (name, shown) => {
    expect(maskName(name)).toBe(shown)
  })
})

describe('numbers', () => {
  test.each([
    ['18012341999', '180****1999'],
    ['8613800001999', '861******1999'],
    ['021-64123456', '021*****3456'],
    ['64123456', '****3456'],
    ['6412345', '***2345'],
    ['10086', '*****'],
    ['', ''],
  ])('the phone %s is shown as %s', (phone, shown) => {
    expect(maskPhone(phone)).toBe(shown)
  })

  test.each([
    ['53010219200508011X', '5***************1X'],
    ['H12345678', 'H******78'],
    ['A1234', '*****'],
  ])('the paper %s is shown as %s', (id, shown) => {
    expect(maskNationalId(id)).toBe(shown)
    expect(shown).toHaveLength(id.length)
  })
})

test.each([
  ['duan@example.org', 'd***@example.org'],
  ['d@example.org', 'd***@example.org'],
])('the address %s is shown as %s', (email, shown) => {
  expect(maskEmail(email)).toBe(shown)
})

test.each([
  ['上海市徐汇区漕溪北路1号', '上海市徐汇区******'],
  ['上海市', '上海市'],
])('%s is shown as %s', (address, shown) => {
  expect(maskAddress(address)).toBe(shown)
})
