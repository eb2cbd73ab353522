/**
 * The part of a file that a player asks for: phones fetch sound and films piece by piece and refuse a server that cannot.
 * @param header `bytes=0-1023`, `bytes=500-`, `bytes=-200`; several parts at once are answered with the whole
 * @returns first and last byte; undefined for the whole; `null` where the part lies outside of the file
 */
export function byteRange(
  header: string | undefined,
  sizeBytes: number,
): { from: number; to: number } | undefined | null {
  const [whole, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (whole === undefined || (!first && !last)) return undefined
  const from = first ? Number(first) : Math.max(0, sizeBytes - Number(last))
  const to = first && last ? Math.min(Number(last), sizeBytes - 1) : sizeBytes - 1
  return from > to || from >= sizeBytes ? null : { from, to }
}
