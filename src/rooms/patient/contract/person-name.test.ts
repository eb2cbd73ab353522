import { expect, test } from 'vitest'
import { isName, sameName, tidyName } from './person-name.ts'

test.each([
  ['张 三', '张三'],
  ['  张　三 ', '张三'],
  ['阿依古丽•买买提', '阿依古丽·买买提'],
  ['阿依古丽 . 买买提', '阿依古丽 . 买买提'],
  ['阿依古丽.买买提', '阿依古丽·买买提'],
  ['Maria  van der Berg', 'Maria van der Berg'],
  ['Zoe\u0308', 'Zoë'],
  ['\ufeff王五', '王五'],
])('%s is kept as %s', (typed, kept) => {
  expect(tidyName(typed)).toBe(kept)
})

test.each([
  ['王', true],
  ['䶮㛃', true],
  ["O'Neill", true],
  ['王2', false],
  ['<b>', false],
  ['', false],
  ['——', false],
  ['王\u0007', false],
  ['长'.repeat(101), false],
  ['李,王', false],
  ['李、王', false],
  ['King, Martin', true],
])('%s is a name: %s', (text, expected) => expect(isName(text)).toBe(expected))

test.each([
  ['阿依古丽·买买提', '阿依古丽买买提', true],
  ['ZOË Müller', 'zoe muller', true],
  ['张三', '张珊', false],
])('%s and %s are the same: %s', (one, other, expected) => {
  expect(sameName(one, other)).toBe(expected)
})
