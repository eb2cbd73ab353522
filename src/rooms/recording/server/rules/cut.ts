/** A piece is at most as long as one that a browser makes may be, and at most as large. */
const PIECE_MS = 8000
const PIECE_BYTES = 200_000

export interface Cut {
  /** Of the sound: from the first byte, up to the second. */
  from: number
  to: number
  ms: number
}

/** Cuts a whole file into pieces of equal time, so that it is sealed, played and taken away as what a browser records. */
export function cutSound(bytes: number, durationMs: number): Cut[] {
  const count = Math.max(1, Math.ceil(durationMs / PIECE_MS), Math.ceil(bytes / PIECE_BYTES))
  const at = (n: number) => Math.floor((bytes * n) / count)
  const timeAt = (n: number) => Math.floor((durationMs * n) / count)
  return Array.from({ length: count }, (_, n) => ({
    from: at(n),
    to: at(n + 1),
    ms: Math.max(1, timeAt(n + 1) - timeAt(n)),
  })).filter(({ from, to }) => to > from)
}

/** How long a WAV file lasts, by its own header; undefined for other kinds, which do not say. */
export function wavDurationMs(bytes: Buffer): number | undefined {
  if (bytes.length < 44 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    return undefined
  const perSecond = bytes.readUInt32LE(28)
  return perSecond > 0 ? Math.max(1, Math.round(((bytes.length - 44) / perSecond) * 1000)) : undefined
}
