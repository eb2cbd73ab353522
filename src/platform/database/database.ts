import {
  type CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  type Transaction as KyselyTransaction,
  type TransactionSettings,
} from 'kysely'
import pg from 'pg'
import type { Database } from './schema.ts'

export type Db = Kysely<Database>
/** A function that takes `Transaction` cannot be called outside of one. */
export type Transaction = KyselyTransaction<Database>

/** Dates stay text (`YYYY-MM-DD`), instants become `Date`, bigint and numeric become numbers. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === pg.types.builtins.DATE) return (value: string) => value
    if (oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC) return Number
    if (oid === 1182) return (value: string) => (value === '{}' ? [] : value.slice(1, -1).split(','))
    return pg.types.getTypeParser(oid, format)
  }) as pg.CustomTypesConfig['getTypeParser'],
}

export interface PoolOptions {
  url: string
  max?: number
  /** The role to work as. Row-level policies bind it, since it neither owns the tables nor bypasses them. */
  role?: string | undefined
  applicationName?: string
}

export function createPool({ url, max = 16, role, applicationName = 'peiban' }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    application_name: applicationName,
    idleTimeoutMillis: 30_000,
    ...(role ? { options: `-c role=${role}` } : {}),
  })
  // An idle connection that breaks is replaced at the next checkout; the error has no other listener.
  pool.on('error', () => {})
  // One that breaks while it is in use fails its statement; unheard, the same error would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/**
 * Hands out a database per organization: every statement through it runs with the connection's
 * `peiban.organization_id` set, which is what the row-level policies read. Store functions filter by organization
 * besides; either wall alone is enough, and the tests try both.
 */
export interface Databases {
  of(organizationId: string): Db
  /** No organization: sees the tables without policies only (organizations, the job tables). */
  readonly none: Db
  readonly pool: pg.Pool
  close(): Promise<void>
}

export function createDatabases(pool: pg.Pool): Databases {
  const known = new Map<string, Db>()
  const of = (organizationId: string): Db => {
    let db = known.get(organizationId)
    if (!db) {
      if (organizationId && !/^[0-9a-f-]{36}$/.test(organizationId))
        throw new TypeError('organization id is not a UUID')
      db = new Kysely<Database>({ dialect: new OrganizationDialect(pool, organizationId) })
      known.set(organizationId, db)
    }
    return db
  }
  return { of, none: of(''), pool, close: () => pool.end() }
}

class OrganizationDialect implements Dialect {
  readonly #pool: pg.Pool
  readonly #organizationId: string
  constructor(pool: pg.Pool, organizationId: string) {
    this.#pool = pool
    this.#organizationId = organizationId
  }
  createDriver = (): Driver => new OrganizationDriver(this.#pool, this.#organizationId)
  createQueryCompiler = () => new PostgresQueryCompiler()
  createAdapter = () => new PostgresAdapter()
  createIntrospector = (db: Kysely<unknown>) => new PostgresIntrospector(db)
}

/** Remembers for which organization a pooled connection is set, so that it is set again only when that changes. */
const organizationOfClient = new WeakMap<pg.PoolClient, string>()

class OrganizationDriver implements Driver {
  readonly #pool: pg.Pool
  readonly #organizationId: string
  constructor(pool: pg.Pool, organizationId: string) {
    this.#pool = pool
    this.#organizationId = organizationId
  }

  async init(): Promise<void> {}
  async destroy(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const client = await this.#pool.connect()
    if ((organizationOfClient.get(client) ?? '') !== this.#organizationId) {
      try {
        await client.query(`set peiban.organization_id = '${this.#organizationId}'`)
        organizationOfClient.set(client, this.#organizationId)
      } catch (error) {
        client.release(true)
        throw error
      }
    }
    return new PgConnection(client)
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    ;(connection as PgConnection).release()
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const level = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : ''
    // `set local` beside `begin` in one round trip: on a Citus cluster only local settings reach the shards.
    const local = this.#organizationId ? `; set local peiban.organization_id = '${this.#organizationId}'` : ''
    await (connection as PgConnection).client.query(`begin${level}${local}`)
  }

  commitTransaction = (connection: DatabaseConnection) => this.#end(connection, 'commit')
  rollbackTransaction = (connection: DatabaseConnection) => this.#end(connection, 'rollback')
  savepoint = (connection: DatabaseConnection, name: string) => this.#end(connection, `savepoint "${name}"`)
  rollbackToSavepoint = (connection: DatabaseConnection, name: string) =>
    this.#end(connection, `rollback to savepoint "${name}"`)
  releaseSavepoint = (connection: DatabaseConnection, name: string) =>
    this.#end(connection, `release savepoint "${name}"`)

  async #end(connection: DatabaseConnection, statement: string): Promise<void> {
    await (connection as PgConnection).client.query(statement)
  }
}

class PgConnection implements DatabaseConnection {
  readonly client: pg.PoolClient
  #broken = false
  constructor(client: pg.PoolClient) {
    this.client = client
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const { sql: text } = query
      const values = query.parameters as unknown[]
      const name = preparedName(text)
      const result = name
        ? await this.client.query<R & pg.QueryResultRow>({ name, text, values })
        : await this.client.query<R & pg.QueryResultRow>(text, values)
      return { rows: result.rows, numAffectedRows: BigInt(result.rowCount ?? 0) }
    } catch (error) {
      if (isConnectionLost(error)) this.#broken = true
      throw error
    }
  }

  // oxlint-disable-next-line require-yield -- cursors are taken on the pool itself where a stream is wanted
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming goes through copy-streams')
  }

  release(): void {
    this.client.release(this.#broken)
  }
}

/** Begins a large statement that is run often: each connection plans it once. See `preparedName`. */
export const PREPARED = '/* prepared */'

const preparedNames = new Map<string, string>()

/**
 * The name under which PostgreSQL keeps the plan of a statement that begins with `PREPARED`. Planning the patient's page
 * takes three times as long as reading it. Worth it only for texts that do not vary: there is a limit to how many are kept.
 */
function preparedName(text: string): string | undefined {
  if (!text.startsWith(PREPARED)) return undefined
  let name = preparedNames.get(text)
  if (!name && preparedNames.size < 200) preparedNames.set(text, (name = `peiban_${preparedNames.size}`))
  return name
}

/** What pg says of a connection that went, or did not come, without any code. */
const LOST =
  /^(?:Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect)/
const LOST_CODES = new Set(['ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'EPIPE', '53300'])

/** The statement itself is not to blame: over another connection, or a little later, it may do. */
export function isConnectionLost(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return code.startsWith('08') || code.startsWith('57P') || LOST_CODES.has(code) || (code === '' && LOST.test(message))
}

/** The constraint a write broke, for turning a unique violation into a refusal. */
export function brokenConstraint(error: unknown): string | undefined {
  const { code, constraint } = error as { code?: string; constraint?: string }
  return code === '23505' || code === '23503' || code === '23P01' || code === '23514' ? constraint : undefined
}

/** Deadlocks and serialization failures: the same transaction may simply be tried again. */
export function isRetryable(error: unknown): boolean {
  const code = (error as { code?: string }).code
  return code === '40001' || code === '40P01'
}
