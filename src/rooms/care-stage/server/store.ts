import { sql, type Selectable } from 'kysely'
import { brokenConstraint, type Db, type Transaction } from '../../../platform/database/database.ts'
import type { Actor } from '../../../platform/context/context.ts'
import { visibleTo } from '../../patient/server/index.ts'
import type { Stage } from '../contract/words.ts'
import type { PatientStageTable, PatientStageTickTable } from './table.ts'

export type StageRow = Selectable<PatientStageTable>
export type TickRow = Selectable<PatientStageTickTable>

/** The way of a person, newest first. */
export function findStages(db: Db, organizationId: string, patientId: string): Promise<StageRow[]> {
  return db
    .selectFrom('patient_stage')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('entered_at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}

/** The newest tick of each item. */
export async function findTicks(db: Db, organizationId: string, stageId: string): Promise<Map<string, TickRow>> {
  const rows = await db
    .selectFrom('patient_stage_tick')
    .selectAll()
    .distinctOn('item')
    .where('organization_id', '=', organizationId)
    .where('stage_id', '=', stageId)
    .orderBy('item')
    .orderBy('id', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.item, row]))
}

/** The stage a person stands in, held until the end of the transaction. */
export function lockOpen(tx: Transaction, organizationId: string, patientId: string): Promise<StageRow | undefined> {
  return tx
    .selectFrom('patient_stage')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('left_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

export async function closeStage(
  tx: Transaction,
  row: StageRow,
  on: string,
  at: Date,
  leftOpen: string[],
): Promise<void> {
  await tx
    .updateTable('patient_stage')
    .set({ left_on: on, left_at: at, left_open: leftOpen })
    .where('organization_id', '=', row.organization_id)
    .where('id', '=', row.id)
    .execute()
}

/** @returns false when somebody else was quicker */
export async function insertStage(
  tx: Transaction,
  row: Omit<StageRow, 'left_on' | 'left_at' | 'left_open' | 'moved'>,
): Promise<boolean> {
  try {
    await tx.insertInto('patient_stage').values(row).execute()
    return true
  } catch (error) {
    if (brokenConstraint(error) === 'patient_stage_open') return false
    throw error
  }
}

export async function insertTick(tx: Transaction, row: TickRow): Promise<void> {
  await tx.insertInto('patient_stage_tick').values(row).execute()
}

export interface StandingRow {
  id: string
  patient_id: string
  entered_on: string
  entered_by_name: string
}

/** Who stands in a stage and is visible, longest first: along `patient_stage_standing`. */
export async function findStanding(
  db: Db,
  organizationId: string,
  actor: Actor,
  { stage, after, limit }: { stage: Stage; after?: { on: string; id: string } | undefined; limit: number },
): Promise<StandingRow[]> {
  const { rows } = await sql<StandingRow>`
    select s.id, s.patient_id, s.entered_on, s.entered_by_name from patient_stage s
    join patient p on p.organization_id = s.organization_id and p.id = s.patient_id
    where s.organization_id = ${organizationId} and s.stage = ${stage} and s.left_at is null and p.state = 'active'
      and ${visibleTo(actor, 'p')}
      and ${after ? sql<boolean>`(s.entered_on, s.id) > (${after.on}::date, ${after.id}::uuid)` : sql<boolean>`true`}
    order by s.entered_on, s.id limit ${limit}`.execute(db)
  return rows
}

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

/** The ways come together; of two open stages the one of the file that stands goes on, the other ends on that day. */
export async function moveMerged(
  tx: Transaction,
  organizationId: string,
  merge: Merge,
  on: string,
  at: Date,
): Promise<void> {
  const { fromId, intoId, mergeId } = merge
  await sql`
    update patient_stage f set patient_id = ${intoId},
      left_on = case when f.left_at is null and k.id is not null then greatest(${on}::date, f.entered_on) else f.left_on end,
      left_at = case when f.left_at is null and k.id is not null then ${at} else f.left_at end,
      moved = f.moved || jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text, 'from', ${fromId}::text, 'open', f.left_at is null))
    from (select 1) one left join patient_stage k on k.organization_id = ${organizationId} and k.patient_id = ${intoId} and k.left_at is null
    where f.organization_id = ${organizationId} and f.patient_id = ${fromId}`.execute(tx)
}

/** Takes a merge back: what it brought goes home as it was; what came since stays. */
export async function moveBack(tx: Transaction, organizationId: string, { intoId, mergeId }: Merge): Promise<void> {
  await sql`
    update patient_stage set patient_id = (moved -> -1 ->> 'from')::uuid,
      left_on = case when (moved -> -1 ->> 'open')::boolean then null else left_on end,
      left_at = case when (moved -> -1 ->> 'open')::boolean then null else left_at end,
      moved = moved - -1
    where organization_id = ${organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
    tx,
  )
}
