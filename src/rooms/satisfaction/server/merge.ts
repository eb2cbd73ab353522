import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import './table.ts'

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

const TABLES = ['satisfaction_visit', 'satisfaction_answer']

/** What one file was asked and answered is of the one that is left. */
export async function moveMerged(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  for (const table of TABLES)
    await sql`update ${sql.table(table)} set patient_id = ${intoId}, merge_ids = array_append(merge_ids, ${mergeId}::uuid)
      where organization_id = ${ctx.organizationId} and patient_id = ${fromId}`.execute(ctx.tx)
}

/** And goes home again; what came since stays. */
export async function moveBack(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  for (const table of TABLES)
    await sql`update ${sql.table(table)} set patient_id = ${fromId}, merge_ids = array_remove(merge_ids, ${mergeId}::uuid)
      where organization_id = ${ctx.organizationId} and patient_id = ${intoId} and ${mergeId}::uuid = any(merge_ids)`.execute(
      ctx.tx,
    )
}
