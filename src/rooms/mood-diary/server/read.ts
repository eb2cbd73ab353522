import type { Actor, ReadContext } from '../../../platform/context/context.ts'
import { calendarDate, type AnswerOf, type InputOf } from '../../../platform/contract/index.ts'
import { patientSummary, requireVisible } from '../../patient/server/index.ts'
import type { readDiary } from '../contract/mood-diary.ts'
import type { Readers } from '../contract/words.ts'
import { noteOf } from './own.ts'
import { findShared } from './store.ts'

/** What a person has shared with whoever asks. Whether there is more is not told. */
export async function readShared(
  ctx: ReadContext,
  patientId: string,
  { cursor, limit }: InputOf<typeof readDiary>['query'],
): Promise<AnswerOf<typeof readDiary>> {
  await requireVisible(ctx, patientId)
  const patient = await patientSummary(ctx, patientId)
  const sharedWith = sharedWithActor(ctx.actor, patient)
  const rows = await findShared(ctx.db, ctx.organizationId, patientId, {
    sharedWith,
    before: cursor && calendarDate.safeParse(cursor).data,
    limit,
  })
  return {
    rows: rows.map((row) => ({
      id: row.id as never,
      on: row.on_day,
      mood: row.mood,
      sleepHours: row.sleep_hours,
      note: noteOf(ctx, row),
    })),
    next: rows.length >= limit ? rows.at(-1)!.on_day : null,
    total: null,
  }
}

/** The counsellor and the doctor beside this person, and nobody who merely holds the role or was handed the file. */
export function sharedWithActor(
  actor: Pick<Actor, 'id'>,
  carers: { counsellorId: string | null; doctorId: string | null } | undefined,
): Readers[] {
  if (!carers || actor.id === null) return []
  if (carers.counsellorId === actor.id) return ['counsellor', 'team']
  return carers.doctorId === actor.id ? ['team'] : []
}
