import { expect, test } from 'vitest'
import { condensed, fitted, loudest, minutesText } from './peaks.ts'

test.each([
  [[], 0],
  [[0, 0.2, -0.5], 50],
  [[1.4], 100],
])('the loudest of %j is %d', (samples, expected) => expect(loudest(Float32Array.from(samples))).toBe(expected))

test.each([
  [[], 3, [0, 0, 0]],
  [[5, 9], 4, [5, 5, 9, 9]],
  [[1, 2, 3], 3, [1, 2, 3]],
  [[1, 2, 3, 4], 2, [1, 3]],
])('%j fitted to %d is %j', (peaks, count, expected) => expect(fitted(peaks, count)).toEqual(expected))

test.each([
  [[1, 9, 3, 4], 2, [9, 4]],
  [[1, 2], 5, [1, 2]],
  [[1, 7, 2, 3, 8], 2, [7, 8]],
])('%j condensed to %d is %j', (peaks, count, expected) => expect(condensed(peaks, count)).toEqual(expected))

test.each([
  [0, '0:00'],
  [65_900, '1:05'],
  [3_725_000, '1:02:05'],
])('%d ms are %s', (ms, text) => expect(minutesText(ms)).toBe(text))
