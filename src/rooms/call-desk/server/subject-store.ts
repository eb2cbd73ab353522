import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { Subject } from '../contract/words.ts'
import type { CallSubjectTable } from './table.ts'
import './table.ts'

export type SubjectRow = Selectable<CallSubjectTable>

/** What was held so long ago is over, or has been replaced by the next. */
const HELD_DAYS = 180

/** What waits for a decision, of the people that a condition on `patient` names. @param people selects their ids */
export async function findHeld(
  db: Db,
  organizationId: string,
  people: ReturnType<typeof sql>,
  now: Date,
): Promise<SubjectRow[]> {
  const { rows } = await sql<SubjectRow>`
    select * from call_subject where organization_id = ${organizationId} and hold is not null
      and changed_at > ${new Date(now.getTime() - HELD_DAYS * 86_400_000)} and patient_id = any(array(${people}))
    order by changed_at desc limit 2000`.execute(db)
  return rows
}

/** What calls have come to so far, by `kind id`. */
export async function findSubjects(
  db: Db,
  organizationId: string,
  subjects: readonly Subject[],
): Promise<Map<string, SubjectRow>> {
  if (subjects.length === 0) return new Map()
  const { rows } = await sql<SubjectRow>`
    select * from call_subject where organization_id = ${organizationId} and id = any(${subjects.map(({ id }) => id)}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map((row) => [keyOf(row), row]))
}

export const keyOf = ({ kind, id }: Subject) => `${kind} ${id}`

export async function putSubject(
  tx: Transaction,
  organizationId: string,
  row: Omit<SubjectRow, 'organization_id' | 'moved'>,
): Promise<void> {
  const { tries, vain, next_at, promised, hold, changed_at } = row
  await tx
    .insertInto('call_subject')
    .values({ organization_id: organizationId, ...row })
    .onConflict((oc) =>
      oc.columns(['organization_id', 'kind', 'id']).doUpdateSet({ tries, vain, next_at, promised, hold, changed_at }),
    )
    .execute()
}

/** What it is about is done, or has to be called about anew: nothing waits for it any more. */
export async function clearSubject(
  tx: Transaction,
  organizationId: string,
  { kind, id }: Subject,
  now: Date,
): Promise<void> {
  await sql`update call_subject set hold = null, next_at = null, promised = false, changed_at = ${now}
    where organization_id = ${organizationId} and kind = ${kind} and id = ${id} and (hold is not null or next_at is not null)`.execute(
    tx,
  )
}

/** The number was put right: whatever stood still for it goes on. */
export async function clearNumberHolds(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  now: Date,
): Promise<void> {
  await sql`update call_subject set hold = null, changed_at = ${now}
    where organization_id = ${organizationId} and patient_id = ${patientId} and hold = 'wrong-number'`.execute(tx)
}
