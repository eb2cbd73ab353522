import { expect, test } from 'vitest'
import { byteRange } from './byte-range.ts'

test.each([
  ['bytes=0-99', { from: 0, to: 99 }],
  ['bytes=900-', { from: 900, to: 999 }],
  ['bytes=-100', { from: 900, to: 999 }],
  ['bytes=0-5000', { from: 0, to: 999 }],
  ['bytes=1000-', null],
  ['bytes=5-2', null],
  ['bytes=0-1,4-5', undefined],
  ['bytes=-', undefined],
  ['', undefined],
  [undefined, undefined],
])('of 1000 bytes %j is %j', (header, expected) => expect(byteRange(header, 1000)).toEqual(expected))
