import { describe, expect, test } from 'vitest'
import { cutSound, wavDurationMs } from './cut.ts'

describe('cutting a whole file', () => {
  test.each([
    [1, 1, 1],
    [50_000, 7999, 1],
    [50_000, 8001, 2],
    [1_000_000, 10_000, 5],
    [3, 600_000, 3],
    [7_654_321, 3_600_000, 450],
  ])('%i bytes of %i ms in %i pieces, whole and in order', (bytes, ms, count) => {
    const pieces = cutSound(bytes, ms)
    expect(pieces).toHaveLength(count)
    expect(pieces[0]!.from).toBe(0)
    expect(pieces.at(-1)!.to).toBe(bytes)
    for (const [n, piece] of pieces.entries()) {
      if (n > 0) expect(piece.from).toBe(pieces[n - 1]!.to)
      expect(piece.to - piece.from).toBeLessThanOrEqual(200_000)
    }
  })

  test('no piece lasts longer than a piece may', () =>
    expect(Math.max(...cutSound(7_654_321, 3_600_000).map(({ ms }) => ms))).toBeLessThanOrEqual(10_000))
})

test('a WAV file says how long it lasts; others do not', () => {
  const wav = Buffer.alloc(44 + 16_000)
  wav.write('RIFF', 0)
  wav.write('WAVE', 8)
  wav.writeUInt32LE(16_000, 28)
  expect(wavDurationMs(wav)).toBe(1000)
  expect(wavDurationMs(Buffer.from('OggS'.padEnd(60)))).toBe(undefined)
})
