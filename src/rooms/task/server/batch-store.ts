import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { TaskState } from '../contract/words.ts'
import type { TaskRow } from './store.ts'
import './table.ts'

/** Ids of the open tasks of a person, in the order in which they are worked off. */
export async function findOwnedIds(
  db: Db,
  organizationId: string,
  wanted: { ownerId: string; types?: readonly string[] | undefined; dueTo?: string | undefined },
  limit: number,
): Promise<string[]> {
  const { ownerId, types = null, dueTo = null } = wanted
  const { rows } = await sql<{ id: string }>`
    select t.id from task t where t.organization_id = ${organizationId} and t.owner_id = ${ownerId} and t.state in ('accepted', 'in-progress')
      and (${types}::text[] is null or t.type = any(${types}::text[])) and (${dueTo}::date is null or t.due_on <= ${dueTo}::date)
    order by t.rank, t.due_on, t.id limit ${limit}`.execute(db)
  return rows.map((row) => row.id)
}

/** Gives locked tasks to one person. @returns them as they are now */
export async function giveMany(
  tx: Transaction,
  organizationId: string,
  gifts: readonly { id: string; accessGranted: boolean }[],
  toId: string,
  now: Date,
): Promise<TaskRow[]> {
  const { rows } = await sql<TaskRow>`
    update task t set state = 'accepted', owner_id = ${toId}, owned_since = ${now}, access_granted = g.granted, version = t.version + 1
    from unnest(${gifts.map((g) => g.id)}::uuid[], ${gifts.map((g) => g.accessGranted)}::boolean[]) g (id, granted)
    where t.organization_id = ${organizationId} and t.id = g.id returning t.*`.execute(tx)
  return rows
}

export interface Batch {
  id: string
  toId: string
  reason: string
  byId: string
  byName: string
}

/** Keeps what each task was, for taking it back. */
export async function insertBatch(
  tx: Transaction,
  organizationId: string,
  batch: Batch,
  before: readonly TaskRow[],
  now: Date,
): Promise<void> {
  await tx
    .insertInto('hand_over_batch')
    .values({
      organization_id: organizationId,
      id: batch.id,
      to_id: batch.toId,
      reason: batch.reason,
      task_count: before.length,
      by_id: batch.byId,
      by_name: batch.byName,
      at: now,
      undone_at: null,
      undone_by: null,
      undone_count: null,
    })
    .execute()
  const items = before.map((row) => ({
    task_id: row.id,
    from_state: row.state,
    from_owner_id: row.owner_id,
    from_owned_since: row.owned_since,
    from_access_granted: row.access_granted,
    version_after: row.version + 1,
  }))
  await sql`
    insert into hand_over_item (organization_id, batch_id, task_id, from_state, from_owner_id, from_owned_since, from_access_granted, version_after)
    select ${organizationId}::uuid, ${batch.id}::uuid, * from json_to_recordset(${JSON.stringify(items)}::json) as n (task_id uuid, from_state text,
      from_owner_id uuid, from_owned_since timestamptz, from_access_granted boolean, version_after int)`.execute(tx)
}

export function lockBatch(tx: Transaction, organizationId: string, batchId: string) {
  return tx
    .selectFrom('hand_over_batch')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', batchId)
    .forUpdate()
    .executeTakeFirst()
}

export type Untouched = TaskRow & {
  from_state: TaskState
  from_owner_id: string | null
  from_owned_since: Date | null
  from_access_granted: boolean
}

/** Locks those tasks of a batch that nobody has touched since. */
export async function lockUntouched(tx: Transaction, organizationId: string, batchId: string): Promise<Untouched[]> {
  const { rows } = await sql<Untouched>`
    select t.*, i.from_state, i.from_owner_id, i.from_owned_since, i.from_access_granted
    from hand_over_item i join task t on t.organization_id = i.organization_id and t.id = i.task_id
    where i.organization_id = ${organizationId} and i.batch_id = ${batchId} and t.version = i.version_after
      and t.state in ('requested', 'accepted', 'in-progress')
    order by t.id for update of t`.execute(tx)
  return rows
}

/** Puts locked tasks back as they were; `granted` says for which of them the task opens the file again. */
export async function putBack(
  tx: Transaction,
  organizationId: string,
  rows: readonly Untouched[],
  granted: (row: Untouched) => boolean,
): Promise<void> {
  const items = rows.map((row) => ({
    id: row.id,
    state: row.from_state,
    owner_id: row.from_owner_id,
    owned_since: row.from_owned_since,
    granted: granted(row),
  }))
  await sql`
    update task t set state = n.state, owner_id = n.owner_id, owned_since = n.owned_since, access_granted = n.granted, version = t.version + 1
    from json_to_recordset(${JSON.stringify(items)}::json) as n (id uuid, state text, owner_id uuid, owned_since timestamptz, granted boolean)
    where t.organization_id = ${organizationId} and t.id = n.id`.execute(tx)
}

export async function markUndone(
  tx: Transaction,
  organizationId: string,
  batchId: string,
  by: string | null,
  count: number,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('hand_over_batch')
    .set({ undone_at: now, undone_by: by, undone_count: count })
    .where('organization_id', '=', organizationId)
    .where('id', '=', batchId)
    .execute()
}

/** Batches of these people since a moment that are not undone, newest first. */
export function findBatches(db: Db, organizationId: string, since: Date, byIds: readonly string[]) {
  return db
    .selectFrom('hand_over_batch as b')
    .innerJoin('staff as s', (join) =>
      join.onRef('s.organization_id', '=', 'b.organization_id').onRef('s.id', '=', 'b.to_id'),
    )
    .select(['b.id', 's.name as toName', 'b.task_count as count', 'b.reason', 'b.by_name as byName', 'b.at'])
    .where('b.organization_id', '=', organizationId)
    .where(sql<boolean>`b.by_id = any(${[...byIds]}::uuid[])`)
    .where('b.at', '>=', since)
    .where('b.undone_at', 'is', null)
    .orderBy('b.at', 'desc')
    .limit(50)
    .execute()
}
