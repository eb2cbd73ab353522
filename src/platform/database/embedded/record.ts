import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRunning, markOf, type ProcessMark } from './process.ts'
import { StartRefused } from './refusal.ts'

/**
 * `embedded.json` in the data folder: which process of ours holds it, and which server it started. It is there from
 * the first moment of a start to the end of a clean stop; found with a dead owner, it tells the next start what
 * a crash left behind.
 */
export interface StartRecord {
  owner: ProcessMark
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
export function claim(home: string): Partial<StartRecord> | undefined {
  const file = join(home, FILE)
  let previous: Partial<StartRecord> | undefined
  for (let round = 0; round < 10; round++) {
    if (createWhole(file, { owner: ownMark() })) return previous
    const found = readRecord(home)
    if (found?.owner && isRunning(found.owner)) throw new StartRefused('InUse', { pid: found.owner.pid, folder: home })
    previous = setAside(file, found) ?? previous
  }
  throw new StartRefused('InUse', { pid: readRecord(home)?.owner?.pid ?? 0, folder: home })
}

/** Whoever owns the folder now: undefined when nobody alive does. */
export function livingRecord(home: string): StartRecord | undefined {
  const record = readRecord(home)
  return record?.owner && isRunning(record.owner) ? (record as StartRecord) : undefined
}

export function writeRecord(home: string, record: Omit<StartRecord, 'owner'>): void {
  const half = join(home, `${FILE}.${process.pid}`)
  writeFileSync(half, format({ owner: ownMark(), ...record }))
  renameSync(half, join(home, FILE))
}

export function release(home: string): void {
  rmSync(join(home, FILE), { force: true })
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

function ownMark(): ProcessMark {
  const mark = markOf(process.pid)
  if (!mark) throw new Error('the system does not tell when a process was started')
  return mark
}

function format(record: Partial<StartRecord>): string {
  return `${JSON.stringify(record, null, 2)}\n`
}
