import { sql } from 'kysely'
import type { Transaction } from '../../../platform/database/database.ts'
import type { HOUSE_REASONS } from '../contract/words.ts'
import './table.ts'

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

/** Ends what somebody holds of a person at this moment; the house says why. */
export async function endActiveOf(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  reason: (typeof HOUSE_REASONS)[number],
  now: Date,
): Promise<void> {
  await sql`update call_session set state = 'handed-back', hand_back_reason = ${reason}, ended_at = ${now}, talk_began_at = null
    where organization_id = ${organizationId} and patient_id = ${patientId} and state in ('claimed', 'talking')`.execute(
    tx,
  )
}

/** Calls follow a merge of two files. What both had of the same kind stands once. */
export async function moveMerged(tx: Transaction, organizationId: string, merge: Merge, now: Date): Promise<void> {
  const { fromId, intoId, mergeId } = merge
  const moved = sql`moved || jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text, 'from', ${fromId}::text))`
  await endActiveOf(tx, organizationId, fromId, 'merged', now)
  for (const table of [sql`call_session`, sql`call_subject`])
    await sql`update ${table} set patient_id = ${intoId}, moved = ${moved}
      where organization_id = ${organizationId} and patient_id = ${fromId}`.execute(tx)
  await sql`update do_not_call d set patient_id = ${intoId}, moved = ${moved}
    where organization_id = ${organizationId} and patient_id = ${fromId} and (lifted_at is not null or not exists (
      select from do_not_call o where o.organization_id = d.organization_id and o.patient_id = ${intoId} and o.reason = d.reason and o.lifted_at is null))`.execute(
    tx,
  )
}

/** Takes a merge back: what it brought goes home, what came since stays. */
export async function moveBack(tx: Transaction, organizationId: string, { intoId, mergeId }: Merge): Promise<void> {
  for (const table of [sql`call_session`, sql`call_subject`, sql`do_not_call`])
    await sql`update ${table} set patient_id = (moved -> -1 ->> 'from')::uuid, moved = moved - -1
      where organization_id = ${organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
      tx,
    )
}
