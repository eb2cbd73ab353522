import { join } from 'node:path'
import { startEmbedded } from '../platform/database/embedded.ts'
import { migrate, readMigrations } from '../platform/database/migrate.ts'
import type { Logger } from '../platform/log.ts'
import type { Config } from './config.ts'
import { installJobQueue } from './install.ts'
import { migrationFolders } from './rooms.ts'

export interface OpenDatabase {
  /** As the owner of the tables. */
  url: string
  embedded: boolean
  stop(): Promise<void>
}

/** The database of `DATABASE_URL`, or the embedded one in the data folder, started when nobody has. */
export async function openDatabase(config: Config, log: Logger): Promise<OpenDatabase> {
  if (config.databaseUrl) return { url: config.databaseUrl, embedded: false, stop: async () => {} }
  const server = await startEmbedded({ folder: join(config.dataFolder, 'postgresql'), log: (line) => log.info(line) })
  return { url: server.url, embedded: true, stop: () => server.stop() }
}

/** Brings the schema and the job tables to this release. @returns what was run */
export async function upgrade(url: string, log: Logger): Promise<string[]> {
  const run = await migrate(url, readMigrations(migrationFolders), log)
  // Queues belong to the release: a new kind of job needs its queue even where no table changed.
  await installJobQueue(url, log)
  return run
}
