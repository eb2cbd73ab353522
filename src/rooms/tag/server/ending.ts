import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { CareBatch } from '../../agenda/server/index.ts'
import { insertTagEvents } from './patient-tag-store.ts'

/**
 * Ends the tags by hand and of other rooms that have had their time, with a line in the history, and proposes the
 * moment at which the next of them ends.
 */
export async function endOutlived(ctx: WriteContext, batch: CareBatch): Promise<void> {
  const { rows } = await sql<{ patientId: string; tag: string; expiresAt: Date }>`
    select patient_id "patientId", tag_code tag, expires_at "expiresAt" from patient_tag
    where organization_id = ${ctx.organizationId} and patient_id = any(${batch.patientIds}::uuid[]) and source <> 'rule'
      and expires_at is not null`.execute(ctx.db)
  for (const { patientId, tag, expiresAt } of rows)
    if (expiresAt > batch.now) batch.propose(patientId, expiresAt, `tag ${tag} expires`)
  if (rows.every(({ expiresAt }) => expiresAt > batch.now)) return
  const ended = await sql<{ patientId: string; tag: string; source: string }>`
    delete from patient_tag where organization_id = ${ctx.organizationId} and patient_id = any(${batch.patientIds}::uuid[])
      and source <> 'rule' and expires_at <= ${batch.now}
    returning patient_id "patientId", tag_code tag, source`.execute(ctx.tx)
  await insertTagEvents(
    ctx,
    ended.rows.map((row) => ({ ...row, change: 'expired', facts: [], because: null })),
  )
}
