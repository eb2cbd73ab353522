/** What is to be sent, in the order it was spoken. */
export interface QueuedPiece {
  number: number
  key: string
  blob: Blob
  durationMs: number
  peaks: readonly number[]
}

export interface PieceQueue {
  add: (piece: QueuedPiece) => void
  /** Pieces that have not arrived. */
  waiting: () => number
  /** Why nothing more is sent; undefined as long as something may be. */
  refusal: () => Error | undefined
  /** Resolves when nothing waits any more, or nothing more may be sent. */
  settled: () => Promise<void>
}

export interface QueueWays {
  send: (piece: QueuedPiece) => Promise<unknown>
  /** Whether the same piece may be sent again: nobody was reached. */
  mayRetry: (error: unknown) => boolean
  wait: (ms: number) => Promise<void>
  onChange?: () => void
}

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 15_000

/**
 * Sends pieces one after another, and each until it has arrived: when the line is gone they wait here, in memory and
 * nowhere on a disk, and go when it is back.
 */
export function createPieceQueue({ send, mayRetry, wait, onChange = () => {} }: QueueWays): PieceQueue {
  const waiting: QueuedPiece[] = []
  let refusal: Error | undefined
  let running: Promise<void> | undefined
  async function run(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS
    for (let piece = waiting[0]; piece && !refusal; piece = waiting[0]) {
      try {
        await send(piece)
        waiting.shift()
        pauseMs = FIRST_PAUSE_MS
      } catch (error) {
        if (mayRetry(error)) {
          await wait(pauseMs)
          pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
        } else {
          refusal = error as Error
          waiting.length = 0
        }
      }
      onChange()
    }
    running = undefined
  }
  return {
    add(piece) {
      if (refusal) return
      waiting.push(piece)
      running ??= run()
      onChange()
    },
    waiting: () => waiting.length,
    refusal: () => refusal,
    async settled() {
      while (running) await running
    },
  }
}
