import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fontCoverage } from './font-coverage.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'peiban-font-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A font file with nothing but a `cmap` of one subtable. */
function aFont(subtable: Buffer, tag = 'cmap'): string {
  const header = Buffer.alloc(28)
  header.writeUInt16BE(1, 4)
  header.write(tag, 12, 'latin1')
  header.writeUInt32BE(28, 20)
  header.writeUInt32BE(12 + subtable.length, 24)
  const cmap = Buffer.alloc(12)
  cmap.writeUInt16BE(1, 2)
  cmap.writeUInt32BE(12, 8)
  const path = join(folder, `${tag}-${subtable.readUInt16BE(0)}.ttf`)
  writeFileSync(path, Buffer.concat([header, cmap, subtable]))
  return path
}

/** Format 12: groups of 32-bit ranges. */
function format12(...groups: [number, number][]): Buffer {
  const table = Buffer.alloc(16 + groups.length * 12)
  table.writeUInt16BE(12, 0)
  table.writeUInt32BE(groups.length, 12)
  groups.forEach(([first, last], index) => {
    table.writeUInt32BE(first, 16 + index * 12)
    table.writeUInt32BE(last, 20 + index * 12)
  })
  return table
}

/** Format 4: segments of 16-bit ranges, the last one being the end mark. */
function format4(...segments: [number, number][]): Buffer {
  const all = [...segments, [0xffff, 0xffff] as const]
  const table = Buffer.alloc(16 + all.length * 8)
  table.writeUInt16BE(4, 0)
  table.writeUInt16BE(all.length * 2, 6)
  all.forEach(([first, last], index) => {
    table.writeUInt16BE(last, 14 + index * 2)
    table.writeUInt16BE(first, 16 + all.length * 2 + index * 2)
  })
  return table
}

describe('fontCoverage', () => {
  it.each([
    ['format 12', format12([0x41, 0x5a], [0x4e00, 0x4e00], [0x2a700, 0x2a710]), 0x2a705],
    ['format 4', format4([0x41, 0x5a], [0x4e00, 0x4e00]), 0x4e00],
  ])('reads %s', (_, subtable, held) => {
    const covers = fontCoverage(aFont(subtable))
    expect([0x41, 0x5a, held].map(covers)).toEqual([true, true, true])
    expect([0x40, 0x5b, 0x4dff, 0x4e01, 0x2a6ff, 0x2a711, 0xffff].map(covers)).not.toContain(true)
  })

  it('refuses a font without a map it knows', () => {
    expect(() => fontCoverage(aFont(format12(), 'glyf'))).toThrow('no cmap table')
    const other = Buffer.alloc(20)
    other.writeUInt16BE(6, 0)
    expect(() => fontCoverage(aFont(other))).toThrow('no Unicode character map')
  })
})
