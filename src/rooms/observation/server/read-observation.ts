import { sql, type Selectable } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { PREPARED } from '../../../platform/database/database.ts'
import { STAY_DAYS_MAX } from '../contract/fact-words.ts'
import type { EncounterTable, ObservationTable } from './table.ts'

export type ObservationRow = Selectable<ObservationTable>
type Reading = Pick<ReadContext, 'db' | 'organizationId'>

/** The newest standing value of each code that the patient has one of. Who may see it is the caller's business. */
export async function latestOf(
  { db, organizationId }: Reading,
  patientId: string,
  codes: readonly string[],
): Promise<Map<string, ObservationRow>> {
  if (codes.length === 0) return new Map()
  const { rows } = await sql<ObservationRow>`
    select o.* from unnest(${codes}::text[]) c (code) cross join lateral (
      select * from observation where organization_id = ${organizationId} and patient_id = ${patientId} and code = c.code
        and superseded_by is null order by effective_at desc, id desc limit 1) o`.execute(db)
  return new Map(rows.map((row) => [row.code, row]))
}

/**
 * The standing values of each code, oldest first, at most the `limit` latest of each; a code without any is absent.
 * Who may see them is the caller's business.
 */
export async function seriesOf(
  { db, organizationId }: Reading,
  patientId: string,
  codes: readonly string[],
  { limit = 500 }: { limit?: number } = {},
): Promise<Map<string, ObservationRow[]>> {
  if (codes.length === 0) return new Map()
  const { rows } = await sql<ObservationRow>`${sql.raw(PREPARED)}
    select o.* from unnest(${codes}::text[]) c (code) cross join lateral (
      select * from observation where organization_id = ${organizationId} and patient_id = ${patientId} and code = c.code
        and superseded_by is null order by effective_at desc, id desc limit ${limit}) o
    order by o.code, o.effective_at, o.id`.execute(db)
  return Map.groupBy(rows, (row) => row.code)
}

export interface NewestReport {
  id: string
  category: string
  title: string
  status: string
  effectiveAt: Date
  performer: string
  finding: string | null
  impression: string | null
}

/** The newest standing reports, newest first; cancelled ones are none. Who may see them is the caller's business. */
export async function newestReports(
  { db, organizationId }: Reading,
  patientId: string,
  limit = 10,
): Promise<NewestReport[]> {
  const { rows } = await sql<NewestReport>`
    select id, category, title, status, effective_at "effectiveAt", performer, finding, impression from report
    where organization_id = ${organizationId} and patient_id = ${patientId} and superseded_by is null and status <> 'cancelled'
    order by effective_at desc, id desc limit ${limit}`.execute(db)
  return rows
}

/**
 * The standing encounters of a person that began from an instant until before another, oldest first, by their ids. Who
 * may see them is the caller's business.
 */
export async function encountersWithin(
  { db, organizationId }: Reading,
  patientId: string,
  from: Date,
  until: Date,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from encounter where organization_id = ${organizationId} and patient_id = ${patientId} and superseded_by is null
      and started_at >= ${from} and started_at < ${until} order by started_at, id`.execute(db)
  return rows.map(({ id }) => id)
}

export interface Stay {
  from: Date
  until: Date
  /** Nobody has told of its end yet: `until` is when it stops counting. */
  open: boolean
}

/** The stays in hospital of these people that ended after an instant, or have not, oldest first. */
export async function staysOf(
  { db, organizationId }: Reading,
  patientIds: readonly string[],
  since: Date,
): Promise<Map<string, Stay[]>> {
  const { rows } = await sql<{ patient_id: string; from: Date; until: Date; open: boolean }>`
    select patient_id, started_at "from", coalesce(ended_at, started_at + make_interval(days => ${STAY_DAYS_MAX}::int)) until, ended_at is null open
    from encounter
    where organization_id = ${organizationId} and patient_id = any(${[...patientIds]}::uuid[]) and class = 'inpatient' and superseded_by is null
      and coalesce(ended_at, started_at + make_interval(days => ${STAY_DAYS_MAX}::int)) > ${since}
    order by started_at`.execute(db)
  return Map.groupBy(rows, (row) => row.patient_id)
}

export interface ClosedVisit {
  id: string
  patientId: string
  class: EncounterTable['class']
  department: string
  /** When it ended; a visit to a clinic, which is rarely closed, when it began. */
  closedAt: Date
  /** The row that it corrects. */
  correctsId: string | null
}

/**
 * The standing visits of these people that ended, or will end, after an instant; a stay in hospital only once it has an
 * end. Who may see them is the caller's business.
 */
export async function closedVisits(
  { db, organizationId }: Reading,
  patientIds: readonly string[],
  since: Date,
): Promise<ClosedVisit[]> {
  const { rows } = await sql<ClosedVisit>`
    select e.id, e.patient_id "patientId", e.class, e.department, coalesce(e.ended_at, e.started_at) "closedAt",
      (select f.id from encounter f where f.organization_id = e.organization_id and f.patient_id = e.patient_id
        and f.superseded_by = e.id and f.id <> e.id limit 1) "correctsId"
    from encounter e where e.organization_id = ${organizationId} and e.patient_id = any(${[...patientIds]}::uuid[])
      and e.superseded_by is null and (e.class <> 'inpatient' or e.ended_at is not null)
      and coalesce(e.ended_at, e.started_at) > ${since} order by "closedAt", e.id`.execute(db)
  return rows
}

/** Whether an observation is in this person's record, standing or ended. */
export async function isObservationOf(
  { db, organizationId }: Reading,
  patientId: string,
  observationId: string,
): Promise<boolean> {
  const { rows } = await sql`
    select from observation where organization_id = ${organizationId} and patient_id = ${patientId} and id = ${observationId} limit 1`.execute(
    db,
  )
  return rows.length > 0
}
