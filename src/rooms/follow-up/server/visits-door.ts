import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import './table.ts'

type Reading = Pick<ReadContext, 'db' | 'organizationId'>

/** The follow-ups of a person that took place on these days, both included, by their ids. Who may see them is the caller's business. */
export async function visitsDone(
  { db, organizationId }: Reading,
  patientId: string,
  { from, until }: { from: string; until: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from occurrence where organization_id = ${organizationId} and patient_id = ${patientId}
      and state in ('done', 'done-late') and actual_on between ${from} and ${until} order by actual_on, id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Whether a follow-up is this person's. */
export async function isVisitOf({ db, organizationId }: Reading, patientId: string, visitId: string): Promise<boolean> {
  const { rows } = await sql`
    select from occurrence where organization_id = ${organizationId} and patient_id = ${patientId} and id = ${visitId}`.execute(
    db,
  )
  return rows.length > 0
}
