import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import {
  brokenConstraint,
  createDatabases,
  createPool,
  isConnectionLost,
  isRetryable,
  type Databases,
  type Db,
} from './database.ts'
import { APPLICATION_ROLE } from './migrate.ts'

const [ONE, TWO] = ['0190b5a0-0000-7000-8000-000000000001', '0190b5a0-0000-7000-8000-000000000002']
const name = `peiban_${randomBytes(6).toString('hex')}`
const url = inject('serverUrl').replace('DATABASE', name)

async function administer(database: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('serverUrl').replace('DATABASE', database) })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

beforeAll(async () => {
  await administer('postgres', `create database ${name} template ${inject('templateDatabase')}`)
  await administer(
    name,
    `create table note (organization_id uuid not null, n int not null check (n >= 0), text text, primary key (organization_id, n));
     call peiban_tenant_table('note');
     insert into note select id, n, id::text from unnest('{${ONE},${TWO}}'::uuid[]) id, generate_series(1, 3) n`,
  )
})
afterAll(() => administer('postgres', `drop database ${name} with (force)`))

const opened: Databases[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((databases) => databases.close()))
})

/** Over one connection, so that each use finds what the one before it has left. */
function overOneConnection({ asOwner = false } = {}): Databases {
  const databases = createDatabases(createPool({ url, max: 1, role: asOwner ? undefined : APPLICATION_ROLE }))
  opened.push(databases)
  return databases
}

const notesOf = async (db: Db): Promise<string[]> => {
  const { rows } = await sql<{ organization_id: string }>`select distinct organization_id from note`.execute(db)
  return rows.map((row) => row.organization_id)
}
const pidOf = async (db: Db): Promise<number> =>
  (await sql<{ pid: number }>`select pg_backend_pid() pid`.execute(db)).rows[0]!.pid
const settingOf = async (databases: Databases): Promise<string> =>
  (await databases.pool.query<{ it: string }>(`select current_setting('peiban.organization_id', true) it`)).rows[0]!.it

describe('organizations that share one connection', () => {
  test('never see each other, however their statements alternate', async () => {
    const databases = overOneConnection()
    const uses = Array.from({ length: 200 }, (_, n) => [ONE, TWO, ''][(n * 7) % 3]!)
    const seen = await Promise.all(uses.map((id) => notesOf(id ? databases.of(id) : databases.none)))
    expect(seen).toEqual(uses.map((id) => (id ? [id] : [])))
  })

  test('nor inside of transactions, of which some fail', async () => {
    const databases = overOneConnection()
    const uses = Array.from({ length: 60 }, (_, n) => [ONE, TWO][(n * 3) % 2]!)
    const seen = await Promise.allSettled(
      uses.map((id, n) =>
        databases
          .of(id)
          .transaction()
          .execute(async (tx) => {
            if (n % 5 === 0) await sql`select 1 / 0`.execute(tx)
            return notesOf(tx)
          }),
      ),
    )
    seen.forEach((result, n) => {
      if (n % 5 === 0) expect(result).toMatchObject({ status: 'rejected', reason: { code: '22012' } })
      else expect(result).toEqual({ status: 'fulfilled', value: [uses[n]] })
    })
  })

  test('cannot write for each other, nor take from each other', async () => {
    const db = overOneConnection().of(ONE)
    await expect(sql`insert into note values (${TWO}, 9, '')`.execute(db)).rejects.toMatchObject({ code: '42501' })
    expect((await sql`update note set text = '' where organization_id = ${TWO}`.execute(db)).numAffectedRows).toBe(0n)
    expect((await sql`delete from note where organization_id = ${TWO}`.execute(db)).numAffectedRows).toBe(0n)
  })

  test('the wall is the role: the owner of the tables sees all of them', async () => {
    expect(await notesOf(overOneConnection({ asOwner: true }).of(ONE))).toHaveLength(2)
  })

  test('a transaction sets the organization for itself, whatever the connection was left with', async () => {
    const databases = overOneConnection()
    await notesOf(databases.of(ONE))
    await databases.pool.query(`set peiban.organization_id = '${TWO}'`)
    expect(await databases.of(ONE).transaction().execute(notesOf)).toEqual([ONE])
    expect(await settingOf(databases)).toBe(TWO)
  })

  test.each(["'; drop table note; --", `${ONE}'`, 'x'])('%j is no organization', (id) => {
    expect(() => overOneConnection().of(id)).toThrow(TypeError)
  })
})

describe('a connection that breaks', () => {
  test('while nobody uses it is replaced', async () => {
    const databases = overOneConnection()
    const db = databases.of(ONE)
    const pid = await pidOf(db)
    const gone = new Promise((resolve) => databases.pool.once('remove', resolve))
    await administer(name, `select pg_terminate_backend(${pid})`)
    await gone
    expect(await pidOf(db)).not.toBe(pid)
    expect(await notesOf(db)).toEqual([ONE])
  })

  test('in a transaction fails that transaction only, and nothing of it remains', async () => {
    const db = overOneConnection().of(ONE)
    const broken = db.transaction().execute(async (tx) => {
      await sql`insert into note values (${ONE}, 50, 'half')`.execute(tx)
      await administer(name, `select pg_terminate_backend(${await pidOf(tx)})`)
      await sql`insert into note values (${ONE}, 51, 'half')`.execute(tx)
    })
    await expect(broken).rejects.toThrow()
    expect((await sql`select from note where n >= 50`.execute(db)).rows).toEqual([])
    expect(await db.transaction().execute(notesOf)).toEqual([ONE])
  })
})

describe('what PostgreSQL refuses is known by its code', () => {
  const refusalOf = (statement: string): Promise<unknown> =>
    sql
      .raw(statement)
      .execute(overOneConnection().of(ONE))
      .then(
        () => undefined,
        (error: unknown) => error,
      )

  test.each([
    ['a row that is there already', `insert into note values ('${ONE}', 1, '')`, 'note_pkey', false],
    ['a value that may not be', `insert into note values ('${ONE}', -1, '')`, 'note_n_check', false],
    ['a division by zero', 'select 1 / 0', undefined, false],
    ['a serialization failure', `do $$ begin raise exception 'x' using errcode = '40001'; end $$`, undefined, true],
    ['a deadlock', `do $$ begin raise exception 'x' using errcode = '40P01'; end $$`, undefined, true],
  ])('%s', async (_what, statement, constraint, retryable) => {
    const refusal = await refusalOf(statement)
    expect(refusal).toBeInstanceOf(Error)
    expect(brokenConstraint(refusal)).toBe(constraint)
    expect(isRetryable(refusal)).toBe(retryable)
    expect(isConnectionLost(refusal)).toBe(false)
  })

  test.each(['08006', '57P01', '57P03', '53300', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE'])(
    '%s means that the connection is gone',
    (code) => {
      expect(isConnectionLost(Object.assign(new Error(), { code }))).toBe(true)
    },
  )

  test('a connection that another session ends says so, at once and ever after', async () => {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    await client.connect()
    const errorOf = (text: string) =>
      client.query(text).then(
        () => undefined,
        (error: unknown) => error,
      )
    const errors = [await errorOf('select pg_terminate_backend(pg_backend_pid())'), await errorOf('select 1')]
    expect(errors.map((error) => isConnectionLost(error))).toEqual([true, true])
  })
})

test('dates stay text, instants become dates, big numbers numbers', async () => {
  const { rows } =
    await sql`select date '2026-03-02' d, timestamptz '2026-03-02 10:00+08' t, 9007199254740991::bigint b,
    1.25::numeric m, '{2026-03-02,2026-03-03}'::date[] ds, '{}'::date[] none, null::date nothing`.execute(
      overOneConnection().none,
    )
  expect(rows).toEqual([
    {
      d: '2026-03-02',
      t: new Date('2026-03-02T02:00:00Z'),
      b: 9007199254740991,
      m: 1.25,
      ds: ['2026-03-02', '2026-03-03'],
      none: [],
      nothing: null,
    },
  ])
})
