import { closeSync, openSync, readSync } from 'node:fs'

/** Says whether a font can draw a character. */
export type Coverage = (codePoint: number) => boolean

/**
 * Reads the `cmap` of a TrueType or OpenType file (not a collection) without loading its outlines.
 * Throws when the file holds no Unicode table of format 4 or 12.
 */
export function fontCoverage(path: string): Coverage {
  const cmap = readTable(path, 'cmap')
  const count = cmap.readUInt16BE(2)
  const offsets = Array.from({ length: count }, (_, index) => cmap.readUInt32BE(4 + index * 8 + 4))
  // Format 12 reaches beyond the first 65,536 characters, where rare names live: it wins where both stand.
  const twelve = offsets.find((offset) => cmap.readUInt16BE(offset) === 12)
  if (twelve !== undefined) return inRanges(rangesOfFormat12(cmap, twelve))
  const four = offsets.find((offset) => cmap.readUInt16BE(offset) === 4)
  if (four !== undefined) return inRanges(rangesOfFormat4(cmap, four))
  throw new Error(`no Unicode character map in ${path}`)
}

type Range = [first: number, last: number]

function readTable(path: string, tag: string): Buffer {
  const file = openSync(path, 'r')
  try {
    const head = readAt(file, 0, 12)
    const directory = readAt(file, 12, head.readUInt16BE(4) * 16)
    for (let at = 0; at < directory.length; at += 16) {
      if (directory.toString('latin1', at, at + 4) !== tag) continue
      return readAt(file, directory.readUInt32BE(at + 8), directory.readUInt32BE(at + 12))
    }
  } finally {
    closeSync(file)
  }
  throw new Error(`no ${tag} table in ${path}`)
}

function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  const read = readSync(file, bytes, 0, length, position)
  if (read !== length) throw new Error('font file ends early')
  return bytes
}

function rangesOfFormat12(cmap: Buffer, offset: number): Range[] {
  const groups = cmap.readUInt32BE(offset + 12)
  return Array.from({ length: groups }, (_, index) => {
    const at = offset + 16 + index * 12
    return [cmap.readUInt32BE(at), cmap.readUInt32BE(at + 4)]
  })
}

/** Segments of format 4; a segment may contain single characters without a glyph, which Noto's never do. */
function rangesOfFormat4(cmap: Buffer, offset: number): Range[] {
  const doubled = cmap.readUInt16BE(offset + 6)
  return Array.from({ length: doubled / 2 }, (_, index) => {
    const last = cmap.readUInt16BE(offset + 14 + index * 2)
    const first = cmap.readUInt16BE(offset + 16 + doubled + index * 2)
    return [first, last] satisfies Range
  }).filter(([first]) => first !== 0xffff)
}

/** Ranges are sorted in the file; looked up by halving. */
function inRanges(ranges: Range[]): Coverage {
  return (codePoint) => {
    let low = 0
    let high = ranges.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const [first, last] = ranges[middle]!
      if (codePoint < first) high = middle - 1
      else if (codePoint > last) low = middle + 1
      else return true
    }
    return false
  }
}
