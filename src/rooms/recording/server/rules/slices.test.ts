import { expect, test } from 'vitest'
import { slicesOf } from './slices.ts'

const pieces = [
  { size: 10, name: 'a' },
  { size: 5, name: 'b' },
  { size: 10, name: 'c' },
]
const told = (from: number, to: number) => slicesOf(pieces, from, to).map((one) => [one.piece.name, one.from, one.to])

test.each([
  [
    0,
    24,
    [
      ['a', 0, 10],
      ['b', 0, 5],
      ['c', 0, 10],
    ],
  ],
  [0, 0, [['a', 0, 1]]],
  [10, 14, [['b', 0, 5]]],
  [
    9,
    10,
    [
      ['a', 9, 10],
      ['b', 0, 1],
    ],
  ],
  [
    12,
    20,
    [
      ['b', 2, 5],
      ['c', 0, 6],
    ],
  ],
  [24, 24, [['c', 9, 10]]],
  [24, 99, [['c', 9, 10]]],
  [25, 30, []],
])('bytes %d to %d', (from, to, expected) => expect(told(from, to)).toEqual(expected))

test('any parts of the whole put together are the whole', () => {
  const whole = Buffer.from('abcdefghijklmnopqrstuvwxy')
  const read = (from: number, to: number) => {
    let at = 0
    const starts = new Map(pieces.map((piece) => [piece, (at += piece.size) - piece.size]))
    return slicesOf(pieces, from, to)
      .map((one) => whole.subarray(starts.get(one.piece)! + one.from, starts.get(one.piece)! + one.to).toString())
      .join('')
  }
  for (let from = 0; from < 25; from++)
    for (let to = from; to < 25; to++) expect(read(from, to)).toBe(whole.toString().slice(from, to + 1))
})
