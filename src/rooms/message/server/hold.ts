import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { HoldKind } from '../contract/words.ts'
import { STAY_DAYS_MAX } from '../../observation/contract/fact-words.ts'
import '../../observation/server/table.ts'
import './table.ts'

export interface PromotionHold {
  patientId: string
  kind: HoldKind
  /** What holds, by its own id: the alert, the complaint. */
  sourceKey: string
  /** Counts until then; until it is lifted by default. */
  until?: Date
}

/** Nothing promotional goes to these people from now on, in the caller's transaction. Said twice, it holds once. */
export async function holdPromotion(ctx: WriteContext, holds: readonly PromotionHold[]): Promise<void> {
  if (holds.length === 0) return
  await sql`
    insert into message_hold (organization_id, patient_id, kind, source_key, since, until)
    select ${ctx.organizationId}::uuid, h.patient_id, h.kind, h.source_key, ${ctx.clock.now()}, h.until
    from unnest(${holds.map((h) => h.patientId)}::uuid[], ${holds.map((h) => h.kind)}::text[], ${holds.map((h) => h.sourceKey)}::text[],
      ${holds.map((h) => h.until ?? null)}::timestamptz[]) h (patient_id, kind, source_key, until)
    on conflict (organization_id, kind, source_key) do update set until = excluded.until`.execute(ctx.tx)
}

/** What held is over: whoever it is about today, also after a merge. */
export async function liftPromotion(ctx: WriteContext, kind: HoldKind, sourceKeys: readonly string[]): Promise<void> {
  await ctx.tx
    .deleteFrom('message_hold')
    .where('organization_id', '=', ctx.organizationId)
    .where('kind', '=', kind)
    .where('source_key', 'in', sourceKeys.length > 0 ? [...sourceKeys] : [''])
    .execute()
}

export interface Hold {
  kind: HoldKind
  since: Date
}

/**
 * What holds these people now: a stay in hospital by the record or by hand, a crisis, an alert, a complaint. For rooms
 * whose own rhythm stops with it. Whoever nothing holds is not in it.
 */
export async function holdsOf(
  { db, organizationId, clock }: Pick<ReadContext, 'db' | 'organizationId' | 'clock'>,
  patientIds: readonly string[],
): Promise<Map<string, Hold[]>> {
  if (patientIds.length === 0) return new Map()
  const now = clock.now()
  const { rows } = await sql<Hold & { patient_id: string }>`
    select h.patient_id, h.kind, h.since from message_hold h
    where h.organization_id = ${organizationId} and h.patient_id = any(${[...patientIds]}::uuid[]) and (h.until is null or h.until > ${now})
    union all
    select e.patient_id, 'admission', e.started_at from encounter e
    where e.organization_id = ${organizationId} and e.patient_id = any(${[...patientIds]}::uuid[]) and e.class = 'inpatient'
      and e.superseded_by is null and e.started_at <= ${now}
      and coalesce(e.ended_at, e.started_at + make_interval(days => ${STAY_DAYS_MAX}::int)) > ${now}`.execute(db)
  return Map.groupBy(rows, (row) => row.patient_id)
}
