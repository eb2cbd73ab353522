import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ownUrl } from './embedded/access.ts'
import { locateBinaries } from './embedded/binaries.ts'
import { passwordOf, prepareCluster, socketFolder } from './embedded/cluster.ts'
import { explainFileError, prepareHome } from './embedded/home.ts'
import { claim, livingRecord, putBack } from './embedded/record.ts'
import { StartRefused } from './embedded/refusal.ts'
import { settingsOfThisMachine, type Settings } from './embedded/settings.ts'
import { meetRunning, startAnew, takeOverOrStart, type Wanted } from './embedded/takeover.ts'
import { watch } from './embedded/watch.ts'

export { StartRefused } from './embedded/refusal.ts'

export interface EmbeddedOptions {
  /** Where the data is kept, for example `data/postgresql`. Made when missing. */
  folder: string
  /** Without it: the port of the last start if free, else any free one. Always on 127.0.0.1 only. */
  port?: number
  /** false turns off what protects the data from a power cut: for tests. Default true. */
  durable?: boolean
  /** PostgreSQL settings over ours, for example `{ max_connections: 300 }`. */
  settings?: Settings
  log?: (line: string) => void
}

export interface EmbeddedServer {
  /** Of Peiban's database, as its owner (not a superuser). */
  url: string
  port: number
  /** Of the server's package, for example `18.4.0-beta.17`. */
  version: string
  /** Whether a server that an earlier process had left behind was taken over. */
  reused: boolean
  /** Ends connections and transactions, writes everything to disk, ends the server. */
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL in a data folder, or takes over the one that a killed process of ours left running there.
 * @throws StartRefused in Chinese and English, with what to do: `InUse`, `WrongMajor`, `NotWritable`, `DiskFull`, …
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { durable = true, log = () => {} } = options
  if (process.platform === 'win32') throw new StartRefused('NoBinaries', { platform: 'win32' })
  const home = prepareHome(resolve(options.folder), log)
  try {
    const left = await claim(home.folder, log)
    try {
      const binaries = locateBinaries(home.account, log)
      await prepareCluster(home, binaries, durable, log)
      const socket = socketFolder(home)
      const settings = { ...settingsOfThisMachine(durable), unix_socket_directories: socket ?? '', ...options.settings }
      const wanted: Wanted = { home, binaries, settings, port: options.port, log }
      const { mark, port, reused } = await takeOverOrStart(wanted, left)
      const relaunch = async () => {
        await meetRunning(home, undefined, log)
        return (await startAnew({ ...wanted, port })).mark
      }
      const stop = watch(home.folder, mark, relaunch, log)
      return { url: ownUrl(port, passwordOf(home), socket), port, version: binaries.version, reused, stop }
    } catch (error) {
      putBack(home.folder, left)
      throw error
    }
  } catch (error) {
    throw explainFileError(error, home.folder)
  }
}

/** The address of the server that another living process runs in this folder: for commands beside the server. */
export function runningEmbedded(folder: string): { url: string; port: number; pid: number } | undefined {
  const home = prepareHome(resolve(folder), () => {})
  const record = livingRecord(home.folder)
  if (!record?.port || !record.server) return undefined
  const socket = socketFolder(home)
  const reachable = socket !== undefined && existsSync(join(socket, `.s.PGSQL.${record.port}`))
  const url = ownUrl(record.port, passwordOf(home), reachable ? socket : undefined)
  return { url, port: record.port, pid: record.owner.pid }
}
