import type { House } from '../../../../platform/context/house.ts'
import { isConnectionLost } from '../../../../platform/database/database.ts'
import { keepReceived } from './keep.ts'
import type { Received } from './received.ts'

/** Keeps what comes in and says when it is safe. */
export interface Receiver {
  /** Resolves when the row is committed; rejects when it could not be, and then nothing of it is kept. */
  keep(row: Received): Promise<void>
  /** Waits until everything handed in is settled. */
  settled(): Promise<void>
}

interface Waiting {
  row: Received
  resolve: () => void
  reject: (error: unknown) => void
}

/** Rows in one statement, and statements under way at once: the second fills while the first is being flushed to disk. */
const ROWS_MAX = 200
const STATEMENTS_MAX = 2
/** A commit that takes longer is answered with "send again"; should it still succeed, the copy is known as such. */
const TIMEOUT_MS = 15_000

/**
 * Gathers what arrives while the former statement is under way and commits it with the next one: one sender waits for
 * one commit, a hundred senders share it. Without a timer, so nobody waits for company.
 */
export function createReceiver(house: House): Receiver {
  const waiting = new Map<string, Waiting[]>()
  const running = new Set<Promise<void>>()

  const flush = async (organizationId: string, batch: Waiting[]): Promise<void> => {
    try {
      await inTime(
        keepTwice(
          house,
          organizationId,
          batch.map((one) => one.row),
        ),
      )
      for (const one of batch) one.resolve()
    } catch (error) {
      for (const one of batch) one.reject(error)
    }
  }
  const start = (): void => {
    while (running.size < STATEMENTS_MAX) {
      const next = waiting.entries().next().value
      if (!next) return
      const [organizationId, rows] = next
      const batch = rows.splice(0, ROWS_MAX)
      waiting.delete(organizationId)
      if (rows.length > 0) waiting.set(organizationId, rows)
      const work = flush(organizationId, batch).finally(() => {
        running.delete(work)
        start()
      })
      running.add(work)
    }
  }
  return {
    keep: (row) =>
      new Promise<void>((resolve, reject) => {
        const rows = waiting.get(row.organizationId)
        if (rows) rows.push({ row, resolve, reject })
        else waiting.set(row.organizationId, [{ row, resolve, reject }])
        // What came in the same turn of the loop goes into the same statement.
        if (running.size < STATEMENTS_MAX) setImmediate(start)
      }),
    async settled() {
      while (running.size > 0 || waiting.size > 0)
        await Promise.race([...running, new Promise((done) => setImmediate(done))])
    },
  }
}

/** A lost connection is tried once more on another one: PostgreSQL may just have been restarted. */
async function keepTwice(house: House, organizationId: string, rows: readonly Received[]): Promise<void> {
  const keep = () =>
    keepReceived(house.databases.of(organizationId), house.sealer, organizationId, rows, house.clock.now())
  try {
    await keep()
  } catch (error) {
    if (!isConnectionLost(error)) throw error
    await keep()
  }
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the database did not answer in time')), TIMEOUT_MS)
  })
  try {
    await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
