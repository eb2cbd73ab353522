import { sql, type Expression, type Insertable, type Selectable, type SqlBool, type Updateable } from 'kysely'
import type { Actor, ReadContext } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import { visibleTo } from '../../patient/server/index.ts'
import type { ComplaintActTable, ComplaintTable } from './table.ts'
import './table.ts'

export type ComplaintRow = Selectable<ComplaintTable>
export interface NamedComplaintRow extends ComplaintRow {
  patient_name: string
  owner_name: string
}
export type ActRow = Selectable<ComplaintActTable> & { owner_name: string }

/** Which complaints `c`, with their patient `p`, somebody may see: of their own people, those they see to, or all. */
export function visibleComplaints(actor: Actor, now: Date): Expression<SqlBool> {
  if (actor.kind === 'system' || actor.permissions.has('complaint.oversee')) return sql<SqlBool>`true`
  return sql<SqlBool>`(${visibleTo(actor, 'p', now)} or c.owner_id = ${actor.id})`
}

/** Where a page ends: by the day that is due for open ones, by the moment of closing for others. */
export interface Place {
  at: string
  id: string
}

interface Asked {
  where: readonly Expression<SqlBool>[]
  state?: 'open' | 'closed'
  after?: Place | undefined
  limit: number
}

/** Open ones: what is due first; closed ones: newest first; of one person without a state: open ones before closed. */
export async function findComplaints(
  db: Db,
  organizationId: string,
  { where, state, after, limit }: Asked,
): Promise<NamedComplaintRow[]> {
  const onward = !after
    ? sql<SqlBool>`true`
    : state === 'closed'
      ? sql<SqlBool>`(c.closed_at, c.id) < (${after.at}::timestamptz, ${after.id}::uuid)`
      : sql<SqlBool>`(c.due_on, c.id) > (${after.at}::date, ${after.id}::uuid)`
  const order =
    state === 'open'
      ? sql`c.due_on, c.id`
      : state === 'closed'
        ? sql`c.closed_at desc, c.id desc`
        : sql`c.state desc, c.id desc`
  const { rows } = await sql<NamedComplaintRow>`
    select c.*, p.name patient_name, o.name owner_name from complaint c
    join patient p on p.organization_id = c.organization_id and p.id = c.patient_id
    join staff o on o.organization_id = c.organization_id and o.id = c.owner_id
    where c.organization_id = ${organizationId} and ${onward} ${state ? sql`and c.state = ${state}` : sql``}
      and ${sql.join([...where, sql`true`], sql` and `)}
    order by ${order} limit ${limit}`.execute(db)
  return rows
}

export async function findComplaint(ctx: ReadContext, complaintId: string): Promise<NamedComplaintRow | undefined> {
  const where = [visibleComplaints(ctx.actor, ctx.clock.now()), sql<SqlBool>`c.id = ${complaintId}`]
  return (await findComplaints(ctx.db, ctx.organizationId, { where, limit: 1 }))[0]
}

export async function findActs(
  db: Db,
  organizationId: string,
  complaintIds: readonly string[],
): Promise<Map<string, ActRow[]>> {
  const { rows } = await sql<ActRow>`
    select a.*, o.name owner_name from complaint_act a
    join staff o on o.organization_id = a.organization_id and o.id = a.owner_id
    where a.organization_id = ${organizationId} and a.complaint_id = any(${[...complaintIds]}::uuid[])
    order by a.complaint_id, a.version desc`.execute(db)
  return Map.groupBy(rows, ({ complaint_id }) => complaint_id)
}

/** Adds a complaint. @returns false when the same key has recorded it already */
export async function insertComplaint(tx: Transaction, row: Insertable<ComplaintTable>): Promise<boolean> {
  const added = await tx
    .insertInto('complaint')
    .values({ ...row, origin: row.origin ? JSON.stringify(row.origin) : null })
    .onConflict((c) => c.constraint('complaint_once').doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

/** The complaint that was recorded with this key, whoever it is about today. */
export function findByKey(db: Db, organizationId: string, key: string): Promise<{ id: string } | undefined> {
  return db
    .selectFrom('complaint')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('key', '=', key)
    .executeTakeFirst()
}

/** Changes a complaint as it was seen. @returns it, or undefined when somebody else was quicker */
export function changeComplaint(
  tx: Transaction,
  { organization_id, id, version, state }: Pick<ComplaintRow, 'organization_id' | 'id' | 'version' | 'state'>,
  change: Updateable<ComplaintTable>,
): Promise<ComplaintRow | undefined> {
  return tx
    .updateTable('complaint')
    .set({ ...change, version: version + 1 })
    .where('organization_id', '=', organization_id)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', state)
    .returningAll()
    .executeTakeFirst()
}

export async function insertAct(tx: Transaction, row: Insertable<ComplaintActTable>): Promise<void> {
  await tx.insertInto('complaint_act').values(row).execute()
}

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

/** What one file complained of is of the one that is left. */
export async function moveMerged(
  tx: Transaction,
  organizationId: string,
  { fromId, intoId, mergeId }: Merge,
): Promise<void> {
  await sql`update complaint set patient_id = ${intoId}, merge_ids = array_append(merge_ids, ${mergeId}::uuid)
    where organization_id = ${organizationId} and patient_id = ${fromId}`.execute(tx)
}

/** And goes home again; what came since stays. */
export async function moveBack(
  tx: Transaction,
  organizationId: string,
  { fromId, intoId, mergeId }: Merge,
): Promise<void> {
  await sql`update complaint set patient_id = ${fromId}, merge_ids = array_remove(merge_ids, ${mergeId}::uuid)
    where organization_id = ${organizationId} and patient_id = ${intoId} and ${mergeId}::uuid = any(merge_ids)`.execute(
    tx,
  )
}
