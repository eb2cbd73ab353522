import { expect, test } from 'vitest'
import { plainNumber, readNumber, storable, storableText } from './typed.ts'

test.each<[string, number | undefined]>([
  ['36.5', 36.5],
  ['３６．５', 36.5],
  ['36。5', 36.5],
  ['36，5', 36.5],
  ['36,5', 36.5],
  ['36点5', 36.5],
  ['36·5', 36.5],
  ['1,200', 1200],
  ['1，200', 1200],
  ['1 200', 1200],
  ['12,345.6', 12345.6],
  ['-3', -3],
  ['－3', -3],
  ['−3', -3],
  ['负3', -3],
  ['+7', 7],
  [' 65 ', 65],
  ['　６５　', 65],
  ['36.', 36],
  ['.5', 0.5],
  ['０', 0],
  ['', undefined],
  ['   ', undefined],
  ['-', undefined],
  ['.', undefined],
  ['约65', undefined],
  ['130斤', undefined],
  ['120/80', undefined],
  ['120 80', undefined],
  ['1.2.3', undefined],
  ['1,20,3', undefined],
  ['0x10', undefined],
  ['1e3', undefined],
  ['NaN', undefined],
  ['Infinity', undefined],
  ['六十五', undefined],
])('%j is %d', (text, expected) => expect(readNumber(text)).toBe(expected))

test('a field that wants plain digits gets what was typed, as far as it is', () => {
  expect(['３６．', '负', '约６５'].map(plainNumber)).toEqual(['36.', '-', '约65'])
})

test('what a database refuses is not kept, and nothing else is lost', () => {
  expect(storableText('头痛\u0000三天\n\t发热\u0007')).toBe('头痛三天\n\t发热')
  expect(storableText('\ud800好𠮷')).toBe('\ufffd好𠮷')
})

test('down to the last text of a file', () =>
  expect(storable({ a: ['x\u0000', 1, null, { 'b\u0000': true }] })).toEqual({ a: ['x', 1, null, { b: true }] }))
