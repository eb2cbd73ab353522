import type { PatientRow } from './store.ts'

/** Rows in JSON and back: bytes and instants say what they are. Sealed values stay sealed. */
export type Snapshot = Record<string, unknown>

export function toSnapshot(row: Partial<PatientRow>): Snapshot {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof Buffer
        ? { bytes: value.toString('base64') }
        : value instanceof Date
          ? { instant: value.toISOString() }
          : value,
    ]),
  )
}

export function fromSnapshot(snapshot: Snapshot): Partial<PatientRow> {
  return Object.fromEntries(
    Object.entries(snapshot).map(([column, value]) => {
      const tagged = value as { bytes?: string; instant?: string } | null
      if (typeof tagged?.bytes === 'string') return [column, Buffer.from(tagged.bytes, 'base64')]
      if (typeof tagged?.instant === 'string') return [column, new Date(tagged.instant)]
      return [column, value]
    }),
  )
}

/** What undoing a merge needs. */
export interface MergeMemory {
  /** Columns of the surviving row that the merge changed, as they were. */
  into: Snapshot
  /** State of the other row. */
  from: Snapshot
  fromWords: string[]
  /** Words the surviving row did not have before. */
  addedWords: string[]
}
