import { createHash } from 'node:crypto'
import { answers, ensureDatabase } from './access.ts'
import type { Binaries } from './binaries.ts'
import { clusterFolder, passwordOf, writeSettings } from './cluster.ts'
import type { Home } from './home.ts'
import { choosePort } from './port.ts'
import { endServer, isServerOf, markOf, type ProcessMark } from './process.ts'
import { writeRecord, type StartRecord } from './record.ts'
import { both, StartRefused } from './refusal.ts'
import { launch, readPostmasterFile, removePostmasterFile } from './server.ts'
import { asConfiguration, type Settings } from './settings.ts'

export interface Wanted {
  home: Home
  binaries: Binaries
  settings: Settings
  /** undefined: any. */
  port: number | undefined
  log(line: string): void
}

export interface Running {
  mark: ProcessMark
  port: number
  reused: boolean
}

/**
 * A server as wanted: the one that a killed owner left running if it is healthy and was started with the same version
 * and settings, else that one is ended and a new one started.
 * @param left the record of the dead owner; undefined when the last stop was clean
 */
export async function takeOverOrStart(wanted: Wanted, left: Partial<StartRecord> | undefined): Promise<Running> {
  const { home, binaries, log } = wanted
  const orphan = await meetRunning(home, left, log)
  if (orphan) {
    const same = left?.version === binaries.version && left.settings === digest(wanted.settings) && (wanted.port ?? left.port) === left.port
    if (same && left?.port && (await answers(left.port, passwordOf(home)))) {
      log(both('ReusesServer', { pid: orphan.pid }))
      return await settle(wanted, { mark: orphan, port: left.port, reused: true })
    }
    log(both('StopsServer', { pid: orphan.pid }))
    await endServer(orphan)
  }
  writeSettings(clusterFolder(home), wanted.settings)
  return await startAnew(wanted)
}

/** Starts the server where none is running; also after it has died under us. */
export async function startAnew(wanted: Wanted): Promise<Running> {
  const started = await launchOnFreePort(wanted)
  try {
    return await settle(wanted, { ...started, reused: false })
  } catch (error) {
    await endServer(started.mark)
    throw error
  }
}

/** Written down before it is used, so that a crash from here on leaves a server that the next start recognises. */
async function settle({ home, binaries, settings }: Wanted, running: Running): Promise<Running> {
  writeRecord(home.folder, { version: binaries.version, settings: digest(settings), server: running.mark, port: running.port })
  await ensureDatabase(running.port, passwordOf(home))
  return running
}

/** The server in our folder, if one is running; clears away a lock file that nobody stands for. */
export async function meetRunning(
  home: Home, left: Partial<StartRecord> | undefined, log: (line: string) => void,
): Promise<ProcessMark | undefined> {
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

async function launchOnFreePort({ home, binaries, port: asked, log }: Wanted): Promise<{ mark: ProcessMark; port: number }> {
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

function digest(settings: Settings): string {
  return createHash('sha256').update(asConfiguration(settings)).digest('hex')
}
