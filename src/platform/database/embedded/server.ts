import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { clusterFolder, serverEnvironment } from './cluster.ts'
import type { Home } from './home.ts'
import { markOf, until, type ProcessMark } from './process.ts'
import { both, StartRefused } from './refusal.ts'

const LOG_LIMIT = 5 * 1024 * 1024
/** Recovery after a power cut reads back up to `max_wal_size`; on a slow disk that takes minutes. */
const PATIENCE_MS = 15 * 60_000

/**
 * Starts the server, where none runs in this folder, and waits until it takes connections.
 * @throws StartRefused saying why it did not, with the end of its log where we know no better
 */
export async function launch(home: Home, binaries: Binaries, port: number, log: (line: string) => void): Promise<ProcessMark> {
  const cluster = clusterFolder(home)
  const logFile = join(home.folder, 'server.log')
  if (existsSync(logFile) && statSync(logFile).size > LOG_LIMIT) renameSync(logFile, `${logFile}.1`)
  const output = openSync(logFile, 'a', 0o600)
  const logged = statSync(logFile).size
  removeSockets(cluster)
  // `detached`: Ctrl-C in the terminal is for us; the server is stopped when we have drained.
  const child = spawn(join(binaries.folder, 'postgres'), ['-D', cluster, '-p', String(port)], {
    ...home.account, cwd: '/', env: serverEnvironment, detached: true, stdio: ['ignore', output, output],
  })
  closeSync(output)
  const ended = failed(child)
  const slow = setTimeout(() => log(both('Recovering')), 5_000)
  try {
    const ready = await until(() => ended.yet() || isReady(cluster, child.pid), PATIENCE_MS)
    const mark = child.pid === undefined ? undefined : markOf(child.pid)
    if (ready && !ended.yet() && mark) return mark
    child.kill('SIGQUIT')
    throw whyNot(readFileSync(logFile).subarray(logged).toString(), home.folder, port, ended.error())
  } finally {
    clearTimeout(slow)
    child.unref()
  }
}

/** Line 1 of `postmaster.pid` is the process, line 8 how far it is. */
function isReady(cluster: string, pid: number | undefined): boolean {
  const lines = readPostmasterFile(cluster)
  return Number(lines?.[0]) === pid && lines?.[7]?.trim() === 'ready'
}

export function readPostmasterFile(cluster: string): string[] | undefined {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined
  }
}

export function removePostmasterFile(cluster: string): void {
  rmSync(join(cluster, 'postmaster.pid'), { force: true })
}

/** Left by a killed server: another process that got its number would make PostgreSQL believe that it still runs. */
function removeSockets(cluster: string): void {
  for (const file of readdirSync(cluster).filter((name) => name.startsWith('.s.PGSQL.'))) rmSync(join(cluster, file))
}

function failed(child: ChildProcess): { yet(): boolean; error(): Error | undefined } {
  let over = false
  let reason: Error | undefined
  child.once('error', (error) => ((over = true), (reason = error)))
  child.once('exit', () => (over = true))
  return { yet: () => over, error: () => reason }
}

function whyNot(log: string, folder: string, port: number, cause?: Error): StartRefused {
  if (/Address already in use/i.test(log)) return new StartRefused('PortTaken', { port }, cause)
  if (/No space left|Disk quota exceeded/i.test(log)) return new StartRefused('DiskFull', { folder }, cause)
  if (/Permission denied|Read-only file system/i.test(log))
    return new StartRefused('NotWritable', { folder, reason: lastLines(log, 1) }, cause)
  return new StartRefused('StartFailed', { log: lastLines(log, 8) || String(cause ?? '') }, cause)
}

function lastLines(text: string, count: number): string {
  return text.trim().split('\n').slice(-count).join('\n')
}
