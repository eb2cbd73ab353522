import pg from 'pg'
import { SUPERUSER } from './cluster.ts'

/** The role that owns Peiban's database: it may create databases and roles, and row-level policies can bind it. */
const ROLE = 'peiban'
const DATABASE = 'peiban'

export function urlFor(port: number, password: string, role = ROLE, database = DATABASE): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${database}`
}

/** Of Peiban's database, over the Unix socket in `folder` where there is one. Drivers and psql alike read `host` there. */
export function ownUrl(port: number, password: string, folder: string | undefined): string {
  return urlFor(port, password) + (folder === undefined ? '' : `?host=${encodeURIComponent(folder)}`)
}

/** Makes role and database if they are not there yet: a start interrupted in between mends itself. */
export async function ensureDatabase(port: number, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlFor(port, password, SUPERUSER, 'postgres') })
  await client.connect()
  try {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(
      `select exists(select from pg_roles where rolname = $1) role, exists(select from pg_database where datname = $2) database`,
      [ROLE, DATABASE],
    )
    if (!rows[0]?.role)
      await client.query(`create role ${ROLE} login createdb createrole password ${client.escapeLiteral(password)}`)
    if (!rows[0]?.database) await client.query(`create database ${DATABASE} owner ${ROLE}`)
  } finally {
    await client.end()
  }
}

/** Whether the server answers a query within three seconds. */
export async function answers(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: urlFor(port, password, SUPERUSER, 'postgres'),
    connectionTimeoutMillis: 3_000,
    query_timeout: 3_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
