import type { Selectable } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { StageSummaryTable } from './table.ts'
import './table.ts'

export type SummaryRow = Selectable<StageSummaryTable>
type Reading = Pick<ReadContext, 'db' | 'organizationId'>

/** Newest first. Who may see them is the caller's business. */
export function findSummariesOf({ db, organizationId }: Reading, patientId: string): Promise<SummaryRow[]> {
  return db
    .selectFrom('stage_summary')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('until_on', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}

/** The summary of this person; undefined when it is somebody else's. */
export function findSummary(
  { db, organizationId }: Reading,
  patientId: string,
  summaryId: string,
): Promise<SummaryRow | undefined> {
  return db
    .selectFrom('stage_summary')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('id', '=', summaryId)
    .executeTakeFirst()
}
