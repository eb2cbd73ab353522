import { sql } from 'kysely'
import type { Db, Transaction } from './database.ts'

/** SQLSTATE query_canceled: by its time limit, or because somebody broke it off. */
const CANCELLED = '57014'

export type Bounded<T> = { done: T } | { ended: 'too-long' | 'superseded' }

interface Running {
  processId: number
  db: Db
  isSuperseded: boolean
  breakingOff: Promise<void> | undefined
}

/**
 * Reads that may take long while somebody is still typing: each has a time limit in the database, and the former one of
 * the same key is broken off when the next one comes. Keys are known to this process; another one's ends by its limit.
 */
export class BoundedReads {
  readonly #running = new Map<string, Running>()

  async read<T>(
    db: Db,
    { key, limitMs }: { key: string; limitMs: number },
    use: (tx: Transaction) => Promise<T>,
  ): Promise<Bounded<T>> {
    const own: Running = { processId: 0, db, isSuperseded: false, breakingOff: undefined }
    const former = this.#running.get(key)
    this.#running.set(key, own)
    if (former) breakOff(former)
    try {
      return await db.transaction().execute(async (tx) => {
        await sql`set local statement_timeout = ${sql.lit(limitMs)}`.execute(tx)
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() pid`.execute(tx)
        if (own.isSuperseded) return { ended: 'superseded' as const }
        own.processId = rows[0]!.pid
        try {
          return { done: await use(tx) }
        } finally {
          own.processId = 0
          // What was sent to break this one off must not meet the next statement of the connection.
          await own.breakingOff
        }
      })
    } catch (error) {
      if ((error as { code?: string }).code !== CANCELLED) throw error
      return { ended: own.isSuperseded ? 'superseded' : 'too-long' }
    } finally {
      if (this.#running.get(key) === own) this.#running.delete(key)
    }
  }
}

function breakOff(running: Running): void {
  running.isSuperseded = true
  const { processId, db } = running
  if (processId === 0) return
  running.breakingOff = db
    .transaction()
    .execute(async (tx) => {
      // The role that works here may not signal; the one that has signed in is the same on both connections.
      await sql`set local role none`.execute(tx)
      await sql`select pg_cancel_backend(${processId})`.execute(tx)
    })
    // Then it ends by its limit.
    .catch(() => {})
}
