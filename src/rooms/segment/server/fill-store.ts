import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Transaction } from '../../../platform/database/database.ts'
import { fillList } from '../contract/jobs.ts'
import type { ListKind } from './roll.ts'
import type { SegmentFillTable } from './table.ts'

export type FillRow = Pick<
  SegmentFillTable,
  'id' | 'list_kind' | 'list_id' | 'version' | 'because' | 'by_id' | 'asked_at' | 'filled_at' | 'swept_to'
>

/** Has a list filled anew; one that is under way for an older condition ends here. @returns the id of the fill */
export async function askForFill(
  ctx: WriteContext,
  list: { kind: ListKind; id: string; version: number },
  because: SegmentFillTable['because'],
): Promise<string> {
  const at = ctx.clock.now()
  await endFills(ctx, list.id)
  const id = ctx.ids.next<string>()
  await ctx.tx
    .insertInto('segment_fill')
    .values({
      organization_id: ctx.organizationId,
      id,
      list_kind: list.kind,
      list_id: list.id,
      version: list.version,
      because,
      by_id: ctx.actor.id,
      asked_at: at,
      filled_at: null,
      entered: null,
      left_count: null,
      swept_to: null,
      finished_at: null,
    })
    .execute()
  await ctx.enqueue(fillList, { fillId: id }, { key: id })
  return id
}

export async function endFills(ctx: WriteContext, listId: string): Promise<void> {
  await ctx.tx
    .updateTable('segment_fill')
    .set({ finished_at: ctx.clock.now() })
    .where('organization_id', '=', ctx.organizationId)
    .where('list_id', '=', listId)
    .where('finished_at', 'is', null)
    .execute()
}

/** The fill, held until the transaction ends, so that one worker is at it; undefined when nothing is left to do. */
export async function holdFill(tx: Transaction, organizationId: string, id: string): Promise<FillRow | undefined> {
  const { rows } = await sql<FillRow>`
    select id, list_kind, list_id, version, because, by_id, asked_at, filled_at, swept_to from segment_fill
    where organization_id = ${organizationId} and id = ${id} and finished_at is null for update`.execute(tx)
  return rows[0]
}

export async function changeFill(
  tx: Transaction,
  organizationId: string,
  id: string,
  values: Partial<Pick<SegmentFillTable, 'filled_at' | 'entered' | 'left_count' | 'swept_to' | 'finished_at'>>,
): Promise<void> {
  await tx
    .updateTable('segment_fill')
    .set(values)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}

/** Fills that nobody is at: their job was lost with its process. */
export async function findUnfinished(ctx: ReadContext, askedBefore: Date): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('segment_fill')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('finished_at', 'is', null)
    .where('asked_at', '<', askedBefore)
    .execute()
  return rows.map(({ id }) => id)
}

/** The next ids of people after one, in their order. */
export async function nextPeople(
  tx: Transaction,
  organizationId: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from patient where organization_id = ${organizationId}
      ${after ? sql`and id > ${after}` : sql``} order by id limit ${limit}`.execute(tx)
  return rows.map(({ id }) => id)
}
