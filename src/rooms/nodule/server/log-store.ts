import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/database/database.ts'
import '../../observation/server/table.ts'
import { ofNodules } from './store.ts'
import type { NoduleEventTable, NoduleTalkTable } from './table.ts'

export type TalkRow = Selectable<NoduleTalkTable>
export type EventRow = Selectable<NoduleEventTable>

export const talksOf = (db: Db, organizationId: string, noduleIds: readonly string[]): Promise<TalkRow[]> =>
  ofNodules(db, organizationId, 'nodule_talk', noduleIds, sql`at desc, id desc`)

/** The log. */
export const eventsOf = (db: Db, organizationId: string, noduleIds: readonly string[]): Promise<EventRow[]> =>
  ofNodules(db, organizationId, 'nodule_event', noduleIds, sql`version desc`)

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
