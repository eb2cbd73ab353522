/**
 * Writing GB18030, which Node can read but not write. The table is made once, by reading every code of the
 * standard back; about 63,000 entries, and only when a sender in GB asks for an answer in Chinese.
 */
let table: Map<number, Buffer> | undefined

const LAST_BMP_FOUR_BYTE = 39_420
/** Linear index at which the four-byte codes reach U+10000 (GB 18030-2005, table of the four-byte area). */
const FIRST_SUPPLEMENTARY = 189_000

function fourBytes(linear: number): Buffer {
  return Buffer.from([
    0x81 + Math.floor(linear / 12_600),
    0x30 + (Math.floor(linear / 1_260) % 10),
    0x81 + (Math.floor(linear / 10) % 126),
    0x30 + (linear % 10),
  ])
}

function build(): Map<number, Buffer> {
  const decoder = new TextDecoder('gb18030')
  const codes = new Map<number, Buffer>()
  const add = (bytes: Buffer): void => {
    const text = decoder.decode(bytes)
    const point = text.codePointAt(0)
    if (point === undefined || point === 0xfffd || text.length !== 1 || codes.has(point)) return
    codes.set(point, bytes)
  }
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) add(Buffer.from([lead, trail]))
  }
  for (let linear = 0; linear < LAST_BMP_FOUR_BYTE; linear++) add(fourBytes(linear))
  return codes
}

/** Text as GB18030 bytes. A lone surrogate becomes `?`; everything else has a code. */
export function encodeGb18030(text: string): Buffer {
  const parts: Buffer[] = []
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0x3f
    if (point < 0x80) parts.push(Buffer.from([point]))
    else if (point >= 0x10000) parts.push(fourBytes(FIRST_SUPPLEMENTARY + point - 0x10000))
    else parts.push((table ??= build()).get(point) ?? Buffer.from('?'))
  }
  return Buffer.concat(parts)
}
