import { sql, type Selectable } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Db } from '../../../platform/database/database.ts'
import type { Family, Purpose } from '../contract/words.ts'
import type { MessagePreferenceTable, PreferenceHow } from './table.ts'
import './table.ts'

export interface PreferenceChange {
  patientId: string
  purpose: Purpose
  channel: Family
  optedOut: boolean
  how: PreferenceHow
  note: string
  /** The mail whose link was used. */
  messageId: string | null
}

export function findPreferences(
  db: Db,
  organizationId: string,
  patientId: string,
): Promise<Selectable<MessagePreferenceTable>[]> {
  return db
    .selectFrom('message_preference')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .execute()
}

/** Changes what stands and keeps the proof, unless it stands so already. @returns whether it changed */
export async function putPreference(ctx: WriteContext, change: PreferenceChange): Promise<boolean> {
  const now = ctx.clock.now()
  const { patientId, purpose, channel, optedOut, how, note, messageId } = change
  const by = { by_id: ctx.actor.id, by_name: ctx.actor.name, how, note, message_id: messageId }
  const { rows } = await sql`
    insert into message_preference as p (organization_id, patient_id, purpose, channel, opted_out_at, how, by_id, by_name, note, message_id, changed_at)
    select ${ctx.organizationId}::uuid, ${patientId}::uuid, ${purpose}, ${channel}, ${optedOut ? now : null}::timestamptz, ${how}, ${by.by_id}::uuid, ${by.by_name}, ${note}, ${messageId}::uuid, ${now}
    where ${optedOut} or exists (select from message_preference k where k.organization_id = ${ctx.organizationId} and k.patient_id = ${patientId}
      and k.purpose = ${purpose} and k.channel = ${channel})
    on conflict (organization_id, patient_id, purpose, channel) do update
    set opted_out_at = excluded.opted_out_at, how = excluded.how, by_id = excluded.by_id, by_name = excluded.by_name, note = excluded.note,
      message_id = excluded.message_id, changed_at = excluded.changed_at
    where (p.opted_out_at is null) <> (excluded.opted_out_at is null)
    returning p.patient_id`.execute(ctx.tx)
  if (rows.length === 0) return false
  await ctx.tx
    .insertInto('message_preference_event')
    .values({
      organization_id: ctx.organizationId,
      patient_id: patientId,
      id: ctx.ids.next(),
      purpose,
      channel,
      change: optedOut ? 'out' : 'in',
      ...by,
      at: now,
    })
    .execute()
  return true
}
