import { sql, type Expression, type Insertable, type Selectable, type SqlBool, type Updateable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import '../../staff/server/table.ts'
import type { ChangeKind, PatientTable } from './table.ts'

export type PatientRow = Selectable<PatientTable>
export type PatientInsert = Insertable<PatientTable>
export type PatientUpdate = Updateable<PatientTable>
/** A row with the names of those who look after the person. */
export type NamedPatientRow = PatientRow & {
  doctor_name: string | null
  manager_name: string | null
  counsellor_name: string | null
}

/** One person, when the scope lets the caller see them. */
export function findPatient(
  db: Db,
  organizationId: string,
  patientId: string,
  scope: Expression<SqlBool>,
): Promise<NamedPatientRow | undefined> {
  return patientsWithNames(db, organizationId).where('patient.id', '=', patientId).where(scope).executeTakeFirst()
}

export function findPatients(
  db: Db,
  organizationId: string,
  ids: readonly string[],
  scope: Expression<SqlBool>,
): Promise<NamedPatientRow[]> {
  if (ids.length === 0) return Promise.resolve([])
  return patientsWithNames(db, organizationId)
    .where('patient.id', '=', sql<string>`any(${ids}::uuid[])`)
    .where(scope)
    .execute()
}

export function patientsWithNames(db: Db, organizationId: string) {
  const nameOf = (column: 'doctor_id' | 'manager_id' | 'counsellor_id') =>
    sql<
      string | null
    >`(select s.name from staff s where s.organization_id = patient.organization_id and s.id = ${sql.ref(`patient.${column}`)})`
  return db
    .selectFrom('patient')
    .selectAll('patient')
    .select([
      nameOf('doctor_id').as('doctor_name'),
      nameOf('manager_id').as('manager_name'),
      nameOf('counsellor_id').as('counsellor_name'),
    ])
    .where('patient.organization_id', '=', organizationId)
}

/** The name of a member of staff; undefined when there is none. */
export async function staffName(db: Db, organizationId: string, staffId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('staff')
    .select('name')
    .where('organization_id', '=', organizationId)
    .where('id', '=', staffId)
    .executeTakeFirst()
  return row?.name
}

/** Locks one person until the transaction ends. */
export function lockPatientRow(
  tx: Transaction,
  organizationId: string,
  patientId: string,
): Promise<PatientRow | undefined> {
  return tx
    .selectFrom('patient')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', patientId)
    .forUpdate()
    .executeTakeFirst()
}

/** Locks several, in the order of their ids, so that two callers cannot wait for each other. */
export function lockPatientRows(
  tx: Transaction,
  organizationId: string,
  ids: readonly string[],
): Promise<PatientRow[]> {
  return tx
    .selectFrom('patient')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** Adds people; a row whose paper is already known is left out. @returns the ids that were added */
export async function insertPatients(tx: Transaction, rows: readonly PatientInsert[]): Promise<string[]> {
  if (rows.length === 0) return []
  const added = await tx
    .insertInto('patient')
    .values(
      rows.map((row) => ({ ...row, guardian: json(row.guardian), preferences: json(row.preferences ?? {}) })) as never,
    )
    .onConflict((c) =>
      c
        .columns(['organization_id', 'paper_index'])
        .where('paper_index', 'is not', null)
        .where('state', '<>', 'merged')
        .doNothing(),
    )
    .returning('id')
    .execute()
  return added.map((row) => row.id)
}

/** Writes columns of one person and moves the version on. @returns false when the version was another one */
export async function updatePatient(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  changes: PatientUpdate,
  now: Date,
  version?: number,
): Promise<boolean> {
  const values: Record<string, unknown> = { ...changes, updated_at: now, version: sql`version + 1` }
  for (const column of ['guardian', 'preferences']) if (column in changes) values[column] = json(values[column])
  let query = tx
    .updateTable('patient')
    .set(values as never)
    .where('organization_id', '=', organizationId)
    .where('id', '=', patientId)
  if (version !== undefined) query = query.where('version', '=', version)
  const result = await query.executeTakeFirst()
  return result.numUpdatedRows === 1n
}

function json(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value)
}

export interface ChangeLine {
  patientId: string
  kind: ChangeKind
  detail: unknown
  byId: string | null
  byName: string
}

export async function insertChanges(
  tx: Transaction,
  organizationId: string,
  lines: readonly (ChangeLine & { id: string })[],
  at: Date,
): Promise<void> {
  if (lines.length === 0) return
  const values = lines.map(({ id, patientId, kind, detail, byId, byName }) => ({
    organization_id: organizationId,
    id,
    patient_id: patientId,
    kind,
    detail: JSON.stringify(detail),
    by_id: byId,
    by_name: byName,
    at,
  }))
  await tx.insertInto('patient_change').values(values).execute()
}

export function findChanges(db: Db, organizationId: string, patientId: string) {
  return db
    .selectFrom('patient_change')
    .select(['id', 'kind', 'detail', 'by_name', 'at'])
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}

/** Which of these are active members of staff with that role. */
export async function isActiveStaff(db: Db, organizationId: string, staffId: string, role: string): Promise<boolean> {
  const row = await db
    .selectFrom('staff')
    .innerJoin('staff_role', (join) =>
      join
        .onRef('staff_role.organization_id', '=', 'staff.organization_id')
        .onRef('staff_role.staff_id', '=', 'staff.id'),
    )
    .select('staff.id')
    .where('staff.organization_id', '=', organizationId)
    .where('staff.id', '=', staffId)
    .where('staff.state', '=', 'active')
    .where('staff_role.role', '=', role)
    .executeTakeFirst()
  return row !== undefined
}
