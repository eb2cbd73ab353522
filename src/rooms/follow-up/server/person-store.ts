import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import '../../patient/server/table.ts'
import '../../observation/server/table.ts'
import '../../staff/server/table.ts'

export interface Person {
  id: string
  state: 'active' | 'deceased' | 'merged'
  /** The responsible people, as far as they are still here. */
  managerId: string | null
  doctorId: string | null
  counsellorId: string | null
  birthDate: string | null
  /** In which the doctor and the manager stand. */
  departmentIds: string[]
}

/** As much of these people as deciding about their follow-ups needs. */
export async function findPeople(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  patientIds: readonly string[],
): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select p.id, p.state, m.id "managerId", d.id "doctorId", c.id "counsellorId", p.birth_date "birthDate",
      array_remove(array[d.department_id, m.department_id], null) "departmentIds" from patient p
    left join staff m on m.organization_id = p.organization_id and m.id = p.manager_id and m.state = 'active'
    left join staff d on d.organization_id = p.organization_id and d.id = p.doctor_id and d.state = 'active'
    left join staff c on c.organization_id = p.organization_id and c.id = p.counsellor_id and c.state = 'active'
    where p.organization_id = ${organizationId} and p.id = any(${[...patientIds]}::uuid[])`.execute(db)
  return rows
}

/** The last day of each person's newest visit or stay of a class that has ended since a date. */
export async function findNewestEncounters(
  { db, organizationId, tenant }: Pick<ReadContext, 'db' | 'organizationId' | 'tenant'>,
  patientIds: readonly string[],
  encounterClass: string,
  since: string,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ patient_id: string; day: string }>`
    select patient_id, max((ended_at at time zone ${tenant.timeZone})::date) as day from encounter
    where organization_id = ${organizationId} and patient_id = any(${[...patientIds]}::uuid[]) and class = ${encounterClass}
      and superseded_by is null and (ended_at at time zone ${tenant.timeZone})::date >= ${since}::date group by patient_id`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.patient_id, row.day]))
}

/** The day of each person's newest procedure of a kind since a date. */
export async function findNewestProcedures(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  patientIds: readonly string[],
  kind: string,
  since: string,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ patient_id: string; day: string }>`
    select patient_id, max(performed_on) as day from procedure
    where organization_id = ${organizationId} and patient_id = any(${[...patientIds]}::uuid[]) and kind = ${kind}
      and superseded_by is null and performed_on >= ${since}::date group by patient_id`.execute(db)
  return new Map(rows.map((row) => [row.patient_id, row.day]))
}

/** Since when a person has a condition, by prefix of its code: its onset where known, else when it was recorded. */
export async function findConditionDays(
  { db, organizationId, tenant }: Pick<ReadContext, 'db' | 'organizationId' | 'tenant'>,
  patientIds: readonly string[],
  codes: readonly string[],
): Promise<Map<string, { onsetOn: string | null; recordedOn: string }>> {
  if (patientIds.length === 0) return new Map()
  const { rows } = await sql<{ patient_id: string; onset_on: string | null; recorded_on: string }>`
    select distinct on (patient_id) patient_id, onset_on, (recorded_at at time zone ${tenant.timeZone})::date recorded_on from condition
    where organization_id = ${organizationId} and patient_id = any(${[...patientIds]}::uuid[]) and superseded_by is null
      and (${sql.join(
        codes.map((code) => sql`starts_with(code, ${code})`),
        sql` or `,
      )})
    order by patient_id, recorded_at desc`.execute(db)
  return new Map(rows.map((row) => [row.patient_id, { onsetOn: row.onset_on, recordedOn: row.recorded_on }]))
}
