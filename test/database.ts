import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrationFolders } from '../src/apps/rooms.ts'
import { installJobQueue } from '../src/apps/install.ts'
import { startEmbedded } from '../src/platform/database/embedded.ts'
import { migrate, readMigrations } from '../src/platform/database/migrate.ts'
import { silent } from '../src/platform/log.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's URL with `DATABASE` in place of the name. */
    serverUrl: string
    templateDatabase: string
    /** Where test files keep what their houses write down; gone with the run. */
    scratchFolder: string
  }
}

/**
 * One PostgreSQL for all tests: a throw-away embedded one, or that of PEIBAN_TEST_DATABASE_URL. The schema is made once
 * into a template; each test file gets its own database from it, and a folder of its own for files.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const own = process.env['PEIBAN_TEST_DATABASE_URL']
  const folder = own ? undefined : mkdtempSync(join(place(), PREFIX))
  // Of the log only as much as a memory of its own can spare.
  const server = folder ? await startEmbedded({ folder, durable: false, settings: { max_wal_size: '1GB' } }) : undefined
  const url = new URL(own ?? server!.url)
  const template = `peiban_template_${createHash('sha1').update(randomBytes(8)).digest('hex').slice(0, 8)}`
  await withClient(String(url), (client) => client.query(`create database ${template}`))
  url.pathname = `/${template}`
  await migrate(String(url), readMigrations(migrationFolders))
  await installJobQueue(String(url), silent)
  const serverUrl = String(Object.assign(new URL(url), { pathname: '/DATABASE' }))
  project.provide('serverUrl', serverUrl)
  project.provide('templateDatabase', template)
  sweep(tmpdir(), FILES_PREFIX)
  const scratch = mkdtempSync(join(tmpdir(), FILES_PREFIX))
  project.provide('scratchFolder', scratch)
  return async () => {
    // Of a test file that failed on its way, or was ended, its folder is still there.
    rmSync(scratch, { recursive: true, force: true })
    await dropDatabase(serverUrl, template)
    await server?.stop()
    if (folder) rmSync(folder, { recursive: true, force: true })
  }
}

const PREFIX = 'peiban-test-'
const FILES_PREFIX = 'peiban-files-'
const MEMORY = '/dev/shm'
const GB = 1024 ** 3

/**
 * In memory where there is plenty, else on disk: a database is sixteen hundred files, and making one costs a quarter there.
 * What a killed run has left there goes after a day.
 */
function place(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    if (bavail * bsize < 4 * GB || process.availableMemory() < 6 * GB) return tmpdir()
    sweep(MEMORY, PREFIX)
    return MEMORY
  } catch {
    return tmpdir()
  }
}

/** Takes away what runs of yesterday and before have left: they were killed. */
function sweep(folder: string, prefix: string): void {
  const yesterday = Date.now() - 86_400_000
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(prefix))) {
    const path = join(folder, name)
    // Another run may be sweeping too, or the folder be somebody else's.
    const since = statSync(path, { throwIfNoEntry: false })
    if (since && since.mtimeMs < yesterday && since.uid === process.getuid?.()) rmSync(path, { recursive: true, force: true })
  }
}

/** The statement that makes a database like the template; copying its files costs half of copying it by the log. */
export function likeTemplate(name: string, template: string): string {
  return `create database ${name} template ${template} strategy file_copy`
}

/**
 * Drops a test's database. By itself `drop database` ends a cleaner that is at work there and waits five seconds for
 * whoever is just leaving. Who stays is ended by name: `with (force)` would end the cleaner too, which is the
 * superuser's, and is refused to a role that is none.
 */
export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await withClient(serverUrl.replace('DATABASE', 'postgres'), async (client) => {
    const drop = () => client.query(`drop database ${name}`)
    await drop().catch(async () => {
      await client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = current_user',
        [name],
      )
      await drop()
    })
  })
}

export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}
