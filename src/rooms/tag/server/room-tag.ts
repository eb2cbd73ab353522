import { sql } from 'kysely'
import type { Sensitivity } from '../../../platform/condition/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { wake } from '../../agenda/server/index.ts'
import { insertTagEvents } from './patient-tag-store.ts'
import './table.ts'

/** A tag that another room knows to be true: three vain calls, an opt-out, a band of a risk. No rule touches it. */
export interface RoomTag {
  patientId: string
  tag: string
  /** What it rests on, shown as the reason. */
  facts?: readonly unknown[]
  note?: string
  /** mental: it follows from what tells of mind and mood, so no audience may rest on it (R2). */
  sensitivity?: Sensitivity
  /** It stands until this instant; without it until the room that set it takes it away. */
  until?: Date | null
}

export interface TagOfPatient {
  patientId: string
  tag: string
}

/**
 * Sets tags of other rooms for many people at once. Setting one again refreshes what it says and how long it stands.
 * One that had ended, or that somebody suppressed on other facts, stands anew: it stays away only as long as nothing has
 * changed. @returns those that are new or stand anew
 */
export async function setRoomTags(ctx: WriteContext, tags: readonly RoomTag[]): Promise<TagOfPatient[]> {
  if (tags.length === 0) return []
  const now = ctx.clock.now()
  const rows = tags.map(({ patientId, tag, facts = [], note = '', sensitivity = 'ordinary', until = null }) => ({
    patientId,
    tag,
    facts,
    note,
    sensitivity,
    until: until?.toISOString() ?? null,
  }))
  const given = sql`json_to_recordset(${JSON.stringify(rows)}::json)
    as c ("patientId" uuid, tag text, facts jsonb, note text, sensitivity text, until timestamptz)`
  const ofGiven = sql`t.organization_id = ${ctx.organizationId} and t.patient_id = c."patientId" and t.tag_code = c.tag
    and t.source = 'room'`
  // Statement by statement, so that of two who set the same at once the second finds what the first has written.
  const fresh = await sql<TagOfPatient>`
    insert into patient_tag (organization_id, patient_id, tag_code, source, state, facts, note, sensitivity, set_at, set_by, expires_at)
    select ${ctx.organizationId}, "patientId", tag, 'room', 'active', facts, note, sensitivity, ${now}::timestamptz, ${ctx.actor.id}::uuid, until
    from ${given} order by "patientId", tag
    on conflict do nothing returning patient_id "patientId", tag_code tag`.execute(ctx.tx)
  const again = await sql<TagOfPatient>`
    update patient_tag t set state = 'active', facts = c.facts, note = c.note, sensitivity = c.sensitivity, set_at = ${now}, set_by = ${ctx.actor.id}::uuid,
      expires_at = c.until, suppressed_at = null, suppressed_by = null, suppressed_because = null
    from ${given} where ${ofGiven}
      and (t.expires_at <= ${now} or (t.state = 'suppressed' and t.facts <> c.facts))
    returning t.patient_id "patientId", t.tag_code tag`.execute(ctx.tx)
  const moved = await sql<{ patientId: string }>`
    update patient_tag t set facts = c.facts, note = c.note, sensitivity = c.sensitivity, expires_at = c.until from ${given}
    where ${ofGiven} and (t.facts <> c.facts or t.note <> c.note or t.sensitivity <> c.sensitivity or t.expires_at is distinct from c.until)
    returning t.patient_id "patientId"`.execute(ctx.tx)
  const changed = [...fresh.rows, ...again.rows]
  const saysOf = new Map(rows.map((row) => [`${row.patientId} ${row.tag}`, row]))
  await insertTagEvents(
    ctx,
    changed.map(({ patientId, tag }) => {
      const { facts, note } = saysOf.get(`${patientId} ${tag}`)!
      return { patientId, tag, source: 'room', change: 'set', facts: [...facts], because: note || null }
    }),
  )
  const touched = [...new Set([...changed, ...moved.rows].map(({ patientId }) => patientId))]
  if (touched.length > 0) await wake(ctx.tx, ctx.organizationId, touched, 'tag', now)
  return changed
}

/** The same for one person. @returns whether it is new or stands anew */
export async function setRoomTag(
  ctx: WriteContext,
  patientId: string,
  tag: string,
  says: Omit<RoomTag, 'patientId' | 'tag'> = {},
): Promise<boolean> {
  return (await setRoomTags(ctx, [{ patientId, tag, ...says }])).length > 0
}

/** Which of these codes name a tag that is in force: another room sets no tag that nobody could read. */
export async function publishedTags(ctx: ReadContext, codes: readonly string[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set()
  const rows = await ctx.db
    .selectFrom('tag_rule')
    .select('code')
    .where('organization_id', '=', ctx.organizationId)
    .where('code', 'in', codes)
    .where('state', '=', 'published')
    .execute()
  return new Set(rows.map((row) => row.code))
}

/** Takes such tags away: the person was reached, the next assessment says otherwise. @returns those that stood */
export async function clearRoomTags(
  ctx: WriteContext,
  tags: readonly TagOfPatient[],
  because = '',
): Promise<TagOfPatient[]> {
  if (tags.length === 0) return []
  const { rows } = await sql<TagOfPatient>`
    delete from patient_tag t
    using unnest(${tags.map(({ patientId }) => patientId)}::uuid[], ${tags.map(({ tag }) => tag)}::text[]) c (patient_id, tag)
    where t.organization_id = ${ctx.organizationId} and t.patient_id = c.patient_id and t.tag_code = c.tag and t.source = 'room'
    returning t.patient_id "patientId", t.tag_code tag`.execute(ctx.tx)
  if (rows.length === 0) return []
  await insertTagEvents(
    ctx,
    rows.map(({ patientId, tag }) => ({
      patientId,
      tag,
      source: 'room',
      change: 'cleared',
      facts: [],
      because: because || null,
    })),
  )
  await wake(ctx.tx, ctx.organizationId, [...new Set(rows.map(({ patientId }) => patientId))], 'tag', ctx.clock.now())
  return rows
}

/** The same for one. @returns whether it stood */
export async function clearRoomTag(ctx: WriteContext, patientId: string, tag: string, because = ''): Promise<boolean> {
  return (await clearRoomTags(ctx, [{ patientId, tag }], because)).length > 0
}
