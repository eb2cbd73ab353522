import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import './table.ts'

export interface Refusal {
  code: string
  since: Date
}

export async function findRefusals(db: Db, organizationId: string, patientId: string): Promise<Refusal[]> {
  return db
    .selectFrom('tag_refusal')
    .select(['tag_code as code', 'since'])
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('since', 'desc')
    .execute()
}

/** @returns false when it was refused already */
export async function insertRefusal(
  tx: Transaction,
  organizationId: string,
  { patientId, code, at }: { patientId: string; code: string; at: Date },
): Promise<boolean> {
  const added = await tx
    .insertInto('tag_refusal')
    .values({ organization_id: organizationId, patient_id: patientId, tag_code: code, since: at })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

export async function deleteRefusal(
  tx: Transaction,
  organizationId: string,
  { patientId, code }: { patientId: string; code: string },
): Promise<boolean> {
  const taken = await tx
    .deleteFrom('tag_refusal')
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('tag_code', '=', code)
    .executeTakeFirst()
  return taken.numDeletedRows === 1n
}

/** A wish holds for the person, whichever of their files it was said of. */
export async function copyRefusals(
  tx: Transaction,
  organizationId: string,
  { fromId, intoId, mergeId }: { fromId: string; intoId: string; mergeId: string },
): Promise<void> {
  await sql`
    insert into tag_refusal (organization_id, patient_id, tag_code, since, moved)
    select organization_id, ${intoId}, tag_code, since, jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text))
    from tag_refusal where organization_id = ${organizationId} and patient_id = ${fromId}
    on conflict do nothing`.execute(tx)
}

export async function takeBackRefusals(
  tx: Transaction,
  organizationId: string,
  { intoId, mergeId }: { intoId: string; mergeId: string },
): Promise<void> {
  await sql`
    delete from tag_refusal where organization_id = ${organizationId} and patient_id = ${intoId}
      and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(tx)
}
