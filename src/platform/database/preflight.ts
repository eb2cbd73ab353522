import pg from 'pg'
import { sentence } from './embedded/refusal.ts'
import { APPLICATION_ROLE } from './migrate.ts'

export type FindingCode =
  | 'BadUrl'
  | 'Unreachable'
  | 'PasswordRefused'
  | 'EncryptionRequired'
  | 'DatabaseMissing'
  | 'ServerTooOld'
  | 'NotUtf8'
  | 'MayNotCreateTables'
  | 'MayNotCreateSchemas'
  | 'MayNotCreateTemporary'
  | 'MayNotCreateRole'

/** Something that keeps Peiban from working on a server, with what to do about it, in both languages. */
export interface Finding {
  code: FindingCode
  zh: string
  en: string
}

const OLDEST_MAJOR = 15

/**
 * Looks whether Peiban can live on this PostgreSQL: reachable, new enough, and ours to make tables, schemas and the
 * application's role in. Changes nothing.
 * @returns what is wrong, all of it at once as far as it can be seen; empty when nothing is
 */
export async function checkServer(url: string): Promise<Finding[]> {
  const place = placeOf(url)
  if (!place) return [finding('BadUrl')]
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'peiban-check' })
  // A connection that breaks while we ask rejects the question; the event would only bring the process down.
  client.on('error', () => {})
  try {
    await client.connect()
    return findingsOf(await look(client), place)
  } catch (error) {
    return [explain(error as Error & { code?: string }, place)]
  } finally {
    await client.end().catch(() => {})
  }
}

type Place = { host: string; database: string; user: string }

/** Never holds the password: what is found is printed and logged. */
function placeOf(url: string): Place | undefined {
  try {
    const { protocol, host, pathname, username } = new URL(url)
    if (protocol !== 'postgres:' && protocol !== 'postgresql:') return undefined
    const user = decodeURIComponent(username) || 'postgres'
    return { host: host || 'localhost', user, database: decodeURIComponent(pathname.slice(1)) || user }
  } catch {
    return undefined
  }
}

interface Look {
  version: number
  encoding: string
  tables: boolean
  schemas: boolean
  temporary: boolean
  role: boolean
}

async function look(client: pg.Client): Promise<Look> {
  const { rows } = await client.query<Look>(
    `select current_setting('server_version_num')::int version,
            current_setting('server_encoding') encoding,
            has_schema_privilege('public', 'create') tables,
            has_database_privilege(current_database(), 'create') schemas,
            has_database_privilege(current_database(), 'temporary') temporary,
            rolsuper or rolcreaterole
              or exists (select from pg_roles r where r.rolname = $1 and pg_has_role(r.oid, 'member')) role
     from pg_roles where rolname = current_user`,
    [APPLICATION_ROLE],
  )
  return rows[0]!
}

/** @param seen what the server says of itself and of our rights */
export function findingsOf(seen: Look, { database, user }: { database: string; user: string }): Finding[] {
  const values = { database, user, role: APPLICATION_ROLE }
  return [
    ...(seen.version < OLDEST_MAJOR * 10_000 ? [finding('ServerTooOld', { found: Math.floor(seen.version / 10_000), oldest: OLDEST_MAJOR })] : []),
    ...(seen.encoding !== 'UTF8' ? [finding('NotUtf8', { ...values, encoding: seen.encoding })] : []),
    ...(seen.tables ? [] : [finding('MayNotCreateTables', values)]),
    ...(seen.schemas ? [] : [finding('MayNotCreateSchemas', values)]),
    ...(seen.temporary ? [] : [finding('MayNotCreateTemporary', values)]),
    ...(seen.role ? [] : [finding('MayNotCreateRole', values)]),
  ]
}

function explain(error: Error & { code?: string }, place: Place): Finding {
  if (error.code === '3D000') return finding('DatabaseMissing', place)
  // A server that takes encrypted connections only says so in words alone; its code is that of any refusal.
  if (error.code === '28000' && /no encryption/i.test(error.message)) return finding('EncryptionRequired', place)
  if (error.code?.startsWith('28') || /client password must be a string/i.test(error.message)) return finding('PasswordRefused', place)
  // Several addresses tried at once (::1 and 127.0.0.1) come as one error without a message of its own.
  const reason = error.message || (error as unknown as AggregateError).errors?.map(String).join('; ') || String(error.code)
  return finding('Unreachable', { ...place, reason })
}

function finding(code: FindingCode, values: Record<string, string | number> = {}): Finding {
  return { code, ...sentence(code, values) }
}
