import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { CanonicalEntry, Head } from './chain.ts'
import './table.ts'

/** The columns of `CanonicalEntry` of the table alias `e`. */
const canonical = sql`e.organization_id as "organizationId", e.id,
  to_char(e.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US') as at, e.actor_kind as "actorKind", e.actor_id as "actorId",
  e.actor_name as "actorName", e.action, e.outcome, e.patient_id as "patientId", e.subject_id as "subjectId",
  e.detail::text as detail, e.request_id as "requestId", e.address`

export interface StoredHead extends Head {
  seal: Buffer
}

/** Makes the row of the chain's end for a new organization; does nothing where there is one. */
export async function ensureHead(tx: Transaction, organizationId: string, head: StoredHead): Promise<void> {
  await tx.insertInto('audit_head').values({ organization_id: organizationId, ...head }).onConflict((c) => c.doNothing()).execute()
}

/** Locks the chain's end. @returns undefined when another sealer holds it: then there is nothing to do here */
export function lockHead(tx: Transaction, organizationId: string): Promise<StoredHead | undefined> {
  return tx
    .selectFrom('audit_head')
    .select(['sequence', 'hash', 'seal'])
    .where('organization_id', '=', organizationId)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}

export function findHead(db: Db, organizationId: string): Promise<StoredHead | undefined> {
  return db.selectFrom('audit_head').select(['sequence', 'hash', 'seal']).where('organization_id', '=', organizationId).executeTakeFirst()
}

/**
 * Entries that wait for their link, oldest first. The stretch is cut by id, which begins with the time: so a backlog of
 * a million is walked along the index instead of being sorted anew for each stretch.
 */
export async function findUnsealed(tx: Transaction, organizationId: string, limit: number): Promise<CanonicalEntry[]> {
  const result = await sql<CanonicalEntry>`
    select ${canonical}
    from (select entry_id from audit_unsealed where organization_id = ${organizationId} order by entry_id limit ${limit}) u
    join audit_entry e on e.organization_id = ${organizationId} and e.id = u.entry_id
    order by e.at, e.id`.execute(tx)
  return result.rows
}

export interface NewLink {
  sequence: number
  entryId: string
  hash: Buffer
}

/** Adds links, takes their entries off the waiting list and moves the chain's end. */
export async function appendLinks(tx: Transaction, organizationId: string, links: readonly NewLink[], head: StoredHead): Promise<void> {
  const ids = links.map((link) => link.entryId)
  await sql`insert into audit_link (organization_id, sequence, entry_id, hash)
    select ${organizationId}, * from unnest(${links.map((l) => l.sequence)}::bigint[], ${ids}::uuid[], ${links.map((l) => l.hash)}::bytea[])`.execute(tx)
  await sql`delete from audit_unsealed where organization_id = ${organizationId} and entry_id = any(${ids}::uuid[])`.execute(tx)
  await tx.updateTable('audit_head').set({ ...head }).where('organization_id', '=', organizationId).execute()
}

export type LinkWithEntry = { sequence: number; entryId: string; hash: Buffer } & { entry: CanonicalEntry | null }

/** Links after a sequence number, each with its entry; null where the entry is gone. */
export async function findLinks(db: Db, organizationId: string, after: number, limit: number): Promise<LinkWithEntry[]> {
  const result = await sql<CanonicalEntry & { sequence: number; entryId: string; hash: Buffer; id: string | null }>`
    select l.sequence, l.entry_id as "entryId", l.hash, ${canonical} from audit_link l
    left join audit_entry e on e.organization_id = l.organization_id and e.id = l.entry_id
    where l.organization_id = ${organizationId} and l.sequence > ${after}
    order by l.sequence limit ${limit}`.execute(db)
  return result.rows.map(({ sequence, entryId, hash, ...entry }) => ({ sequence, entryId, hash, entry: entry.id === null ? null : entry }))
}

/**
 * Looks through a stretch of entries, in the order of their ids, for such as have no link although they were written
 * before `writtenBefore`.
 * @returns where the stretch ended (null at the end of the table) and what was found
 */
export async function findUnlinked(
  db: Db,
  organizationId: string,
  { after, writtenBefore, limit }: { after: string | null; writtenBefore: Date; limit: number },
): Promise<{ last: string | null; entryIds: string[] }> {
  const result = await sql<{ id: string; unlinked: boolean }>`
    select e.id, l.entry_id is null and e.at < ${writtenBefore} as unlinked
    from (select id, at from audit_entry where organization_id = ${organizationId}
      and id > ${after ?? '00000000-0000-0000-0000-000000000000'} order by id limit ${limit}) e
    left join audit_link l on l.organization_id = ${organizationId} and l.entry_id = e.id
    order by e.id`.execute(db)
  const { rows } = result
  return { last: rows.length < limit ? null : rows.at(-1)!.id, entryIds: rows.filter((row) => row.unlinked).map((row) => row.id) }
}
