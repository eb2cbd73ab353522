import { PEAK_MS, PIECE_MS } from '../contract/words.ts'

const RATE = 8000
const HEAD_BYTES = 44

export interface TonePiece {
  bytes: Buffer
  durationMs: number
  peaks: string
}

/**
 * A quiet tone that rises and falls like somebody speaking: 16-bit WAV, one channel, cut as a browser cuts. What the
 * demonstration plays instead of somebody's voice.
 */
export function tonePieces(seconds: number): TonePiece[] {
  const samples = RATE * seconds
  const pieces: TonePiece[] = []
  const perPiece = (RATE * PIECE_MS) / 1000
  for (let from = 0; from < samples; from += perPiece) {
    const count = Math.min(perPiece, samples - from)
    const body = Buffer.alloc(count * 2)
    for (let n = 0; n < count; n++) {
      const at = (from + n) / RATE
      body.writeInt16LE(Math.round(loudness(at) * 9000 * Math.sin(2 * Math.PI * 220 * at)), n * 2)
    }
    const durationMs = (count / RATE) * 1000
    pieces.push({
      bytes: from === 0 ? Buffer.concat([head(samples * 2), body]) : body,
      durationMs,
      peaks: peaksOf(from / RATE, durationMs),
    })
  }
  return pieces
}

/** Phrases of a second and a half with a pause behind each. */
function loudness(at: number): number {
  const phase = at % 2
  return phase < 1.5 ? Math.abs(Math.sin(phase * Math.PI * 2.7)) : 0.02
}

function peaksOf(from: number, durationMs: number): string {
  const peaks: number[] = []
  for (let ms = 0; ms < durationMs; ms += PEAK_MS) peaks.push(Math.round(loudness(from + ms / 1000) * 27))
  return peaks.join(',')
}

function head(bodyBytes: number): Buffer {
  const head = Buffer.alloc(HEAD_BYTES)
  head.write('RIFF', 0)
  head.writeUInt32LE(bodyBytes + HEAD_BYTES - 8, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(RATE, 24)
  head.writeUInt32LE(RATE * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(bodyBytes, 40)
  return head
}
