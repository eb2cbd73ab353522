import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createSealer } from './sealer.ts'

const sealer = createSealer(randomBytes(32))
const other = createSealer(randomBytes(32))
const [HOSPITAL, CLINIC] = ['0190b5a0-0000-7000-8000-000000000001', '0190b5a0-0000-7000-8000-000000000002']
const PHONE = '18012341999'

describe('sealing', () => {
  test.each(['', PHONE, '上海市徐汇区 䶮 𠮷', 'x'.repeat(100_000)])('opens what it sealed (%#)', (text) => {
    expect(sealer.open(HOSPITAL, sealer.seal(HOSPITAL, text))).toBe(text)
  })

  test('bytes come back as they were', () => {
    const bytes = Buffer.from([0, 255, 13, 10, 0xff, 0xfe])
    expect(sealer.openBytes(HOSPITAL, sealer.sealBytes(HOSPITAL, bytes))).toEqual(bytes)
  })

  test('nothing of the text is to be seen, and the same text is never sealed alike', () => {
    const [one, two] = [sealer.seal(HOSPITAL, PHONE), sealer.seal(HOSPITAL, PHONE)]
    expect(one.includes(PHONE)).toBe(false)
    expect(one.equals(two)).toBe(false)
  })

  test('another organization cannot open it, nor another key', () => {
    const sealed = sealer.seal(HOSPITAL, PHONE)
    expect(() => sealer.open(CLINIC, sealed)).toThrow()
    expect(() => other.open(HOSPITAL, sealed)).toThrow()
  })

  test('one changed bit anywhere is refused', () => {
    const sealed = sealer.seal(HOSPITAL, PHONE)
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at]! ^= 1
      expect(() => sealer.open(HOSPITAL, changed), `byte ${at}`).toThrow()
    }
  })

  test.each(['', PHONE])('cut short anywhere, it is refused (%#)', (text) => {
    const sealed = sealer.seal(HOSPITAL, text)
    for (let length = 0; length < sealed.length; length++)
      expect(() => sealer.open(HOSPITAL, sealed.subarray(0, length)), `${length} bytes`).toThrow()
  })

  test.each([0, 16, 31, 33])('a key of %d bytes is refused', (length) => {
    expect(() => createSealer(Buffer.alloc(length))).toThrow(RangeError)
  })
})

describe('blind indexes', () => {
  const index = sealer.index(HOSPITAL, 'phone', PHONE)

  test('the same value always gives the same 16 bytes', () => {
    expect(sealer.index(HOSPITAL, 'phone', PHONE)).toEqual(index)
    expect(index).toHaveLength(16)
  })

  test.each([
    ['another value', sealer.index(HOSPITAL, 'phone', '18012341998')],
    ['another purpose', sealer.index(HOSPITAL, 'paper', PHONE)],
    ['another organization', sealer.index(CLINIC, 'phone', PHONE)],
    ['another key', other.index(HOSPITAL, 'phone', PHONE)],
  ])('%s gives another', (_what, different) => {
    expect(different.equals(index)).toBe(false)
  })

  test('a purpose cannot run over into the value', () => {
    expect(sealer.index(HOSPITAL, 'phone', '1').equals(sealer.index(HOSPITAL, 'phone1', ''))).toBe(false)
  })
})
