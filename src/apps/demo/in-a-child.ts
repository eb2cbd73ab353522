import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { House } from '../../platform/context/house.ts'
import { findDemoLoad } from '../../rooms/organization/server/index.ts'
import type { Config } from '../config.ts'

const CLI = join(import.meta.dirname, '../cli.ts')
const DEMONSTRATION = ['--patients', '2000', '--years', '5', '--seed', '1']

/** Whether nobody has been founded here yet, or a demonstration was left half loaded. */
export async function lacksDemonstration(house: House): Promise<boolean> {
  return (await house.tenants()).length === 0 || (await findDemoLoad(house.databases.none)) !== undefined
}

/**
 * Loads the demonstration by `peiban demo` in a process of its own: the memory that making members takes goes back to
 * the machine, instead of staying with the server for good. Its progress and its complaints are shown as they come. When
 * it fails Peiban starts all the same, and the next start takes the load up again.
 * @param signal ends the load: what was loaded by then stays
 */
export async function loadDemonstration(house: House, config: Config, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted()
  house.log.info('loading the demonstration organization (2,000 members)')
  const child = spawn(process.execPath, [CLI, 'demo', '--once', ...DEMONSTRATION], {
    // The channel tells it when we are gone.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PEIBAN_DATA: config.dataFolder, DATABASE_URL: config.databaseUrl ?? '' },
  })
  const stop = (): void => void child.kill('SIGTERM')
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const [code, killedBy] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
    signal?.throwIfAborted()
    if (code !== 0)
      house.log.error(
        { code, killedBy },
        '演示机构没有装完，原因见上。陪伴照常启动，下次启动会接着装。 ' +
          'The demonstration could not be loaded to the end; the reason stands above. Peiban starts all the same, and the next start goes on with it.',
      )
  } finally {
    signal?.removeEventListener('abort', stop)
    house.forgetTenants()
  }
}
