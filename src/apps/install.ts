import pg from 'pg'
import { APPLICATION_ROLE } from '../platform/database/migrate.ts'
import { openJobQueue } from '../platform/jobs/queue.ts'
import type { Logger } from '../platform/log.ts'
import { loadRooms } from './rooms.ts'

/** Creates the job tables and one queue per kind of job, as the owner, and lets the application role use them. */
export async function installJobQueue(url: string, log: Logger): Promise<void> {
  const rooms = await loadRooms()
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  try {
    const queue = await openJobQueue({ pool, log, handlers: rooms.flatMap((room) => room.jobs ?? []), install: true })
    await queue.stop()
    await pool.query(`
      grant usage on schema pgboss to ${APPLICATION_ROLE};
      grant select, insert, update, delete on all tables in schema pgboss to ${APPLICATION_ROLE};
      grant execute on all functions in schema pgboss to ${APPLICATION_ROLE};
      alter default privileges in schema pgboss grant select, insert, update, delete on tables to ${APPLICATION_ROLE}`)
  } finally {
    await pool.end()
  }
}
