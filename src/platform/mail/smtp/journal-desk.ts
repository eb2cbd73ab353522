import type { AckJournal, JournalEntry } from '../journal/ack-journal.ts'

/**
 * Gathers what all connections have to say in one turn of the event loop and writes it at once: marks before the dots go
 * out, answers before anybody hears of them.
 */
export class JournalDesk {
  readonly #journal: AckJournal | null
  readonly #onFault: (error: Error) => void
  #entries: JournalEntry[] = []
  #marks: { resolve: () => void; reject: (error: Error) => void }[] = []
  #told: (() => void)[] = []
  #isDue = false

  constructor(journal: AckJournal | null, onFault: (error: Error) => void) {
    this.#journal = journal
    this.#onFault = onFault
  }

  /** Resolves when the mark is on file. @throws where it could not be written: then the dot must not go */
  mark(id: string): Promise<void> {
    if (!this.#journal) return Promise.resolve()
    this.#entries.push({ kind: '>', id })
    this.#flushSoon()
    return new Promise((resolve, reject) => this.#marks.push({ resolve, reject }))
  }

  /** @param then hears of it when it is on file, or when that failed: what is known here is true all the same */
  note(entry: JournalEntry, then: () => void = () => {}): void {
    if (!this.#journal) return then()
    this.#entries.push(entry)
    this.#told.push(then)
    this.#flushSoon()
  }

  /** Everything said so far is on file and told. */
  flush(): void {
    this.#isDue = false
    const [entries, marks, told] = [this.#entries, this.#marks, this.#told]
    this.#entries = []
    this.#marks = []
    this.#told = []
    try {
      this.#journal?.append(entries)
      for (const { resolve } of marks) resolve()
    } catch (error) {
      this.#onFault(error as Error)
      for (const { reject } of marks) reject(error as Error)
    }
    for (const then of told) then()
  }

  #flushSoon(): void {
    if (this.#isDue) return
    this.#isDue = true
    setImmediate(() => this.flush())
  }
}
