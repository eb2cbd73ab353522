import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { MessageRow } from './store.ts'
import '../../patient/server/table.ts'

/**
 * What a person was sent, newest first. What went several ways stands once, in the form of the message centre where it
 * has one. Runs along the index of a person's messages.
 */
export async function findOwn(
  db: Db,
  organizationId: string,
  patientId: string,
  page: { after?: string | undefined; limit: number },
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select m.* from message m
    where m.organization_id = ${organizationId} and m.patient_id = ${patientId} and m.state = 'accepted' and m.content_sealed is not null and m.relative_id is null
      ${page.after ? sql`and m.id < ${page.after}` : sql``}
      and not exists (select from message o
        where o.organization_id = m.organization_id and o.patient_id = m.patient_id and o.touch = m.touch and o.id <> m.id
          and o.state = 'accepted' and o.content_sealed is not null and (o.channel = 'in-app') > (m.channel = 'in-app')
          or o.organization_id = m.organization_id and o.patient_id = m.patient_id and o.touch = m.touch and o.id > m.id
          and o.state = 'accepted' and o.content_sealed is not null and (o.channel = 'in-app') = (m.channel = 'in-app'))
    order by m.id desc limit ${page.limit}`.execute(db)
  return rows
}

/** Only the person's own: another's is not there. */
export async function findOwnMessage(
  db: Db,
  organizationId: string,
  patientId: string,
  id: string,
): Promise<MessageRow | undefined> {
  return db
    .selectFrom('message')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('id', '=', id)
    .where('state', '=', 'accepted')
    .where('content_sealed', 'is not', null)
    .where('relative_id', 'is', null)
    .executeTakeFirst()
}

/** The first time counts. */
export async function markOwnRead(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  id: string,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('message')
    .set({ read_at: at })
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('id', '=', id)
    .where('read_at', 'is', null)
    .execute()
}

/** Whose reading is not counted, of these. */
export async function findReadingRefusals(
  db: Db,
  organizationId: string,
  patientIds: readonly string[],
): Promise<Set<string>> {
  if (patientIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('message_reading_refusal')
    .select('patient_id')
    .where('organization_id', '=', organizationId)
    .where('patient_id', 'in', [...patientIds])
    .where('refused_at', 'is not', null)
    .execute()
  return new Set(rows.map((row) => row.patient_id))
}

/** @returns whether it changed */
export async function putReadingRefusal(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  refusedAt: Date | null,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    insert into message_reading_refusal as r (organization_id, patient_id, refused_at, changed_at)
    values (${organizationId}, ${patientId}, ${refusedAt}, ${now})
    on conflict (organization_id, patient_id) do update set refused_at = excluded.refused_at, changed_at = excluded.changed_at
    where (r.refused_at is null) <> (excluded.refused_at is null) returning 1`.execute(tx)
  return rows.length > 0
}

/** When a person likes to be reached, in the words that are kept of it. */
export async function findGoodHours(
  db: Db,
  organizationId: string,
  patientId: string,
): Promise<{ words: string; noted: string }> {
  const row = await db
    .selectFrom('patient')
    .select([
      sql<string>`coalesce(preferences ->> 'goodHours', '')`.as('words'),
      sql<string>`coalesce(preferences ->> 'goodHoursNoted', '')`.as('noted'),
    ])
    .where('organization_id', '=', organizationId)
    .where('id', '=', patientId)
    .executeTakeFirst()
  return row ?? { words: '', noted: '' }
}
