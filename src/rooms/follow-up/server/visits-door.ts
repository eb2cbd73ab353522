import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { definitionOf } from './begin.ts'
import { findOccurrence } from './occurrence-store.ts'
import { findProtocols } from './protocol-store.ts'
import type { RunRow } from './run-store.ts'
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

/** How many follow-ups of a plan somebody was seen or called at: what a form was filled for. */
export async function countVisitsOfRun({ db, organizationId }: Reading, runId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int count from occurrence where organization_id = ${organizationId} and run_id = ${runId}
      and state in ('done', 'done-late') and form_answer_id is not null`.execute(db)
  return rows[0]!.count
}

/** Whether a follow-up is this person's. */
export async function isVisitOf({ db, organizationId }: Reading, patientId: string, visitId: string): Promise<boolean> {
  const { rows } = await sql`
    select from occurrence where organization_id = ${organizationId} and patient_id = ${patientId} and id = ${visitId}`.execute(
    db,
  )
  return rows.length > 0
}

/** What a follow-up of this person is called, in the reader's language, and whether it waits to be done; undefined where there is none. */
export async function followUpNamed(
  { db, organizationId, locale }: Reading & Pick<ReadContext, 'locale'>,
  patientId: string,
  visitId: string,
): Promise<{ name: string; isOpen: boolean } | undefined> {
  const occurrence = await findOccurrence(db, organizationId, visitId)
  if (!occurrence || occurrence.patient_id !== patientId) return undefined
  const { rows } = await sql<RunRow>`
    select * from plan_run where organization_id = ${organizationId} and id = ${occurrence.run_id}`.execute(db)
  const { protocol, step } = definitionOf(await findProtocols(db, organizationId), rows[0]!, occurrence.step)
  const language = locale === 'en' ? 'en' : 'zh'
  const isOpen = rows[0]!.state === 'active' && ['planned', 'due', 'missed'].includes(occurrence.state)
  return { name: `${protocol.name[language]} · ${step.name[language]}`, isOpen }
}
