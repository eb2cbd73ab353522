import { sql } from 'kysely'
import type { Db } from '../../../src/platform/database/database.ts'

/** A row as it stands; what is compared is read by name. */
// oxlint-disable-next-line no-explicit-any -- rows of twenty tables, read by an evaluator that shares no code with the rooms
export type Row = Record<string, any>

/** Everything that is known of one person, table by table, without what was superseded. */
export interface Loaded {
  id: string
  patient: Row
  rows: Record<Table, Row[]>
}

const TABLES = [
  'observation',
  'report',
  'condition',
  'procedure',
  'encounter',
  'medication',
  'family_history',
  'patient_tag',
  'card',
  'patient_stage',
  'relationship',
  'segment_member',
  'task',
  'appointment',
  'message',
  'message_preference',
  'risk_assessment',
  'risk_decision',
  'questionnaire_response',
  'plan_run',
  'occurrence',
  'contact_attempt',
  'care_plan',
] as const
export type Table = (typeof TABLES)[number]

export async function loadAll(db: Db, organizationId: string): Promise<Loaded[]> {
  const { rows: patients } =
    await sql<Row>`select * from patient where organization_id = ${organizationId} order by id`.execute(db)
  const loaded = new Map<string, Loaded>(
    patients.map((patient) => [
      patient['id'] as string,
      { id: patient['id'] as string, patient, rows: Object.fromEntries(TABLES.map((table) => [table, []])) as never },
    ]),
  )
  for (const table of TABLES) {
    const { rows } =
      await sql<Row>`select * from ${sql.table(table)} where organization_id = ${organizationId}`.execute(db)
    for (const row of rows)
      if ((row['superseded_by'] ?? null) === null) loaded.get(row['patient_id'] as string)?.rows[table].push(row)
  }
  return [...loaded.values()]
}
