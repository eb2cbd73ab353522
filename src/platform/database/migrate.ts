import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Logger } from '../log.ts'

/** The role that requests and jobs work as; row-level policies bind it. */
export const APPLICATION_ROLE = 'peiban_app'
const LOCK = 7345_2001

export interface Migration {
  room: string
  name: string
  sql: string
  checksum: string
}

/** Numbered SQL files `0001-x.sql` of the platform and of each room's `server/`, in the order of the rooms. */
export function readMigrations(folders: readonly { room: string; folder: string }[]): Migration[] {
  return folders.flatMap(({ room, folder }) =>
    readdirSync(folder)
      .filter((file) => /^\d{4}-.*\.sql$/.test(file))
      .toSorted()
      .map((file) => {
        const sql = readFileSync(join(folder, file), 'utf8')
        return { room, name: file.slice(0, -4), sql, checksum: createHash('sha256').update(sql).digest('hex') }
      }),
  )
}

export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused'
}

/**
 * Brings the database to the newest schema. One process at a time (an advisory lock; a waiting one says for whom it
 * waits), each file in its own transaction together with its row in `migration`. A start without an end in
 * `migration_attempt` is an interrupted run: PostgreSQL has rolled its changes back, so it is only said and run again.
 * @returns the names of the files that were run
 */
export async function migrate(url: string, migrations: readonly Migration[], log?: Logger): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'peiban-migrate' })
  // A connection that is lost fails its statement; unheard, the same error would end the process without a word.
  client.on('error', () => {})
  await client.connect()
  try {
    await lock(client, log)
    await prepare(client)
    const done = await appliedMigrations(client)
    refuseChanged(migrations, done)
    await explainInterrupted(client, done, log)
    const run: string[] = []
    for (const migration of migrations) {
      const key = `${migration.room}/${migration.name}`
      if (done.has(key)) continue
      await apply(client, migration)
      run.push(key)
    }
    return run
  } finally {
    await client.end()
  }
}

/** The files that are not in the database yet. */
export async function pendingMigrations(url: string, migrations: readonly Migration[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ known: boolean }>(`select to_regclass('peiban_migration') is not null known`)
    const done = rows[0]?.known ? await appliedMigrations(client) : new Map<string, string>()
    return migrations.map((m) => `${m.room}/${m.name}`).filter((key) => !done.has(key))
  } finally {
    await client.end()
  }
}

async function lock(client: pg.Client, log?: Logger): Promise<void> {
  const { rows } = await client.query<{ free: boolean }>(`select pg_try_advisory_lock(${LOCK}) free`)
  if (rows[0]?.free) return
  const holder = await client.query<{ pid: number; since: string; application_name: string }>(
    `select a.pid, a.backend_start::text since, a.application_name from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.objid = ${LOCK} and l.granted
       and l.database = (select oid from pg_database where datname = current_database())`,
  )
  const who = holder.rows[0]
  log?.warn({ holder: who }, `another process is migrating (backend ${who?.pid}, since ${who?.since}); waiting for it`)
  await client.query(`set lock_timeout = '120s'`)
  try {
    await client.query(`select pg_advisory_lock(${LOCK})`)
  } catch {
    throw new MigrationRefused(
      `Another process has held the migration lock for two minutes (backend ${who?.pid}, since ${who?.since}). ` +
        `If it is dead, end it with: select pg_terminate_backend(${who?.pid});`,
    )
  }
  await client.query('set lock_timeout = 0')
}

async function prepare(client: pg.Client): Promise<void> {
  await client.query(`
    create table if not exists peiban_migration (
      room text not null, name text not null, checksum text not null,
      applied_at timestamptz not null default now(), primary key (room, name));
    create table if not exists peiban_migration_attempt (
      room text not null, name text not null, started_at timestamptz not null default now(), primary key (room, name));
    do $$ begin
      if not exists (select from pg_roles where rolname = '${APPLICATION_ROLE}') then
        create role ${APPLICATION_ROLE} nologin;
      end if;
      execute format('grant ${APPLICATION_ROLE} to %I', current_user);
      execute format('grant usage on schema public to ${APPLICATION_ROLE}');
    end $$`)
}

async function appliedMigrations(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ room: string; name: string; checksum: string }>('table peiban_migration')
  return new Map(rows.map((row) => [`${row.room}/${row.name}`, row.checksum]))
}

function refuseChanged(migrations: readonly Migration[], done: Map<string, string>): void {
  for (const { room, name, checksum } of migrations) {
    const applied = done.get(`${room}/${name}`)
    if (applied && applied !== checksum)
      throw new MigrationRefused(
        `${room}/${name}.sql was changed after it had been applied to this database. ` +
          'A migration is never edited: restore the file as it was released and add a new one.',
      )
  }
  const shipped = new Set(migrations.map((m) => `${m.room}/${m.name}`))
  const unknown = [...done.keys()].filter((key) => !shipped.has(key))
  if (unknown.length > 0)
    throw new MigrationRefused(
      `This database is newer than this release of Peiban (it knows ${unknown.join(', ')}). ` +
        'Start the release that made it, or restore a backup made by this one.',
    )
}

async function explainInterrupted(client: pg.Client, done: Map<string, string>, log?: Logger): Promise<void> {
  const { rows } = await client.query<{ room: string; name: string; started_at: Date }>(
    'table peiban_migration_attempt',
  )
  for (const { room, name, started_at } of rows)
    if (!done.has(`${room}/${name}`))
      log?.warn(
        { room, name, started_at },
        `migration ${room}/${name} was interrupted; nothing of it remained, it runs again`,
      )
}

async function apply(client: pg.Client, { room, name, sql, checksum }: Migration): Promise<void> {
  await client.query(
    `insert into peiban_migration_attempt (room, name) values ($1, $2)
     on conflict (room, name) do update set started_at = now()`,
    [room, name],
  )
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query('insert into peiban_migration (room, name, checksum) values ($1, $2, $3)', [
      room,
      name,
      checksum,
    ])
    await client.query('delete from peiban_migration_attempt where room = $1 and name = $2', [room, name])
    await client.query('commit')
  } catch (error) {
    // Of a lost connection PostgreSQL has rolled back already.
    await client.query('rollback').catch(() => {})
    throw new Error(`migration ${room}/${name}: ${(error as Error).message}`, { cause: error })
  }
}
