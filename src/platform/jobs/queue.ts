import { fromKysely, PgBoss, type Job } from 'pg-boss'
import type pg from 'pg'
import type { EnqueueOptions } from '../context/context.ts'
import type { House } from '../context/house.ts'
import type { JobHandler } from '../context/room.ts'
import type { Transaction } from '../database/database.ts'
import type { Logger } from '../log.ts'

export interface JobEnvelope {
  organizationId: string
  payload: unknown
}

/** Jobs are stored in the caller's transaction: a job exists if and only if what asked for it does. */
export interface JobQueue {
  send(tx: Transaction, name: string, envelope: JobEnvelope, options: EnqueueOptions & { key: string }): Promise<void>
  /** Takes up work on all handlers. */
  work(house: House, handlers: readonly JobHandler[]): Promise<void>
  /** Runs everything that waits, at once, and returns how many: for tests and `peiban` commands. */
  drain(house: House, handlers: readonly JobHandler[]): Promise<number>
  stop(): Promise<void>
}

export interface QueueOptions {
  pool: pg.Pool
  log: Logger
  handlers: readonly JobHandler[]
  /** Only the process that owns the schema may create it. */
  install?: boolean
}

/** Opens pg-boss over the house's pool. See docs/decisions/0005-jobs.md. */
export async function openJobQueue({ pool, log, handlers, install = false }: QueueOptions): Promise<JobQueue> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values as unknown[]) },
    schema: 'pgboss',
    migrate: install,
    createSchema: install,
    supervise: install,
    schedule: false,
  })
  boss.on('error', (error) => log.error({ err: error }, 'job queue'))
  await boss.start()
  if (install)
    for (const { job } of handlers)
      // `short`: at most one job of a key waits; it is by this policy only that a key means anything.
      await boss.createQueue(job.name, {
        policy: 'short',
        retryLimit: 5,
        retryBackoff: true,
        retryDelay: 1,
        expireInSeconds: 3600,
      })

  const run = async (house: House, handler: JobHandler, jobs: Job<JobEnvelope>[]): Promise<void> => {
    for (const { data } of jobs)
      await handler.handle(house, data.organizationId, handler.job.payload.parse(data.payload) as never)
  }

  return {
    async send(tx, name, envelope, { startAfter, key }) {
      await boss.send(name, envelope, {
        db: fromKysely(tx),
        ...(startAfter ? { startAfter } : {}),
        singletonKey: key,
      })
    },
    async work(house, all) {
      for (const handler of all)
        await boss.work<JobEnvelope>(
          handler.job.name,
          { pollingIntervalSeconds: 1, localConcurrency: handler.concurrency ?? 1 },
          (jobs) => run(house, handler, jobs),
        )
    },
    async drain(house, all) {
      let count = 0
      for (let found = true; found;) {
        found = false
        for (const handler of all) {
          const jobs = await boss.fetch<JobEnvelope>(handler.job.name, { batchSize: 20 })
          if (jobs.length === 0) continue
          found = true
          count += jobs.length
          for (const job of jobs) {
            await run(house, handler, [job])
            await boss.complete(handler.job.name, job.id)
          }
        }
      }
      return count
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: 20_000, close: false })
    },
  }
}
