import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import pg from 'pg'
import { afterAll, afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { createLogger } from '../log.ts'
import { migrate, pendingMigrations, readMigrations, type Migration } from './migrate.ts'

const scratch = mkdtempSync(join(tmpdir(), 'peiban-migrations-'))
afterAll(() => rmSync(scratch, { recursive: true }))

let name = ''
let url = ''
let said = ''
let log = createLogger()
beforeEach(async () => {
  name = `peiban_${randomBytes(6).toString('hex')}`
  url = inject('serverUrl').replace('DATABASE', name)
  await ask('postgres', `create database ${name}`)
  said = ''
  const destination = new Writable({ write: (chunk, _encoding, done) => done(void (said += String(chunk))) })
  log = createLogger({ destination })
})
afterEach(() => ask('postgres', `drop database ${name} with (force)`))

async function ask<T extends pg.QueryResultRow>(database: string, statement: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: inject('serverUrl').replace('DATABASE', database) })
  await client.connect()
  try {
    return (await client.query<T>(statement)).rows
  } finally {
    await client.end()
  }
}

const tables = async (): Promise<string[]> =>
  (
    await ask<{ it: string }>(
      name,
      `select tablename it from pg_tables where schemaname = 'public' and tablename not like 'peiban%' order by 1`,
    )
  ).map((row) => row.it)

/** Migration files of a release: `{ 'card/0001-card': 'create table …' }`. */
function release(files: Record<string, string>): Migration[] {
  const folder = mkdtempSync(join(scratch, 'release-'))
  const rooms = [...new Set(Object.keys(files).map((key) => key.split('/')[0]!))]
  for (const room of rooms) mkdirSync(join(folder, room))
  for (const [key, text] of Object.entries(files)) writeFileSync(join(folder, `${key}.sql`), text)
  for (const room of rooms) writeFileSync(join(folder, room, 'notes.sql'), 'this is no migration')
  return readMigrations(rooms.map((room) => ({ room, folder: join(folder, room) })))
}

const CARD = { 'card/0001-card': 'create table card (id int)' }
const MORE = {
  'card/0002-state': 'alter table card add state text; create table card_log (id int)',
  'tag/0001-tag': 'create table tag (id int)',
}

test('files run once, room by room and number by number', async () => {
  const files = release({ ...CARD, 'card/0010-late': 'create view late as select state from card', ...MORE })
  const run = await migrate(url, files)
  expect(run).toEqual(['card/0001-card', 'card/0002-state', 'card/0010-late', 'tag/0001-tag'])
  expect(await migrate(url, files)).toEqual([])
  expect(await tables()).toEqual(['card', 'card_log', 'tag'])
})

test('a new release runs only what is new, and says beforehand what that is', async () => {
  expect(await pendingMigrations(url, release(CARD))).toEqual(['card/0001-card'])
  await migrate(url, release(CARD))
  const next = release({ ...CARD, ...MORE })
  expect(await pendingMigrations(url, next)).toEqual(['card/0002-state', 'tag/0001-tag'])
  expect(await migrate(url, next)).toEqual(['card/0002-state', 'tag/0001-tag'])
  expect(await pendingMigrations(url, next)).toEqual([])
})

describe('is refused, and nothing is run', () => {
  test('a file that was changed after it had been applied', async () => {
    await migrate(url, release(CARD))
    const changed = release({ 'card/0001-card': 'create table card (id bigint)', ...MORE })
    await expect(migrate(url, changed)).rejects.toMatchObject({
      name: 'MigrationRefused',
      message: expect.stringMatching(/^card\/0001-card\.sql was changed .* restore the file .* add a new one\.$/),
    })
    expect(await tables()).toEqual(['card'])
  })

  test('a database that is newer than the release', async () => {
    await migrate(url, release({ ...CARD, ...MORE }))
    await expect(migrate(url, release(CARD))).rejects.toMatchObject({
      name: 'MigrationRefused',
      message: expect.stringMatching(
        /newer than this release.*card\/0002-state, tag\/0001-tag.*Start the release that made it/,
      ),
    })
  })
})

test('a file that fails leaves nothing of itself, keeps those before it, and runs again once it is mended', async () => {
  const failing = release({
    ...CARD,
    'card/0002-state': `${MORE['card/0002-state']}; insert into card values (1, 2, 3)`,
  })
  await expect(migrate(url, failing)).rejects.toThrow(/^migration card\/0002-state: INSERT has more expressions/)
  expect(await tables()).toEqual(['card'])
  expect(await migrate(url, release({ ...CARD, ...MORE }))).toEqual(['card/0002-state', 'tag/0001-tag'])
  expect(await tables()).toEqual(['card', 'card_log', 'tag'])
})

describe('while a migration is under way', () => {
  const slow = () =>
    release({ ...CARD, 'card/0002-slow': 'create table half (id int); lock table gate; create table whole (id int)' })
  let gate: pg.Client
  beforeEach(async () => {
    gate = new pg.Client({ connectionString: url })
    await gate.connect()
    await gate.query('create table gate (id int)')
    await gate.query('begin; lock table gate')
  })
  afterEach(() => gate.end())

  const backend = () =>
    vi.waitFor(
      async () => {
        const rows = await ask<{ pid: number }>(
          name,
          `select pid from pg_stat_activity where datname = '${name}' and application_name = 'peiban-migrate' and query like '%lock table gate%' and wait_event_type = 'Lock'`,
        )
        expect(rows).toHaveLength(1)
        return rows[0]!.pid
      },
      { timeout: 20_000, interval: 50 },
    )

  test('a second process waits, says for whom, and finds everything done', async () => {
    const first = migrate(url, slow())
    const pid = await backend()
    const second = migrate(url, slow(), log)
    await vi.waitFor(() => expect(said).toContain(`another process is migrating (backend ${pid}, since`), {
      timeout: 20_000,
    })
    await gate.query('rollback')
    expect(await Promise.all([first, second])).toEqual([['card/0001-card', 'card/0002-slow'], []])
  })

  test('its end leaves nothing half done; the next run says so and does it again', async () => {
    const first = migrate(url, slow())
    const refused = expect(first).rejects.toThrow(/card\/0002-slow: terminating connection/)
    const pid = await backend()
    await ask(name, `select pg_terminate_backend(${pid})`)
    await refused
    expect(await tables()).toEqual(['card', 'gate'])
    await gate.query('rollback')
    expect(await migrate(url, slow(), log)).toEqual(['card/0002-slow'])
    expect(said).toContain('migration card/0002-slow was interrupted; nothing of it remained, it runs again')
    expect(await tables()).toEqual(['card', 'gate', 'half', 'whole'])
    said = ''
    await migrate(url, slow(), log)
    expect(said).toBe('')
  })
})

test('many processes that start at once run each file once', async () => {
  const files = release({ ...CARD, ...MORE })
  const runs = await Promise.all(Array.from({ length: 5 }, () => migrate(url, files)))
  expect(runs.flat().toSorted()).toEqual(['card/0001-card', 'card/0002-state', 'tag/0001-tag'])
})
