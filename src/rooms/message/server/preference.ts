import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { messageOptedIn, messageOptedOut } from '../contract/events.ts'
import { FAMILIES, PURPOSES, type Family, type Purpose } from '../contract/words.ts'
import { findPreferences, putPreference, type PreferenceChange } from './preference-store.ts'

/** What a person said about each purpose and channel; where nothing was said, they get it. */
export async function preferencesOf(ctx: Pick<ReadContext, 'db' | 'organizationId'>, patientId: string) {
  const known = new Map(
    (await findPreferences(ctx.db, ctx.organizationId, patientId)).map((row) => [`${row.purpose} ${row.channel}`, row]),
  )
  return PURPOSES.flatMap((purpose) =>
    FAMILIES.map((channel) => {
      const row = known.get(`${purpose} ${channel}`)
      return {
        purpose,
        channel,
        optedOut: Boolean(row?.opted_out_at),
        by: row?.by_name ?? null,
        how: row?.how ?? null,
        at: row?.changed_at.toISOString() ?? null,
      }
    }),
  )
}

/** On the person's word, by staff who look after them. Works at once: the sender reads it at the moment of sending. */
export async function setPreference(
  ctx: WriteContext,
  patientId: string,
  { purpose, channel, optedOut, note }: { purpose: Purpose; channel: Family; optedOut: boolean; note: string },
) {
  await requireVisible(ctx, patientId)
  ctx.audit.detail = { purpose, channel, optedOut }
  await changePreference(ctx, { patientId, purpose, channel, optedOut, how: 'patient-word', note, messageId: null })
  return { preferences: await preferencesOf(ctx, patientId) }
}

/** Writes a change with its proof and tells who listens. Saying the same again changes nothing. @returns whether it changed */
export async function changePreference(ctx: WriteContext, change: PreferenceChange): Promise<boolean> {
  const changed = await putPreference(ctx, change)
  const { patientId, purpose, channel, optedOut } = change
  if (changed)
    await ctx.emit(optedOut ? messageOptedOut : messageOptedIn, { patientId: patientId as PatientId, purpose, channel })
  return changed
}
