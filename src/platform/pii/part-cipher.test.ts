import { expect, test } from 'vitest'
import { newPartKey, openPart, sealPart } from './part-cipher.ts'

const key = newPartKey()
const words = Buffer.from('您好，这里是和康体检中心')

test('a part opens with its key, at its place', () => {
  const sealed = sealPart(key, 'call 1/0', words)
  expect(sealed.includes(words)).toBe(false)
  expect(openPart(key, 'call 1/0', sealed)).toEqual(words)
  expect(sealPart(key, 'call 1/0', words)).not.toEqual(sealed)
})

test.each([
  ['at another place', (sealed: Buffer) => openPart(key, 'call 1/1', sealed)],
  ['with another key', (sealed: Buffer) => openPart(newPartKey(), 'call 1/0', sealed)],
  ['with one bit changed', (sealed: Buffer) => openPart(key, 'call 1/0', flipped(sealed))],
  ['cut short', (sealed: Buffer) => openPart(key, 'call 1/0', sealed.subarray(0, -1))],
  ['empty', () => openPart(key, 'call 1/0', Buffer.alloc(0))],
])('it does not open %s', (_how, open) => expect(() => open(sealPart(key, 'call 1/0', words))).toThrow())

function flipped(sealed: Buffer): Buffer {
  const other = Buffer.from(sealed)
  other[40]! ^= 1
  return other
}
