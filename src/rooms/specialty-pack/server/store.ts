import { sql, type Selectable } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { SpecialtyPackEventTable, SpecialtyPackPartTable, SpecialtyPackTable } from './table.ts'
import './table.ts'

type Reader = Pick<ReadContext, 'db' | 'organizationId'>
export type PackRow = Selectable<SpecialtyPackTable>
export type PartRow = Selectable<SpecialtyPackPartTable>
export type EventRow = Selectable<SpecialtyPackEventTable>

export interface Kept {
  packs: Map<string, PackRow>
  /** Ids of departments by pack. */
  departments: Map<string, string[]>
  parts: PartRow[]
}

/** What this organization has of packs: a handful of rows. */
export async function findKept({ db, organizationId }: Reader): Promise<Kept> {
  const packs = await db
    .selectFrom('specialty_pack')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .execute()
  const parts = await db
    .selectFrom('specialty_pack_part')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .execute()
  const departments = await db
    .selectFrom('specialty_pack_department')
    .select(['pack_code', 'department_id'])
    .where('organization_id', '=', organizationId)
    .orderBy('since')
    .orderBy('department_id')
    .execute()
  return {
    packs: new Map(packs.map((row) => [row.code, row])),
    departments: new Map(
      [...Map.groupBy(departments, (row) => row.pack_code)].map(([code, rows]) => [
        code,
        rows.map((row) => row.department_id),
      ]),
    ),
    parts,
  }
}

/**
 * The row of a pack, held: whoever installs, updates or removes the same pack waits here. A pack that was never
 * installed gets a row of revision 0, which goes again with a refusal.
 */
export async function lockPack(
  { tx, organizationId, clock }: WriteContext,
  code: string,
  version: number,
): Promise<PackRow> {
  await tx
    .insertInto('specialty_pack')
    .values({
      organization_id: organizationId,
      code,
      version,
      left_version: null,
      revision: 0,
      changed_at: clock.now(),
      changed_by: null,
      changed_by_name: '',
    })
    .onConflict((c) => c.doNothing())
    .execute()
  return tx
    .selectFrom('specialty_pack')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export async function updatePackRow(
  { tx, organizationId, actor, clock }: WriteContext,
  { code, revision }: PackRow,
  change: { version?: number; left_version?: number | null },
): Promise<void> {
  await tx
    .updateTable('specialty_pack')
    .set({
      ...change,
      revision: revision + 1,
      changed_at: clock.now(),
      changed_by: actor.id,
      changed_by_name: actor.name,
    })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .execute()
}

/** Writes where a pack is in use. */
export async function putDepartments(
  { tx, organizationId, clock }: WriteContext,
  code: string,
  departmentIds: readonly string[],
): Promise<void> {
  await sql`delete from specialty_pack_department where organization_id = ${organizationId} and pack_code = ${code}
    and department_id <> all(${[...departmentIds]}::uuid[])`.execute(tx)
  await sql`insert into specialty_pack_department (organization_id, pack_code, department_id, since)
    select ${organizationId}, ${code}, d, ${clock.now()} from unnest(${[...departmentIds]}::uuid[]) d
    on conflict do nothing`.execute(tx)
}

export async function putPart(
  tx: Transaction,
  row: Pick<PartRow, 'organization_id' | 'pack_code' | 'kind' | 'code' | 'part_version' | 'digest'>,
): Promise<void> {
  await tx
    .insertInto('specialty_pack_part')
    .values({ ...row, taken_out: false })
    .onConflict((c) =>
      c
        .columns(['organization_id', 'pack_code', 'kind', 'code'])
        .doUpdateSet({ part_version: row.part_version, digest: row.digest, taken_out: false }),
    )
    .execute()
}

export async function markTakenOut(
  tx: Transaction,
  { organization_id, pack_code, kind, code }: PartRow,
): Promise<void> {
  await tx
    .updateTable('specialty_pack_part')
    .set({ taken_out: true })
    .where('organization_id', '=', organization_id)
    .where('pack_code', '=', pack_code)
    .where('kind', '=', kind)
    .where('code', '=', code)
    .execute()
}

export async function forgetPart(tx: Transaction, { organization_id, pack_code, kind, code }: PartRow): Promise<void> {
  await tx
    .deleteFrom('specialty_pack_part')
    .where('organization_id', '=', organization_id)
    .where('pack_code', '=', pack_code)
    .where('kind', '=', kind)
    .where('code', '=', code)
    .execute()
}

export async function insertEvent(
  ctx: WriteContext,
  event: Pick<EventRow, 'pack_code' | 'kind' | 'version' | 'departments'> & { counts: Record<string, number> },
): Promise<void> {
  await ctx.tx
    .insertInto('specialty_pack_event')
    .values({
      ...event,
      counts: JSON.stringify(event.counts),
      organization_id: ctx.organizationId,
      id: ctx.ids.next(),
      by_id: ctx.actor.id,
      by_name: ctx.actor.name,
      at: ctx.clock.now(),
    })
    .execute()
}

export function findEvents(db: Db, organizationId: string, code: string): Promise<EventRow[]> {
  return db
    .selectFrom('specialty_pack_event')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('pack_code', '=', code)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
}
