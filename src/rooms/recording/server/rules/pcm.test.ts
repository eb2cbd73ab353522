import { expect, test } from 'vitest'
import { wavDurationMs } from './cut.ts'
import { headOf, pcmMs, pcmPeaks, playedAs, wavHead } from './pcm.ts'
import { soundKind } from './sound.ts'
import { isStreamFree, isTooFast } from './stream.ts'

test('a second is sixteen thousand bytes', () => expect([16_000, 64_000, 2].map(pcmMs)).toEqual([1000, 4000, 1]))

test('the loudest of each quarter of a second', () => {
  const pcm = Buffer.alloc(16_000)
  pcm.writeInt16LE(-32_768, 4000 + 10)
  pcm.writeInt16LE(16_384, 8000 + 10)
  expect(pcmPeaks(pcm)).toBe('0,100,50,0')
  expect(pcmPeaks(Buffer.alloc(0))).toBe('')
})

test('with its head it is a WAV file of the right length', () => {
  const wav = Buffer.concat([wavHead(32_000), Buffer.alloc(32_000)])
  expect(soundKind(wav)).toBe('audio/wav')
  expect(wavDurationMs(wav)).toBe(2000)
  expect([playedAs('audio/l16'), playedAs('audio/webm')]).toEqual(['audio/wav', 'audio/webm'])
  expect([headOf('audio/l16', 8).length, headOf('audio/webm', 8).length]).toEqual([44, 0])
})

test('a stream is free again when nothing was heard of whoever had it', () => {
  const now = new Date('2026-03-02T02:00:30Z')
  const held = (seenAt: string) => ({ connection: 'a', seenAt: new Date(seenAt) })
  expect(isStreamFree({ connection: null, seenAt: null }, now)).toBe(true)
  expect(isStreamFree(held('2026-03-02T02:00:10Z'), now)).toBe(false)
  expect(isStreamFree(held('2026-03-02T02:00:09Z'), now)).toBe(true)
})

test('nobody speaks faster than time passes', () => {
  expect(isTooFast(480_000, 0)).toBe(false)
  expect(isTooFast(480_001, 0)).toBe(true)
  expect(isTooFast(3600 * 16_000, 3_600_000)).toBe(false)
  expect(isTooFast(3600 * 32_000, 1_800_000)).toBe(true)
})
