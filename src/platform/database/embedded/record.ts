import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../clock.ts'
import { isRunning, markOf, until, type ProcessMark } from './process.ts'
import { both, StartRefused } from './refusal.ts'

/**
 * `embedded.json` in the data folder: which process of ours holds it, and which server it started. It is there from
 * the first moment of a start to the end of a clean stop; found with a dead owner, it tells the next start what
 * a crash left behind.
 */
export interface StartRecord {
  owner: ProcessMark
  /** Of the machine or container that the owner runs in: its process numbers mean nothing in another one. */
  host: string
  server?: ProcessMark
  port?: number
  version?: string
  /** Digest of the settings that the server was started with. */
  settings?: string
}

const FILE = 'embedded.json'

/**
 * Takes the data folder for this process.
 * @returns what a dead owner left behind, if one did
 * @throws StartRefused `InUse` with the pid of the living owner
 */
export async function claim(home: string, log: (line: string) => void): Promise<Partial<StartRecord> | undefined> {
  const file = join(home, FILE)
  let previous: Partial<StartRecord> | undefined
  for (let round = 0; round < 10; round++) {
    if (createWhole(file, ownRecord({}))) return previous
    const found = readRecord(home)
    if (found?.owner && isRunning(found.owner)) throw new StartRefused('InUse', { pid: found.owner.pid, folder: home })
    if (found?.host && found.host !== hostname()) await refuseIfFresh(home, found as StartRecord, log)
    previous = setAside(file, found) ?? previous
  }
  throw new StartRefused('InUse', { pid: readRecord(home)?.owner?.pid ?? 0, folder: home })
}

/** Whoever owns the folder now: undefined when nobody alive does. */
export function livingRecord(home: string): StartRecord | undefined {
  const record = readRecord(home)
  return record?.owner && isRunning(record.owner) ? (record as StartRecord) : undefined
}

export function writeRecord(home: string, record: Omit<StartRecord, 'owner' | 'host'>): void {
  replace(home, ownRecord(record))
}

function replace(home: string, record: Partial<StartRecord>): void {
  const half = join(home, `${FILE}.${process.pid}`)
  writeFileSync(half, format(record))
  renameSync(half, join(home, FILE))
}

/** After a start that failed: what a dead owner had left is still for the next one to find. */
export function putBack(home: string, left: Partial<StartRecord> | undefined): void {
  if (left?.server) replace(home, left)
  else release(home)
}

export function release(home: string): void {
  rmSync(join(home, FILE), { force: true })
}

/** Says that the owner is alive, to whoever shares the folder but cannot see our processes. */
export function keepFresh(home: string): void {
  try {
    const file = join(home, FILE)
    utimesSync(file, systemClock.now(), systemClock.now())
  } catch {
    // The disk is full or the folder gone: the server will notice, and nothing is lost by a missed beat.
  }
}

/** Two containers on one volume: neither sees the other's processes, and PostgreSQL's own lock does not either. */
async function refuseIfFresh(home: string, found: StartRecord, log: (line: string) => void): Promise<void> {
  log(both('WaitsForOtherHost', { host: found.host }))
  const touched = () => statSync(join(home, FILE), { throwIfNoEntry: false })?.mtimeMs
  const before = touched()
  if (await until(() => touched() !== before, 5_000))
    throw new StartRefused('InUseElsewhere', { pid: found.owner.pid, host: found.host, folder: home })
}

/** An empty object for a record that cannot be read: something was here, we do not know what. */
function readRecord(home: string): Partial<StartRecord> | undefined {
  let text: string
  try {
    text = readFileSync(join(home, FILE), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    return JSON.parse(text) as Partial<StartRecord>
  } catch {
    return {}
  }
}

/** Appears with its content or not at all, and never over another: two starts at once cannot both succeed. */
function createWhole(file: string, record: StartRecord): boolean {
  const half = `${file}.${process.pid}`
  writeFileSync(half, format(record))
  try {
    linkSync(half, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(half, { force: true })
  }
}

/** Removes a dead owner's record; gives it back when it turns out to be another start's, which was quicker. */
function setAside(file: string, found: Partial<StartRecord> | undefined): Partial<StartRecord> | undefined {
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return undefined
  }
  const moved = readFileSync(aside, 'utf8')
  if (found && moved !== format(found) && moved.includes('"owner"')) {
    const { owner } = JSON.parse(moved) as StartRecord
    if (isRunning(owner)) linkSync(aside, file)
  }
  rmSync(aside, { force: true })
  return found
}

function ownRecord(record: Omit<StartRecord, 'owner' | 'host'>): StartRecord {
  const owner = markOf(process.pid)
  if (!owner) throw new Error('the system does not tell when a process was started')
  return { owner, host: hostname(), ...record }
}

function format(record: Partial<StartRecord>): string {
  return `${JSON.stringify(record, null, 2)}\n`
}
