/** Nothing heard of a connection for so long: it died with its machine, and another may take its place. */
const SILENT_AFTER_MS = 20_000

export interface Held {
  connection: string | null
  seenAt: Date | null
}

/** Whether a connection may bring the sound of this stream. */
export function isStreamFree({ connection, seenAt }: Held, now: Date): boolean {
  return connection === null || seenAt === null || now.getTime() - seenAt.getTime() > SILENT_AFTER_MS
}

/** Ahead of the clock by as much as a line may hold back and then let go. */
const AHEAD_BYTES = 30 * 16_000

/** Speech comes as fast as people speak. What comes faster is no call, and would fill the disk. */
export function isTooFast(bytes: number, elapsedMs: number): boolean {
  return bytes > AHEAD_BYTES + (elapsedMs / 1000) * 16_000 * 2
}
