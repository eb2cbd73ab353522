import { expect, test } from 'vitest'
import { PIECE_BYTES_MAX } from '../contract/words.ts'
import { soundKind } from './rules/sound.ts'
import { tonePieces } from './tone.ts'

test('the tone is a WAV whose head tells its length, cut into pieces that are taken', () => {
  const pieces = tonePieces(10)
  const whole = Buffer.concat(pieces.map((one) => one.bytes))
  expect(pieces.map((one) => one.durationMs)).toEqual([4000, 4000, 2000])
  expect(soundKind(pieces[0]!.bytes)).toBe('audio/wav')
  expect(whole.readUInt32LE(4)).toBe(whole.length - 8)
  expect(whole.readUInt32LE(40)).toBe(whole.length - 44)
  expect(pieces.every((one) => one.bytes.length <= PIECE_BYTES_MAX)).toBe(true)
  expect(pieces[2]!.peaks.split(',')).toHaveLength(8)
  expect(Math.max(...pieces[0]!.peaks.split(',').map(Number))).toBeGreaterThan(20)
})
