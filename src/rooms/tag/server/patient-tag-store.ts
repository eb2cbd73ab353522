import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { TagDefinition } from '../contract/rule.ts'

export interface PatientTagRow {
  tag_code: string
  source: 'rule' | 'manual' | 'room'
  state: 'active' | 'suppressed'
  rule_version: number | null
  facts: unknown[]
  note: string
  set_at: Date
  set_by: string | null
  expires_at: Date | null
  suppressed_at: Date | null
  suppressed_by: string | null
  suppressed_because: string | null
  /** Since when the person wishes nothing to be recommended by it. */
  refused_at: Date | null
  definition: TagDefinition
}

/** The tags that stand or are suppressed, each with the definition that set it (a tag by hand: the published one). */
export async function findPatientTags(
  db: Db,
  organizationId: string,
  patientId: string,
  now: Date,
): Promise<PatientTagRow[]> {
  const { rows } = await sql<PatientTagRow>`
    select t.tag_code, t.source, t.state, t.rule_version, t.facts, t.note, t.set_at, s.name set_by, t.expires_at,
      t.suppressed_at, u.name suppressed_by, t.suppressed_because, f.since refused_at, r.definition
    from patient_tag t
    join lateral (
      select definition from tag_rule r where r.organization_id = t.organization_id and r.code = t.tag_code
      order by r.version = t.rule_version desc nulls last, r.state = 'published' desc, r.version desc limit 1) r on true
    left join staff s on s.organization_id = t.organization_id and s.id = t.set_by
    left join staff u on u.organization_id = t.organization_id and u.id = t.suppressed_by
    left join tag_refusal f on f.organization_id = t.organization_id and f.patient_id = t.patient_id and f.tag_code = t.tag_code
    where t.organization_id = ${organizationId} and t.patient_id = ${patientId} and t.state in ('active', 'suppressed')
      and (t.expires_at is null or t.expires_at > ${now})
    order by (r.definition ->> 'rank')::int desc, t.tag_code`.execute(db)
  return rows
}

export async function findTagEvents(db: Db, organizationId: string, patientId: string) {
  const { rows } = await sql<{
    id: string
    tag_code: string
    source: string
    change: string
    facts: unknown[] | null
    because: string | null
    by_name: string | null
    at: Date
    definition: TagDefinition
  }>`
    select e.id, e.tag_code, e.source, e.change, e.facts, e.because, s.name by_name, e.at, r.definition
    from patient_tag_event e
    join lateral (
      select definition from tag_rule r where r.organization_id = e.organization_id and r.code = e.tag_code
      order by r.version = e.rule_version desc nulls last, r.version desc limit 1) r on true
    left join staff s on s.organization_id = e.organization_id and s.id = e.by_id
    where e.organization_id = ${organizationId} and e.patient_id = ${patientId}
    order by e.at desc, e.id desc limit 200`.execute(db)
  return rows
}

/** @returns false when it stands by hand already */
export async function insertManualTag(
  tx: Transaction,
  organizationId: string,
  tag: { patientId: string; code: string; note: string; by: string | null; at: Date; expiresAt: Date | null },
): Promise<boolean> {
  const result = await tx
    .insertInto('patient_tag')
    .values({
      organization_id: organizationId,
      patient_id: tag.patientId,
      tag_code: tag.code,
      source: 'manual',
      state: 'active',
      rule_version: null,
      note: tag.note,
      set_at: tag.at,
      set_by: tag.by,
      expires_at: tag.expiresAt,
      suppressed_at: null,
      suppressed_by: null,
      suppressed_because: null,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export async function deleteManualTag(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  code: string,
): Promise<boolean> {
  const result = await tx
    .deleteFrom('patient_tag')
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('tag_code', '=', code)
    .where('source', '=', 'manual')
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** Suppresses a rule's tag or shows it again. @returns false when it does not stand in the state that was expected */
export async function setSuppression(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  code: string,
  suppression: { because: string; by: string | null; at: Date } | null,
): Promise<boolean> {
  const result = await tx
    .updateTable('patient_tag')
    .set({
      state: suppression ? 'suppressed' : 'active',
      suppressed_at: suppression?.at ?? null,
      suppressed_by: suppression?.by ?? null,
      suppressed_because: suppression?.because ?? null,
    })
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('tag_code', '=', code)
    .where('source', 'in', ['rule', 'room'])
    .where('state', '=', suppression ? 'active' : 'suppressed')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function insertTagEvent(
  tx: Transaction,
  organizationId: string,
  event: {
    id: string
    patientId: string
    code: string
    source: string
    change: 'set' | 'suppressed' | 'unsuppressed' | 'removed' | 'refused' | 'allowed'
    because: string | null
    by: string | null
    at: Date
  },
): Promise<void> {
  await tx
    .insertInto('patient_tag_event')
    .values({
      organization_id: organizationId,
      patient_id: event.patientId,
      id: event.id,
      tag_code: event.code,
      source: event.source,
      change: event.change,
      rule_version: null,
      facts: null,
      because: event.because,
      by_id: event.by,
      at: event.at,
    })
    .execute()
}

/** Lines of the history, for many people at once, by whoever acts. */
export async function insertTagEvents(
  ctx: Pick<WriteContext, 'tx' | 'organizationId' | 'ids' | 'actor' | 'clock'>,
  events: readonly {
    patientId: string
    tag: string
    source: string
    change: 'set' | 'cleared' | 'expired'
    facts: readonly unknown[]
    because: string | null
  }[],
): Promise<void> {
  if (events.length === 0) return
  const rows = events.map((event) => ({ ...event, id: ctx.ids.next<string>() }))
  await sql`
    insert into patient_tag_event (organization_id, patient_id, id, tag_code, source, change, facts, because, by_id, at)
    select ${ctx.organizationId}, "patientId", id, tag, source, change, facts, because, ${ctx.actor.id}::uuid, ${ctx.clock.now()}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as e (id uuid, "patientId" uuid, tag text, source text, change text,
      facts jsonb, because text)`.execute(ctx.tx)
}
