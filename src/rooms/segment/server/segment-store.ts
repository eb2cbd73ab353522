import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { SegmentDefinition, SegmentState } from '../contract/words.ts'
import './table.ts'

export interface SegmentRow {
  id: string
  state: SegmentState
  version: number | null
  owner_id: string | null
  owner_name: string | null
  shipped_code: string | null
}

export interface VersionRow {
  segment_id: string
  version: number
  state: 'draft' | 'saved'
  definition: SegmentDefinition
  author: string | null
  created_at: Date
  saved_by: string | null
  saved_at: Date | null
}

export interface SizeRow {
  segment_id: string
  day: string
  members: number
  counted_at: Date
}

type Reading = Pick<ReadContext, 'db' | 'organizationId'>

/** All, or one. */
export async function findSegments({ db, organizationId }: Reading, id?: string): Promise<SegmentRow[]> {
  const { rows } = await sql<SegmentRow>`
    select s.id, s.state, s.version, s.owner_id, o.name owner_name, s.shipped_code
    from segment s left join staff o on o.organization_id = s.organization_id and o.id = s.owner_id
    where s.organization_id = ${organizationId} ${id ? sql`and s.id = ${id}` : sql``}
    order by s.id desc`.execute(db)
  return rows
}

/** The versions of all, or of one, newest first. */
export async function findVersions({ db, organizationId }: Reading, id?: string): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select v.segment_id, v.version, v.state, v.definition, a.name author, v.created_at, b.name saved_by, v.saved_at
    from segment_version v
    left join staff a on a.organization_id = v.organization_id and a.id = v.author_id
    left join staff b on b.organization_id = v.organization_id and b.id = v.saved_by
    where v.organization_id = ${organizationId} ${id ? sql`and v.segment_id = ${id}` : sql``}
    order by v.version desc`.execute(db)
  return rows
}

/** The last count of each. */
export async function findLastSizes({ db, organizationId }: Reading): Promise<Map<string, SizeRow>> {
  const { rows } = await sql<SizeRow>`
    select distinct on (segment_id) segment_id, day, members, counted_at from segment_size
    where organization_id = ${organizationId} order by segment_id, day desc`.execute(db)
  return new Map(rows.map((row) => [row.segment_id, row]))
}

/** Newest first, at most so many days. */
export async function findSizes({ db, organizationId }: Reading, id: string, days: number): Promise<SizeRow[]> {
  const { rows } = await sql<SizeRow>`
    select segment_id, day, members, counted_at from segment_size
    where organization_id = ${organizationId} and segment_id = ${id} order by day desc limit ${days}`.execute(db)
  return rows
}

export interface FillLine {
  id: string
  version: number
  because: 'saved' | 'refreshed' | 'restored'
  by_name: string | null
  asked_at: Date
  filled_at: Date | null
  finished_at: Date | null
  entered: number | null
  left_count: number | null
  swept_to: string | null
}

export async function findFills({ db, organizationId }: Reading, listId: string): Promise<FillLine[]> {
  const { rows } = await sql<FillLine>`
    select f.id, f.version, f.because, b.name by_name, f.asked_at, f.filled_at, f.finished_at, f.entered, f.left_count, f.swept_to
    from segment_fill f left join staff b on b.organization_id = f.organization_id and b.id = f.by_id
    where f.organization_id = ${organizationId} and f.list_id = ${listId} order by f.id desc limit 20`.execute(db)
  return rows
}

/** What share of the people a sweep has been through, by their ids, which grow with time. */
export async function sweptShare({ db, organizationId }: Reading, sweptTo: string): Promise<number> {
  const { rows } = await sql<{ share: number }>`
    select coalesce((select count(*) from patient where organization_id = ${organizationId} and id <= ${sweptTo})::float8
      / nullif((select count(*) from patient where organization_id = ${organizationId}), 0), 1) share`.execute(db)
  return rows[0]!.share
}

export async function countNow({ db, organizationId }: Reading, id: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int n from segment_member
    where organization_id = ${organizationId} and segment_id = ${id} and left_at is null`.execute(db)
  return rows[0]!.n
}

/** The row of a segment, held until the transaction ends. */
export async function lockSegment(
  tx: Transaction,
  organizationId: string,
  id: string,
): Promise<{ id: string; state: SegmentState; version: number | null } | undefined> {
  const { rows } = await sql<{ id: string; state: SegmentState; version: number | null }>`
    select id, state, version from segment where organization_id = ${organizationId} and id = ${id} for update`.execute(
    tx,
  )
  return rows[0]
}

export async function findDraft(db: Db, organizationId: string, id: string): Promise<VersionRow | undefined> {
  return (await findVersions({ db, organizationId }, id)).find(({ state }) => state === 'draft')
}

/** Writes the draft: a new version, or over the draft that stands. */
export async function putDraft(
  tx: Transaction,
  organizationId: string,
  { id, definition, by, at }: { id: string; definition: SegmentDefinition; by: string | null; at: Date },
): Promise<void> {
  await sql`
    insert into segment_version (organization_id, segment_id, version, state, definition, author_id, created_at)
    select ${organizationId}, ${id}::uuid, coalesce(max(version), 0) + 1, 'draft', ${JSON.stringify(definition)}::jsonb, ${by}::uuid, ${at}
    from segment_version where organization_id = ${organizationId} and segment_id = ${id}
    on conflict (organization_id, segment_id) where state = 'draft' do update
    set definition = excluded.definition, author_id = excluded.author_id, created_at = excluded.created_at`.execute(tx)
}

export async function dropDraft(tx: Transaction, organizationId: string, id: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('segment_version')
    .where('organization_id', '=', organizationId)
    .where('segment_id', '=', id)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** @returns false when this version is not the draft any more */
export async function saveVersion(
  tx: Transaction,
  organizationId: string,
  { id, version, by, at }: { id: string; version: number; by: string | null; at: Date },
): Promise<boolean> {
  const saved = await tx
    .updateTable('segment_version')
    .set({ state: 'saved', saved_by: by, saved_at: at })
    .where('organization_id', '=', organizationId)
    .where('segment_id', '=', id)
    .where('version', '=', version)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  if (saved.numUpdatedRows !== 1n) return false
  await setState(tx, organizationId, id, { state: 'active', version })
  return true
}

export async function setState(
  tx: Transaction,
  organizationId: string,
  id: string,
  values: { state: SegmentState; version?: number; retired_at?: Date | null },
): Promise<void> {
  await tx
    .updateTable('segment')
    .set(values)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}

/** Whether another segment that is not retired is called so. */
export async function isNameTaken({ db, organizationId }: Reading, name: string, id?: string): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`select exists (
    select from segment s join segment_version v on v.organization_id = s.organization_id and v.segment_id = s.id
      and (v.version = s.version or v.state = 'draft')
    where s.organization_id = ${organizationId} and s.state <> 'retired' and v.definition -> 'name' ->> 'zh' = ${name}
      ${id ? sql`and s.id <> ${id}` : sql``}) taken`.execute(db)
  return rows[0]!.taken
}

/** Names of segments and worklists in force that ask for this one. */
export async function findAskers({ db, organizationId }: Reading, id: string): Promise<string[]> {
  const asks = `%"segment": "${id}"%`
  const { rows } = await sql<{ name: string }>`
    select v.definition -> 'name' ->> 'zh' name from segment s
    join segment_version v on v.organization_id = s.organization_id and v.segment_id = s.id and v.version = s.version
    where s.organization_id = ${organizationId} and s.state = 'active' and s.id <> ${id} and (v.definition -> 'condition')::text like ${asks}
    union all
    select name from worklist where organization_id = ${organizationId} and state = 'active' and condition::text like ${asks}`.execute(
    db,
  )
  return rows.map((row) => row.name)
}
