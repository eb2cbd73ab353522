import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
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
  }
}

/**
 * One PostgreSQL for all tests: a throw-away embedded one, or that of PEIBAN_TEST_DATABASE_URL. The schema is made once
 * into a template; each test file gets its own database from it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const own = process.env['PEIBAN_TEST_DATABASE_URL']
  const folder = own ? undefined : mkdtempSync(join(tmpdir(), 'peiban-test-'))
  const server = folder ? await startEmbedded({ folder, durable: false }) : undefined
  const url = new URL(own ?? server!.url)
  const template = `peiban_template_${createHash('sha1').update(randomBytes(8)).digest('hex').slice(0, 8)}`
  await withClient(String(url), (client) => client.query(`create database ${template}`))
  url.pathname = `/${template}`
  await migrate(String(url), readMigrations(migrationFolders))
  await installJobQueue(String(url), silent)
  const serverUrl = String(Object.assign(new URL(url), { pathname: '/DATABASE' }))
  project.provide('serverUrl', serverUrl)
  project.provide('templateDatabase', template)
  return async () => {
    await dropDatabase(serverUrl, template)
    await server?.stop()
    if (folder) rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Drops a test's database. By itself `drop database` ends a cleaner that is at work there and waits for whoever is just
 * leaving; `with (force)` may not end a cleaner, which is the superuser's, and comes only where somebody stays.
 */
export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await withClient(serverUrl.replace('DATABASE', 'postgres'), (client) =>
    client.query(`drop database ${name}`).catch(() => client.query(`drop database ${name} with (force)`)),
  )
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
