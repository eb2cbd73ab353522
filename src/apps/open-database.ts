import { join } from 'node:path'
import { runningEmbedded, startEmbedded } from '../platform/database/embedded.ts'
import { migrate, readMigrations } from '../platform/database/migrate.ts'
import { checkServer } from '../platform/database/preflight.ts'
import type { Logger } from '../platform/log.ts'
import { ConfigurationError, type Config } from './config.ts'
import { installJobQueue } from './install.ts'
import { migrationFolders } from './rooms.ts'

export interface OpenDatabase {
  /** As the owner of the tables. */
  url: string
  /** Whether this process started the server, and so stops it. */
  own: boolean
  stop(): Promise<void>
}

/**
 * The database of `DATABASE_URL`, or the embedded one in the data folder.
 * @param beside a command beside a running Peiban joins its server instead of being refused
 */
export async function openDatabase(config: Config, log: Logger, beside = false): Promise<OpenDatabase> {
  if (config.databaseUrl) {
    const findings = await checkServer(config.databaseUrl)
    if (findings.length > 0) throw new ConfigurationError(findings.map(({ zh, en }) => `${zh}\n${en}`).join('\n\n'))
    return { url: config.databaseUrl, own: false, stop: async () => {} }
  }
  const folder = join(config.dataFolder, 'postgresql')
  const running = beside ? runningEmbedded(folder) : undefined
  if (running) return { url: running.url, own: false, stop: async () => {} }
  const server = await startEmbedded({ folder, log: (line) => log.info(line) })
  return { url: server.url, own: true, stop: () => server.stop() }
}

/** Brings the schema and the job tables to this release. @returns what was run */
export async function upgrade(url: string, log: Logger): Promise<string[]> {
  const run = await migrate(url, readMigrations(migrationFolders), log)
  // Queues belong to the release: a new kind of job needs its queue even where no table changed.
  await installJobQueue(url, log)
  return run
}
