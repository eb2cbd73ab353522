import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What journals of processes that are over say of their mails. */
export interface Replay {
  accepted: Map<string, string>
  /** Refused after the dot, with what the server said: not sent, and to be judged like any refusal. */
  refused: Map<string, string>
  /** The dot was about to be sent and no answer is on file: at most one for each connection. */
  inDoubt: Set<string>
  files: readonly string[]
}

/**
 * Reads the journals of owners that are over; those of living ones are left alone. Everything that was claimed and stands
 * in none of the three was surely not sent. A last line that was torn in the middle counts as not written, which is true
 * of what it announces: no dot goes before its line is whole.
 * @param isOver by the owner's name; `isProcessOver` for owners named by `ownerOf`, or whatever the caller knows better,
 * such as a lock in the database where machines share a folder
 */
export function replayJournals(folder: string, isOver: (owner: string) => boolean): Replay {
  const replay: Replay = { accepted: new Map(), refused: new Map(), inDoubt: new Set(), files: [] }
  const files = journalsIn(folder).filter((name) => isOver(ownerIn(name)))
  for (const name of files) {
    const text = readJournal(join(folder, name))
    for (const line of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) note(replay, line)
  }
  return { ...replay, files: files.map((name) => join(folder, name)) }
}

/** After the ledger has committed what a replay said. */
export function dropJournals({ files }: Replay): void {
  for (const path of files) rmSync(path, { force: true })
}

/** @param startedAt milliseconds: a process number comes again */
export function ownerOf(pid: number, startedAt: number): string {
  return `${pid}-${startedAt}`
}

/** On this machine only. The number of a dead process may belong to a new one: then its journal waits, and does no harm. */
/** Whose journals lie in a folder, the living and the dead. */
export function ownersIn(folder: string): string[] {
  return [...new Set(journalsIn(folder).map(ownerIn))]
}

export function isProcessOver(self: string): (owner: string) => boolean {
  return (owner) => {
    if (owner === self) return false
    const pid = Number(owner.split('-', 1)[0])
    if (pid === process.pid) return true
    try {
      process.kill(pid, 0)
      return false
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ESRCH'
    }
  }
}

function note({ accepted, refused, inDoubt }: Replay, line: string): void {
  const match = /^([>+~-]) (\S+)(?: (.*))?$/.exec(line)
  if (!match) return
  const [, kind, id = '', reply = ''] = match
  inDoubt.delete(id)
  if (kind === '>') {
    // Sent a second time after a refusal: what counts is the last. What was taken once is never in doubt again.
    refused.delete(id)
    if (!accepted.has(id)) inDoubt.add(id)
  } else if (kind === '+') accepted.set(id, reply)
  else if (kind === '-') refused.set(id, reply)
}

function journalsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.\d{6}\.journal$/.test(name))
      .sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Another process that read the same may have dropped it meanwhile: then the ledger knows what stood in it. */
function readJournal(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

function ownerIn(name: string): string {
  return name.replace(/\.\d{6}\.journal$/, '')
}
