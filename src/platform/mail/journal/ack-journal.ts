import { closeSync, fdatasyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What is known of a mail's fate, one line each:
 * `> id` the final dot is about to be sent · `+ id reply` taken · `- id reply` refused after the dot · `~ id` the dot was
 * not sent after all, or what followed it was a refusal that another connection is to try again.
 */
export interface JournalEntry {
  kind: '>' | '+' | '-' | '~'
  id: string
  reply?: string
}

export interface AckJournalOptions {
  /** Of one machine; made where it is missing. */
  folder: string
  /** Of this process, unlike any before it: `peiban-worker-4711-1763800000000`. Letters, digits, `.`, `_`, `-`. */
  owner: string
  /** A new file begins after so many bytes. */
  rotateBytes?: number
  /**
   * Wait for the disk at each write: what was taken is known even after the power fails. Without it a killed process
   * loses nothing, a machine that falls dead loses the last moments.
   */
  sync?: boolean
}

const ROTATE_BYTES = 16 * 1024 * 1024
const REPLY_MAX = 300

/**
 * Append-only files that say, after any crash, which mails were taken and which are in doubt. Written before the dot that
 * ends a mail and after the answer; a file goes when the ledger knows everything in it (`forget`).
 */
export class AckJournal {
  readonly #options: Required<AckJournalOptions>
  #file: { path: string; fd: number; bytes: number; open: Set<string> }
  #older: { path: string; open: Set<string> }[] = []
  #count = 0
  #torn = false

  constructor(options: AckJournalOptions) {
    if (!/^[\w.-]+$/.test(options.owner)) throw new TypeError('the owner of a journal is named by letters and digits')
    this.#options = { rotateBytes: ROTATE_BYTES, sync: false, ...options }
    // Replies can name addresses: nobody else reads them.
    mkdirSync(options.folder, { recursive: true, mode: 0o700 })
    this.#file = this.#begin()
  }

  /** All in one write. @throws where the disk is full: then nothing of it may be sent */
  append(entries: readonly JournalEntry[]): void {
    if (entries.length === 0) return
    // After a write that failed in the middle of a line, the next begins on a line of its own.
    let text = this.#torn ? '\n' : ''
    for (const { kind, id, reply } of entries) {
      if (!isJournalId(id)) throw new TypeError('the id of a mail has printable characters and no blank')
      text += reply === undefined ? `${kind} ${id}\n` : `${kind} ${id} ${oneLine(reply)}\n`
    }
    const bytes = Buffer.from(text, 'utf8')
    this.#torn = true
    // A write may take less than it was given; the rest goes after it.
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file.fd, bytes, at)
    this.#torn = false
    if (this.#options.sync) fdatasyncSync(this.#file.fd)
    this.#file.bytes += bytes.length
    for (const { id } of entries) this.#file.open.add(id)
    if (this.#file.bytes >= this.#options.rotateBytes) this.#rotate()
  }

  /** The ledger has committed what became of these. */
  forget(ids: Iterable<string>): void {
    for (const id of ids) {
      this.#file.open.delete(id)
      for (const { open } of this.#older) open.delete(id)
    }
    this.#older = this.#older.filter(({ path, open }) => {
      if (open.size > 0) return true
      rmSync(path, { force: true })
      return false
    })
  }

  /** Of which the ledger has not been told yet. */
  get openCount(): number {
    return new Set([this.#file, ...this.#older].flatMap(({ open }) => [...open])).size
  }

  /** Its files go where nothing in them is open, and stay for the next replay otherwise. */
  close(): void {
    closeSync(this.#file.fd)
    for (const { path, open } of [this.#file, ...this.#older]) if (open.size === 0) rmSync(path, { force: true })
  }

  #begin() {
    const { folder, owner } = this.#options
    const path = join(folder, `${owner}.${String((this.#count += 1)).padStart(6, '0')}.journal`)
    return { path, fd: openSync(path, 'ax', 0o600), bytes: 0, open: new Set<string>() }
  }

  #rotate(): void {
    const { fd, path, open } = this.#file
    this.#file = this.#begin()
    closeSync(fd)
    if (open.size > 0) this.#older.push({ path, open })
    else rmSync(path, { force: true })
  }
}

export function isJournalId(id: string): boolean {
  return /^[\x21-\x7e]{1,300}$/.test(id)
}

function oneLine(reply: string): string {
  return reply.replace(/[\r\n]+/g, ' ').slice(0, REPLY_MAX)
}
