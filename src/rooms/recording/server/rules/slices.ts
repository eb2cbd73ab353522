export interface Sized {
  size: number
}

/** A piece with the bytes of it that are wanted: `from` included, `to` not. */
export interface Slice<P extends Sized> {
  piece: P
  from: number
  to: number
}

/** Which pieces a part of the whole touches, and what of each. @param to the last byte, included */
export function slicesOf<P extends Sized>(pieces: readonly P[], from: number, to: number): Slice<P>[] {
  const slices: Slice<P>[] = []
  let at = 0
  for (const piece of pieces) {
    const first = Math.max(from - at, 0)
    const end = Math.min(to + 1 - at, piece.size)
    if (first < end) slices.push({ piece, from: first, to: end })
    at += piece.size
  }
  return slices
}
