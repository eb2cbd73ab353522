import { describe, expect, it } from 'vitest'
import { FrameCutter, framed } from './mllp-frames.ts'

type Row = [kind: string, text: string]

const row = (cut: { kind: string; bytes: Buffer }): Row => [cut.kind, cut.bytes.toString('latin1')]

function cutAll(chunks: string[], limitBytes = 1000): Row[] {
  const cutter = new FrameCutter(limitBytes)
  return [...chunks.flatMap((chunk) => cutter.push(Buffer.from(chunk, 'latin1'))), ...cutter.end()].map(row)
}

const whole: [string, string, Row[]][] = [
  ['a frame', '\x0bMSH|a\r\x1c\r', [['frame', 'MSH|a\r']]],
  [
    'no CR behind the end',
    '\x0bMSH|a\x1c\x0bMSH|b\x1c',
    [
      ['frame', 'MSH|a'],
      ['frame', 'MSH|b'],
    ],
  ],
  [
    'CR LF behind the end',
    '\x0bMSH|a\x1c\r\n\x0bMSH|b\x1c\r\n',
    [
      ['frame', 'MSH|a'],
      ['frame', 'MSH|b'],
    ],
  ],
  [
    'several in a row',
    '\x0bMSH|a\x1c\r\x0bMSH|b\x1c\r\x0bMSH|c\x1c\r',
    [
      ['frame', 'MSH|a'],
      ['frame', 'MSH|b'],
      ['frame', 'MSH|c'],
    ],
  ],
  [
    'noise between',
    '\x0bMSH|a\x1c\rhello\x0bMSH|b\x1c\r',
    [
      ['frame', 'MSH|a'],
      ['noise', 'hello'],
      ['frame', 'MSH|b'],
    ],
  ],
  ['no start sign', 'MSH|a\r\x1c\r', [['frame', 'MSH|a\r']]],
  [
    'no start sign, noise before',
    'xx-MSH|a\x1c\r',
    [
      ['noise', 'xx-'],
      ['frame', 'MSH|a'],
    ],
  ],
  ['a batch without start sign', 'FHS|x\rMSH|a\x1c\r', [['frame', 'FHS|x\rMSH|a']]],
  ['two messages in one frame', '\x0bMSH|a\rMSH|b\r\x1c\r', [['frame', 'MSH|a\rMSH|b\r']]],
  ['a vertical tab in a text', '\x0bMSH|a\rOBX|one\x0btwo\r\x1c\r', [['frame', 'MSH|a\rOBX|one\x0btwo\r']]],
  [
    'a new start before the end',
    '\x0bMSH|a\rOBX|ha\x0bMSH|b\x1c\r',
    [
      ['incomplete', 'MSH|a\rOBX|ha'],
      ['frame', 'MSH|b'],
    ],
  ],
  ['an empty frame', '\x0b\x1c\r\x0bMSH|a\x1c\r', [['frame', 'MSH|a']]],
  ['a frame that is no message', '\x0bhello\x1c\r', [['frame', 'hello']]],
  ['an end without start', '\x1c\r\x0bMSH|a\x1c\r', [['frame', 'MSH|a']]],
  ['the connection ends in a frame', '\x0bMSH|a\rPID|', [['incomplete', 'MSH|a\rPID|']]],
  ['the connection ends in a start', '\x0bMSH|a\x0b', [['incomplete', 'MSH|a\x0b']]],
  ['blanks alone', ' \r\n\x00', []],
]

describe('FrameCutter', () => {
  it.each(whole)('%s', (_, text, rows) => {
    expect(cutAll([text])).toEqual(rows)
  })

  it.each(whole)('%s, byte by byte', (_, text, rows) => {
    expect(joinNoise(cutAll([...text]))).toEqual(rows)
  })

  it.each(whole)('%s, cut in two anywhere', (_, text, rows) => {
    for (let at = 1; at < text.length; at++)
      expect(joinNoise(cutAll([text.slice(0, at), text.slice(at)])), `cut at ${at}`).toEqual(rows)
  })

  it('refuses what is longer than the limit, and reads on behind it', () => {
    const cutter = new FrameCutter(10)
    const cuts = cutter.push(Buffer.from(`\x0bMSH|${'x'.repeat(50)}\x1c\r\x0bMSH|b\x1c\r`))
    expect(cuts.map((cut) => cut.kind)).toEqual(['too-large', 'frame'])
    expect(cuts[0]).toMatchObject({ sizeBytes: 54 })
    expect(cuts[0]?.bytes.toString()).toBe('MSH|xxxxxx')
  })

  it('keeps no more than the beginning of what is too long, however it comes', () => {
    const cutter = new FrameCutter(10)
    for (const piece of ['\x0bMSH|', 'xxxx', 'yyyyyyyy', 'zzzzzzzz'])
      expect(cutter.push(Buffer.from(piece))).toEqual([])
    expect(cutter.openBytes).toBe(24)
    expect(row(cutter.push(Buffer.from('\x1c'))[0]!)).toEqual(['too-large', 'MSH|xxxxyy'])
    expect(cutter.openBytes).toBe(0)
  })

  it('takes exactly the limit', () => {
    expect(cutAll(['\x0bMSH|123456\x1c'], 10)).toEqual([['frame', 'MSH|123456']])
  })

  it('reads what framed writes', () => {
    expect(cutAll([framed(Buffer.from('MSH|a')).toString('latin1')])).toEqual([['frame', 'MSH|a']])
  })
})

/** Noise comes in pieces when it arrives in pieces. */
function joinNoise(rows: Row[]): Row[] {
  return rows.reduce<Row[]>((joined, [kind, text]) => {
    const last = joined.at(-1)
    if (kind === 'noise' && last?.[0] === 'noise') last[1] += text
    else joined.push([kind, text])
    return joined
  }, [])
}
