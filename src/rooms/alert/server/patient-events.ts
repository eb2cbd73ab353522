import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { insertEvent, updateAlert, type AlertRow } from './store.ts'

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

const NOBODY = { id: null, name: '' }

/** Alerts follow their person into the file they were merged into; the log remembers by which merge. */
export async function moveMerged(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  const rows = await lockOf(ctx, fromId)
  for (const row of rows) await move(ctx, row, intoId, 'merged', mergeId)
}

/** Takes back what this merge had moved; what came later stays. */
export async function moveBack(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  for (const row of await lockOf(ctx, intoId)) {
    const moved = await ctx.tx
      .selectFrom('alert_event')
      .select('version')
      .where('organization_id', '=', ctx.organizationId)
      .where('alert_id', '=', row.id)
      .where('kind', '=', 'merged')
      .where(sql<boolean>`detail->>'mergeId' = ${mergeId}`)
      .executeTakeFirst()
    if (moved) await move(ctx, row, fromId, 'unmerged', mergeId)
  }
}

/** Whoever has it in hand has to know; it is closed by a person, as every alert is. */
export async function noteDeath(ctx: WriteContext, patientId: string): Promise<void> {
  for (const row of await lockOf(ctx, patientId)) {
    if (row.state === 'closed') continue
    const after = await updateAlert(ctx.tx, row, {})
    await insertEvent(ctx.tx, { kind: 'patient-died', before: row.state, after, by: NOBODY, at: ctx.clock.now() })
  }
}

async function move(
  ctx: WriteContext,
  row: AlertRow,
  patientId: string,
  kind: 'merged' | 'unmerged',
  mergeId: string,
): Promise<void> {
  const after = await updateAlert(ctx.tx, row, { patient_id: patientId })
  await insertEvent(ctx.tx, { kind, before: row.state, after, detail: { mergeId }, by: NOBODY, at: ctx.clock.now() })
}

async function lockOf(ctx: WriteContext, patientId: string): Promise<AlertRow[]> {
  const { rows } = await sql<AlertRow>`
    select * from alert where organization_id = ${ctx.organizationId} and patient_id = ${patientId} order by id for update`.execute(
    ctx.tx,
  )
  return rows
}
