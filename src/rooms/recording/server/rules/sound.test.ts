import { describe, expect, test } from 'vitest'
import { soundKind, soundMark } from './sound.ts'

test.each([
  ['WebM', '1a45dfa39f428681', 'audio/webm'],
  ['Ogg', Buffer.from('OggS\0\x02').toString('hex'), 'audio/ogg'],
  ['WAV', Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1').toString('hex'), 'audio/wav'],
  ['MP4', Buffer.from('\0\0\0\x18ftypM4A ', 'latin1').toString('hex'), 'audio/mp4'],
  ['MP3 with a tag', Buffer.from('ID3\x04').toString('hex'), 'audio/mpeg'],
  ['MP3 without', 'fffb9064', 'audio/mpeg'],
  ['MPEG layer II', 'fffd9064', undefined],
  ['AAC in ADTS', 'fff15080', undefined],
  ['a film in RIFF', Buffer.from('RIFF\x24\0\0\0AVI LIST', 'latin1').toString('hex'), undefined],
  ['HTML', Buffer.from('<html>').toString('hex'), undefined],
  ['a program', '7f454c46', undefined],
  ['one byte', 'ff', undefined],
  ['nothing', '', undefined],
])('%s', (_what, hex, kind) => expect(soundKind(Buffer.from(hex, 'hex'))).toBe(kind))

describe('the mark of who listened', () => {
  const words = '李健管 2026-03-02 10:00'

  test('in WebM is a tag with sizes that add up', () => {
    const tag = soundMark('audio/webm', words)
    expect(tag.toString('hex')).toMatch(/^1254c367/)
    expect(tag.readUInt32BE(4) & 0x0fff_ffff).toBe(tag.length - 8)
    expect(tag.includes(words)).toBe(true)
  })
  test('in WAV is a chunk of an even length', () => {
    const chunk = soundMark('audio/wav', words)
    expect(chunk.toString('latin1', 0, 4)).toBe('LIST')
    expect(chunk.readUInt32LE(4)).toBe(chunk.length - 8)
    expect(chunk.length % 2).toBe(0)
    expect(chunk.includes(words)).toBe(true)
  })
  test('in MP3 has 128 bytes, whatever the name', () => {
    expect(soundMark('audio/mpeg', words.repeat(9))).toHaveLength(128)
  })
  test('elsewhere is nothing', () => expect(soundMark('audio/mp4', words)).toHaveLength(0))
})
