import { describe, expect, test } from 'vitest'
import { audioFrame, FrameCutter, KINDS, uuidBytes, uuidOf } from './audio-frames.ts'

const id = '0190b5a0-1111-4000-8000-0000000000ab'
const wire = Buffer.concat([
  audioFrame(KINDS.uuid, uuidBytes(id)),
  audioFrame(KINDS.audio, Buffer.from([1, 2, 3, 4])),
  audioFrame(KINDS.dtmf, Buffer.from('5')),
  audioFrame(KINDS.hangUp),
])

describe('frames', () => {
  test('are cut the same however the bytes come', () => {
    const whole = new FrameCutter().push(wire).map(({ kind, body }) => [kind, body.toString('hex')])
    expect(whole).toEqual([
      [0x01, id.replaceAll('-', '')],
      [0x10, '01020304'],
      [0x03, '35'],
      [0x00, ''],
    ])
    for (let size = 1; size < wire.length; size++) {
      const cutter = new FrameCutter()
      const cut = []
      for (let at = 0; at < wire.length; at += size) cut.push(...cutter.push(wire.subarray(at, at + size)))
      expect(cut.map(({ kind, body }) => [kind, body.toString('hex')])).toEqual(whole)
      expect(cutter.isOpen).toBe(false)
    }
  })

  test('an unfinished one is known to be', () => {
    const cutter = new FrameCutter()
    cutter.push(wire.subarray(0, wire.length - 1))
    expect(cutter.isOpen).toBe(true)
  })

  test('a UUID has sixteen bytes', () => {
    expect(uuidOf(uuidBytes(id))).toBe(id)
    for (const size of [0, 15, 17, 65_535]) expect(uuidOf(Buffer.alloc(size))).toBeUndefined()
  })
})
