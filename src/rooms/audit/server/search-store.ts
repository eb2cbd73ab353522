import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../../platform/database/database.ts'
import './table.ts'

export interface AuditFilter {
  from?: string | undefined
  until?: string | undefined
  actorId?: string | undefined
  action?: string | undefined
  patientId?: string | undefined
  outcome?: 'done' | 'denied' | 'refused' | undefined
  text?: string | undefined
}

/** A place in the order (at, id). */
export interface Place {
  at: Date
  id: string
}

export interface AuditRow {
  id: string
  at: Date
  actorKind: string
  actorId: string | null
  actorName: string
  action: string
  outcome: 'done' | 'denied' | 'refused'
  patientId: string | null
  subjectId: string | null
  address: string | null
  detail: Record<string, unknown>
}

/** A text is looked for in so many entries at a time: there is no index for it, and nobody shall wait for millions. */
export const TEXT_STRETCH = 50_000

const columns = sql`id, at, actor_kind as "actorKind", actor_id as "actorId", actor_name as "actorName", action, outcome,
  patient_id as "patientId", subject_id as "subjectId", address, detail`

/** Everything but the text has an index of its own in the order of time. An action `patient.*` stands for all of its room. */
function conditions(organizationId: string, filter: AuditFilter): RawBuilder<unknown>[] {
  const { from, until, actorId, action, patientId, outcome } = filter
  const all = [sql`organization_id = ${organizationId}`]
  if (from) all.push(sql`at >= ${new Date(from)}`)
  if (until) all.push(sql`at < ${new Date(until)}`)
  if (actorId) all.push(sql`actor_id = ${actorId}`)
  if (action?.endsWith('.*')) all.push(sql`action >= ${action.slice(0, -1)} and action < ${`${action.slice(0, -2)}/`}`)
  else if (action) all.push(sql`action = ${action}`)
  if (patientId) all.push(sql`patient_id = ${patientId}`)
  if (outcome) all.push(sql`outcome = ${outcome}`)
  return all
}

/**
 * Entries newest first, before a place. With a text only the next TEXT_STRETCH entries are looked through.
 * @returns the rows, and where to go on (null at the end)
 */
export async function searchEntries(
  db: Db,
  organizationId: string,
  filter: AuditFilter,
  { before, limit }: { before: Place | undefined; limit: number },
): Promise<{ rows: AuditRow[]; next: Place | null; searchedUntil: Date | null }> {
  const all = conditions(organizationId, filter)
  if (before) all.push(sql`(at, id) < (${before.at}, ${before.id})`)
  const where = sql.join(all, sql` and `)
  if (!filter.text) {
    const found = await sql<AuditRow>`select ${columns} from audit_entry where ${where} order by at desc, id desc limit ${limit + 1}`.execute(db)
    const rows = found.rows.slice(0, limit)
    return { rows, next: found.rows.length > limit ? placeOf(rows.at(-1)!) : null, searchedUntil: null }
  }
  const pattern = `%${filter.text.replaceAll(/[\\%_]/g, '\\$&')}%`
  const found = await sql<AuditRow & { isLast: boolean; isHit: boolean; stretch: number }>`
    with stretch as materialized (
      select * from audit_entry where ${where} order by at desc, id desc limit ${TEXT_STRETCH})
    (select ${columns}, true as "isHit", false as "isLast", 0 as stretch from stretch
      where detail::text ilike ${pattern} order by at desc, id desc limit ${limit + 1})
    union all
    (select ${columns}, false, true, (select count(*)::int from stretch) from stretch order by at, id limit 1)`.execute(db)
  const hits = found.rows.filter((row) => row.isHit)
  const last = found.rows.find((row) => row.isLast)
  if (hits.length > limit) return { rows: hits.slice(0, limit), next: placeOf(hits[limit - 1]!), searchedUntil: null }
  const isEnd = !last || last.stretch < TEXT_STRETCH
  return { rows: hits, next: isEnd ? null : placeOf(last), searchedUntil: isEnd ? null : last.at }
}

function placeOf({ at, id }: Place): Place {
  return { at, id }
}

/** Entries oldest first, after a place: for exports. */
export async function readForward(
  db: Db,
  organizationId: string,
  filter: AuditFilter,
  after: Place | undefined,
  limit: number,
): Promise<AuditRow[]> {
  const all = conditions(organizationId, filter)
  if (after) all.push(sql`(at, id) > (${after.at}, ${after.id})`)
  if (filter.text) all.push(sql`detail::text ilike ${`%${filter.text.replaceAll(/[\\%_]/g, '\\$&')}%`}`)
  const found = await sql<AuditRow>`select ${columns} from audit_entry where ${sql.join(all, sql` and `)} order by at, id limit ${limit}`.execute(db)
  return found.rows
}

export async function findEntry(db: Db, organizationId: string, id: string) {
  const found = await sql<AuditRow & { requestId: string | null; sequence: number | null; hash: Buffer | null }>`
    select e.id, e.at, e.actor_kind as "actorKind", e.actor_id as "actorId", e.actor_name as "actorName", e.action, e.outcome,
      e.patient_id as "patientId", e.subject_id as "subjectId", e.address, e.detail, e.request_id as "requestId", l.sequence, l.hash
    from audit_entry e left join audit_link l on l.organization_id = e.organization_id and l.entry_id = e.id
    where e.organization_id = ${organizationId} and e.id = ${id}`.execute(db)
  return found.rows[0]
}

/** The distinct actions, hopping from one to the next in the index instead of reading all entries. */
export async function findActions(db: Db, organizationId: string): Promise<string[]> {
  const found = await sql<{ action: string }>`
    with recursive hop as (
      (select action from audit_entry where organization_id = ${organizationId} order by action limit 1)
      union all
      select (select e.action from audit_entry e where e.organization_id = ${organizationId} and e.action > hop.action order by e.action limit 1)
      from hop where hop.action is not null)
    select action from hop where action is not null`.execute(db)
  return found.rows.map((row) => row.action)
}

/** Who saw or changed a patient's file, newest first. */
export async function findOpenings(db: Db, organizationId: string, patientId: string, before: Place | undefined, limit: number): Promise<AuditRow[]> {
  const { rows } = await searchEntries(db, organizationId, { patientId, outcome: 'done' }, { before, limit })
  return rows
}
