import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/database/database.ts'
import '../../observation/server/table.ts'
import type { NoduleEventTable, NoduleTalkTable } from './table.ts'

export type TalkRow = Selectable<NoduleTalkTable>
export type EventRow = Selectable<NoduleEventTable>

export function talksOf(db: Db, organizationId: string, noduleIds: readonly string[]): Promise<TalkRow[]> {
  return db
    .selectFrom('nodule_talk')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where(sql<boolean>`nodule_id = any(${[...noduleIds]}::uuid[])`)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** The log, newest first. */
export function eventsOf(db: Db, organizationId: string, noduleIds: readonly string[]): Promise<EventRow[]> {
  return db
    .selectFrom('nodule_event')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where(sql<boolean>`nodule_id = any(${[...noduleIds]}::uuid[])`)
    .orderBy('version', 'desc')
    .execute()
}

/** Titles of linked reports, by id. */
export async function reportTitles(
  db: Db,
  organizationId: string,
  reportIds: readonly string[],
): Promise<Map<string, string>> {
  if (reportIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; title: string }>`
    select id, title from report where organization_id = ${organizationId} and id = any(${[...reportIds]}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map(({ id, title }) => [id, title]))
}
