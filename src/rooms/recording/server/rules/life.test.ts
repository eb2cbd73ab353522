import { describe, expect, test } from 'vitest'
import type { RecordingState } from '../../contract/words.ts'
import { closedTo, gapsMs, mayWithdraw, missingCount, readPeaks } from './life.ts'

const begunAt = new Date('2026-03-02T02:00:00Z')
const after = (hours: number) => new Date(begunAt.getTime() + hours * 3_600_000)

describe('pieces', () => {
  test.each<[RecordingState, number, string | undefined]>([
    ['recording', 0, undefined],
    ['recording', 24.1, 'over'],
    ['interrupted', 1, undefined],
    ['interrupted', 24, undefined],
    ['interrupted', 25, 'over'],
    ['ended', 0, 'over'],
    ['refused', 0, 'stopped'],
    ['withdrawn', 0, 'stopped'],
    ['withdrawn', 30, 'stopped'],
    ['deleted', 0, 'over'],
  ])('of one that is %s, %d hours after its beginning: %s', (state, hours, expected) => {
    expect(closedTo({ state, begunAt }, after(hours))).toBe(expected)
  })

  test.each([
    [3, 2, 3, 0],
    [2, 2, 3, 1],
    [2, 1, 3, 1],
    [0, null, 0, 0],
    [0, null, 2, 2],
    [3, 2, null, 0],
    [2, 2, null, 1],
    // One was counted twice by a browser that began anew: nothing is missing.
    [3, 2, 2, 0],
  ])('%d there, the last %s, %s made: %d missing', (pieces, last, expected, missing) => {
    expect(missingCount(pieces, last, expected)).toBe(missing)
  })

  test.each([
    [[], []],
    [[0, 1, 2], []],
    [[0, 2, 3], [4000]],
    [[1, 2], [0]],
    [
      [0, 3, 4, 9],
      [4000, 12_000],
    ],
  ])('numbers %j have gaps at %j', (numbers, expected) => {
    expect(gapsMs(numbers.map((number) => ({ number, durationMs: 4000 })))).toEqual(expected)
  })
})

test.each<[RecordingState, number, boolean]>([
  ['recording', 0, true],
  ['ended', 23, true],
  ['ended', 25, false],
  ['interrupted', 2, true],
  ['refused', 0, false],
  ['withdrawn', 0, false],
  ['deleted', 0, false],
])('of one that is %s the person may say no after %d hours: %s', (state, hours, expected) => {
  expect(mayWithdraw({ state, begunAt }, after(hours))).toBe(expected)
})

test.each([
  ['', []],
  ['0,50,100', [0, 50, 100]],
  ['12.6,-3,400,x,', [13, 0, 100, 0, 0]],
])('peaks %j are %j', (text, expected) => expect([...readPeaks(text)]).toEqual(expected))
