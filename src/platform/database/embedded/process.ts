import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessMark {
  pid: number
  /** When it was started, in whatever form the system tells it. Only ever compared for equality. */
  started: string
}

/** The mark of a running process; undefined when there is none, or only its zombie. */
export function markOf(pid: number): ProcessMark | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  const started = process.platform === 'linux' ? startedOnLinux(pid) : startedByPs(pid)
  return started === undefined ? undefined : { pid, started }
}

export function isRunning(mark: ProcessMark): boolean {
  return markOf(mark.pid)?.started === mark.started
}

function startedOnLinux(pid: number): string | undefined {
  try {
    // The name in parentheses may itself hold spaces and parentheses: read behind the last one.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')
    // A zombie still answers `kill -0`; where process 1 reaps nothing (a bare container) it would do so for ever.
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined
    // Ticks since boot are only unique together with the boot.
    return `${fields[19]}@${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`
  } catch {
    return undefined
  }
}

function startedByPs(pid: number): string | undefined {
  try {
    const [state = '', ...started] = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim().split(/\s+/)
    return state.startsWith('Z') ? undefined : started.join(' ')
  } catch {
    return undefined
  }
}

/** The command line of a process, as far as the system shows it. */
export function commandOf(pid: number): string[] {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim().split(' ')
  } catch {
    return []
  }
}

/**
 * Whether a process is a PostgreSQL server on this very data folder. Its working directory says so for certain, also
 * after the folder was renamed; where the system keeps that secret, the command line has to do.
 */
export function isServerOf(pid: number, cluster: string): boolean {
  if (!markOf(pid)) return false
  try {
    const [there, here] = [statSync(`/proc/${pid}/cwd`), statSync(cluster)]
    return there.ino === here.ino && there.dev === here.dev
  } catch {
    const command = commandOf(pid)
    return basename(command[0] ?? '').startsWith('postgres') && command.join(' ').includes(cluster)
  }
}

/** Waits until `done`, asking every 15 ms. Returns whether it came true within `ms`. */
export async function until(done: () => boolean, ms: number): Promise<boolean> {
  const end = performance.now() + ms
  while (!done()) {
    if (performance.now() > end) return false
    await sleep(15)
  }
  return true
}

/** Sends a signal; a process that is gone already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Ends a PostgreSQL server: fast shutdown, then immediate (the next start recovers from the log), then by force. */
export async function endServer(mark: ProcessMark, patienceMs = 30_000): Promise<void> {
  for (const [name, ms] of [['SIGINT', patienceMs], ['SIGQUIT', 10_000], ['SIGKILL', 5_000]] as const) {
    if (!isRunning(mark)) return
    signal(mark.pid, name)
    if (await until(() => !isRunning(mark), ms)) return
  }
}
