/** The signs of MLLP (HL7 v2 implementation guide, appendix C): start, end, and the CR behind the end. */
export const START = 0x0b
export const END = 0x1c
const CR = 0x0d
const LF = 0x0a

export type Cut =
  | { kind: 'frame'; bytes: Buffer }
  /** Bytes that stood outside any frame. */
  | { kind: 'noise'; bytes: Buffer }
  /** A frame that a new start, or the end of the connection, broke off: nobody may take it for whole. */
  | { kind: 'incomplete'; bytes: Buffer }
  /** A frame beyond the limit: its beginning, and how long it was. */
  | { kind: 'too-large'; bytes: Buffer; sizeBytes: number }

const HEAD_KEPT_BYTES = 64 * 1024

/**
 * Cuts a stream into frames. Tolerates what senders do: no CR behind the end sign, noise between frames, no start
 * sign before `MSH`, several frames in one chunk and one frame in many. A vertical tab inside a text (Word writes
 * them) is left alone; only before a header does it start a frame.
 */
export class FrameCutter {
  /** Bytes of the frame that is still open; 0 between frames. */
  openBytes = 0
  private readonly limitBytes: number
  private parts: Buffer[] = []
  private keptBytes = 0
  private isInside = false
  private carried: Buffer | undefined

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes
  }

  push(chunk: Buffer): Cut[] {
    const bytes = this.carried ? Buffer.concat([this.carried, chunk]) : chunk
    this.carried = undefined
    const cuts: Cut[] = []
    let at = 0
    while (at < bytes.length) at = this.isInside ? this.readInside(bytes, at, cuts) : this.readOutside(bytes, at, cuts)
    return cuts
  }

  /** The connection has ended: what was left open. */
  end(): Cut[] {
    if (this.carried) this.keep(this.carried)
    this.carried = undefined
    const cuts: Cut[] = []
    const wasInside = this.isInside
    const bytes = this.takeKept()
    if (!isBlank(bytes)) cuts.push({ kind: wasInside ? 'incomplete' : 'noise', bytes })
    return cuts
  }

  private readOutside(bytes: Buffer, from: number, cuts: Cut[]): number {
    let at = from
    while (at < bytes.length && isFiller(bytes[at])) at++
    if (at === bytes.length) return at
    if (bytes[at] === START) {
      this.isInside = true
      return at + 1
    }
    const start = bytes.indexOf(START, at)
    const before = bytes.subarray(at, start < 0 ? bytes.length : start)
    const header = headerIn(before)
    if (header >= 0) {
      if (header > 0) cuts.push({ kind: 'noise', bytes: before.subarray(0, header) })
      this.isInside = true
      return at + header
    }
    if (start < 0 && before.length < 3) {
      this.carried = before
      return bytes.length
    }
    // The last two bytes may be the beginning of a header that goes on in the next chunk.
    const noiseEnd = start < 0 ? before.length - 2 : before.length
    cuts.push({ kind: 'noise', bytes: before.subarray(0, noiseEnd) })
    if (start < 0) this.carried = before.subarray(noiseEnd)
    return start < 0 ? bytes.length : start
  }

  private readInside(bytes: Buffer, from: number, cuts: Cut[]): number {
    const end = bytes.indexOf(END, from)
    const stop = end < 0 ? bytes.length : end
    for (let tab = bytes.indexOf(START, from); tab >= 0 && tab < stop; tab = bytes.indexOf(START, tab + 1)) {
      if (end < 0 && tab + 4 > bytes.length) {
        this.keep(bytes.subarray(from, tab))
        this.carried = bytes.subarray(tab)
        return bytes.length
      }
      if (headerIn(bytes.subarray(tab + 1, tab + 4)) === 0) {
        this.keep(bytes.subarray(from, tab))
        this.close('incomplete', cuts)
        return tab
      }
    }
    this.keep(bytes.subarray(from, stop))
    if (end < 0) return bytes.length
    this.close('frame', cuts)
    return end + 1
  }

  private keep(bytes: Buffer): void {
    this.openBytes += bytes.length
    const isTooLarge = this.openBytes > this.limitBytes
    const room = isTooLarge ? Math.max(0, Math.min(HEAD_KEPT_BYTES, this.limitBytes) - this.keptBytes) : bytes.length
    if (room === 0 || bytes.length === 0) return
    this.parts.push(bytes.subarray(0, room))
    this.keptBytes += Math.min(room, bytes.length)
  }

  private close(kind: 'frame' | 'incomplete', cuts: Cut[]): void {
    const sizeBytes = this.openBytes
    const bytes = this.takeKept()
    if (sizeBytes > this.limitBytes)
      cuts.push({ kind: 'too-large', bytes: bytes.subarray(0, HEAD_KEPT_BYTES), sizeBytes })
    // An empty frame is how some senders ask whether anybody is there.
    else if (!isBlank(bytes)) cuts.push({ kind, bytes })
  }

  private takeKept(): Buffer {
    const [only] = this.parts
    const bytes = this.parts.length === 1 && only ? only : Buffer.concat(this.parts)
    this.parts = []
    this.keptBytes = 0
    this.openBytes = 0
    this.isInside = false
    return bytes
  }
}

function isFiller(byte: number | undefined): boolean {
  return byte === CR || byte === LF || byte === END || byte === 0x20 || byte === 0x09 || byte === 0
}

function isBlank(bytes: Buffer): boolean {
  for (const byte of bytes) if (!isFiller(byte)) return false
  return true
}

/** Where a message or batch begins (`MSH`, `FHS`, `BHS`), or -1. */
function headerIn(bytes: Buffer): number {
  const found = ['MSH', 'FHS', 'BHS'].map((name) => bytes.indexOf(name)).filter((at) => at >= 0)
  return found.length === 0 ? -1 : Math.min(...found)
}

/** A message with its signs around it. */
export function framed(message: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(message.length + 3)
  bytes[0] = START
  message.copy(bytes, 1)
  bytes[message.length + 1] = END
  bytes[message.length + 2] = CR
  return bytes
}
