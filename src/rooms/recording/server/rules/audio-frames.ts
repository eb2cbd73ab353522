import { randomBytes } from 'node:crypto'

/**
 * Asterisk's AudioSocket: one byte of kind, two of length (big-endian), then so many bytes. A call begins with its UUID;
 * then comes what is spoken, 16 bits a sample, little-endian, 8,000 a second, one channel.
 */
export const KINDS = { hangUp: 0x00, uuid: 0x01, dtmf: 0x03, audio: 0x10, error: 0xff } as const

export interface AudioFrame {
  kind: number
  body: Buffer
}

const HEAD = 3

/** Cuts what comes over the wire into frames, however it was split on the way. Holds one unfinished frame at most: 65,538 bytes. */
export class FrameCutter {
  private rest: Buffer = Buffer.alloc(0)

  push(chunk: Buffer): AudioFrame[] {
    let bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk])
    const frames: AudioFrame[] = []
    while (bytes.length >= HEAD) {
      const end = HEAD + bytes.readUInt16BE(1)
      if (bytes.length < end) break
      frames.push({ kind: bytes[0]!, body: bytes.subarray(HEAD, end) })
      bytes = bytes.subarray(end)
    }
    // A copy: the chunk it lies in may be large.
    this.rest = Buffer.from(bytes)
    return frames
  }

  /** Whether the line ended within a frame. */
  get isOpen(): boolean {
    return this.rest.length > 0
  }
}

export function audioFrame(kind: number, body: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(HEAD)
  head[0] = kind
  head.writeUInt16BE(body.length, 1)
  return Buffer.concat([head, body])
}

/** Sixteen bytes as an id; undefined where they are not sixteen. */
export function uuidOf(body: Buffer): string | undefined {
  if (body.length !== 16) return undefined
  const hex = body.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

export const uuidBytes = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')

/** A UUID of chance (version 4): who has seen others guesses none. */
export function newStreamId(): string {
  const bytes = randomBytes(16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return uuidOf(bytes)!
}
