import { expect, test } from 'vitest'
import { changeOf } from './change.ts'

test.each([
  ['152', '141', 'up'],
  ['6.10', '6.4', 'down'],
  ['7.20', '7.2', 'same'],
  ['-1.5', '-2.5', 'up'],
  ['>6.22', '6.1', undefined],
  ['6.4', '4.15+', undefined],
  ['阳性', '阴性', undefined],
  ['', '3', undefined],
])('%s after %s', (value, before, expected) => {
  expect(changeOf({ value, previous: { value: before } })).toBe(expected)
})

test('nothing before', () => {
  expect(changeOf({ value: '5', previous: null })).toBeUndefined()
})
