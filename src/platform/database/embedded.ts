import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { answers, ensureDatabase, urlFor } from './embedded/access.ts'
import { locateBinaries, type Binaries } from './embedded/binaries.ts'
import { clusterFolder, passwordOf, prepareCluster, writeSettings } from './embedded/cluster.ts'
import { explainFileError, prepareHome, type Home } from './embedded/home.ts'
import { choosePort } from './embedded/port.ts'
import { endServer, isServerOf, markOf, signal, type ProcessMark } from './embedded/process.ts'
import { claim, livingRecord, release, writeRecord, type StartRecord } from './embedded/record.ts'
import { StartRefused } from './embedded/refusal.ts'
import { both, launch, readPostmasterFile, removePostmasterFile } from './embedded/server.ts'
import { asConfiguration, settingsOfThisMachine, type Settings } from './embedded/settings.ts'

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
    const left = claim(home.folder)
    try {
      const binaries = locateBinaries(home.account, log)
      await prepareCluster(home, binaries, durable, log)
      const settings = { ...settingsOfThisMachine(durable), ...options.settings }
      const running = await reuseOrStart(home, binaries, left, settings, options.port, log)
      return handle(home, binaries, running)
    } catch (error) {
      release(home.folder)
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
  return { url: urlFor(record.port, passwordOf(home)), port: record.port, pid: record.owner.pid }
}

interface Running {
  mark: ProcessMark
  port: number
  reused: boolean
}

async function reuseOrStart(
  home: Home, binaries: Binaries, left: Partial<StartRecord> | undefined, settings: Settings, askedPort: number | undefined, log: (line: string) => void,
): Promise<Running> {
  const digest = createHash('sha256').update(asConfiguration(settings)).digest('hex')
  const wanted = { version: binaries.version, settings: digest }
  const password = passwordOf(home)
  const orphan = await meetRunning(home, left, log)
  if (orphan) {
    const same = left?.version === wanted.version && left.settings === digest && (askedPort ?? left.port) === left.port
    if (same && left?.port && (await answers(left.port, password))) {
      log(both('ReusesServer', { pid: orphan.pid }))
      await ensureDatabase(left.port, password)
      writeRecord(home.folder, { ...wanted, server: orphan, port: left.port })
      return { mark: orphan, port: left.port, reused: true }
    }
    log(both('StopsServer', { pid: orphan.pid }))
    await endServer(orphan)
  }
  writeSettings(clusterFolder(home), settings)
  const started = await launchOnFreePort(home, binaries, askedPort, log)
  // Known before it is used, so that a crash from here on leaves a server that the next start recognises.
  writeRecord(home.folder, { ...wanted, server: started.mark, port: started.port })
  try {
    await ensureDatabase(started.port, password)
  } catch (error) {
    await endServer(started.mark)
    throw error
  }
  return { ...started, reused: false }
}

/** A server that is running in our folder although its owner is dead. Clears away a lock file that nobody stands for. */
async function meetRunning(home: Home, left: Partial<StartRecord> | undefined, log: (line: string) => void): Promise<ProcessMark | undefined> {
  const cluster = clusterFolder(home)
  const pid = Number(readPostmasterFile(cluster)?.[0])
  if (!pid) return undefined
  const mark = markOf(pid)
  const recorded = mark && left?.server?.pid === pid && left.server.started === mark.started
  if (mark && (recorded || isServerOf(pid, cluster))) {
    // No record of ours: somebody started PostgreSQL here by hand, and it is not ours to stop.
    if (!left) throw new StartRefused('InUse', { pid, folder: home.folder })
    return mark
  }
  log(both(mark ? 'StaleLockOther' : 'StaleLock', { pid }))
  removePostmasterFile(cluster)
  return undefined
}

async function launchOnFreePort(home: Home, binaries: Binaries, asked: number | undefined, log: (line: string) => void) {
  for (let round = 1; ; round++) {
    const port = await choosePort(home.folder, asked)
    try {
      return { mark: await launch(home, binaries, port, log), port }
    } catch (error) {
      // Another program took the port between our look and the server's: choose again.
      const taken = error instanceof StartRefused && error.code === 'PortTaken'
      if (!taken || asked !== undefined || round === 3) throw error
    }
  }
}

function handle(home: Home, binaries: Binaries, { mark, port, reused }: Running): EmbeddedServer {
  // A process that ends without `stop()` takes the server along; only `kill -9` leaves it for the next start.
  const onExit = () => signal(mark.pid, 'SIGINT')
  process.once('exit', onExit)
  let stopping: Promise<void> | undefined
  const stop = async () => {
    await endServer(mark)
    process.off('exit', onExit)
    release(home.folder)
  }
  return { url: urlFor(port, passwordOf(home)), port, version: binaries.version, reused, stop: () => (stopping ??= stop()) }
}
