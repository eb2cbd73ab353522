import type { Clinic, Merge } from './clinic.ts'

/** Whose a message was, and which files made up a person: both change when files are merged and when that is undone. */
export interface Whose {
  /** In whose file the message lay at that moment. */
  fileAt(messageId: string, now: string, when: Date): string
  /** The files that were this person at that moment, as far as all rooms had heard of it: the file itself is the first. */
  filesOf(patientId: string, when: Date): { patientId: string; since: Date | null }[]
}

export async function whose({ memory, rows }: Clinic): Promise<Whose> {
  const merges = new Map(memory.merges.map((merge) => [merge.mergeId, merge]))
  const moves = Map.groupBy(
    await rows<{ message_id: string; kind: 'moved' | 'moved-back'; at: Date; merge: string }>(
      `select message_id, kind, at, detail ->> 'mergeId' merge from message_event where kind in ('moved', 'moved-back') order by at desc, id desc`,
    ),
    ({ message_id }) => message_id,
  )
  const stood = ({ heardAt, undoneAt }: Merge, when: Date) =>
    heardAt !== null && heardAt < when && (undoneAt === null || undoneAt > when)
  const filesOf: Whose['filesOf'] = (patientId, when) => [
    { patientId, since: null },
    ...memory.merges.flatMap((merge) =>
      merge.intoId === patientId && stood(merge, when)
        ? filesOf(merge.fromId, when).map((file) => ({ ...file, since: merge.at }))
        : [],
    ),
  ]
  return {
    filesOf,
    fileAt: (messageId, now, when) => {
      let file = now
      for (const { kind, at, merge } of moves.get(messageId) ?? []) {
        const known = merges.get(merge)
        if (at <= when || !known) break
        file = kind === 'moved' ? known.fromId : known.intoId
      }
      return file
    },
  }
}
