import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { wake } from '../../agenda/server/index.ts'
import type { DateKind } from '../contract/words.ts'
import { look } from './care.ts'
import { findRunning } from './store.ts'
import './table.ts'

export interface FixedDate {
  patientId: string
  kind: DateKind
  /** Which of them, by whoever keeps it. */
  key: string
  /** Null: called off. */
  at: Date | null
}

/**
 * Takes what a booking system or a room above says of a moment that is fixed with somebody. What journeys had planned
 * for another moment is withdrawn and planned anew in the same transaction.
 */
export async function noteDate(ctx: WriteContext, { patientId, kind, key, at }: FixedDate): Promise<void> {
  await sql`
    insert into journey_date (organization_id, patient_id, kind, key, at, changed_at)
    values (${ctx.organizationId}, ${patientId}, ${kind}, ${key}, ${at}, ${ctx.clock.now()})
    on conflict (organization_id, patient_id, kind, key) do update set at = excluded.at, changed_at = excluded.changed_at`.execute(
    ctx.tx,
  )
  for (const campaign of await findRunning(ctx.db, ctx.organizationId))
    if (campaign.definition.trigger.kind === 'date') await look(ctx, campaign, [patientId])
  await wake(ctx.tx, ctx.organizationId, [patientId], 'campaign', ctx.clock.now())
}
