import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../../platform/database/database.ts'
import type { IntakeState } from '../../contract/words.ts'
import type { UnmatchedPersonTable } from '../table.ts'
import type { Cursor } from './cursor.ts'

export type UnmatchedRow = Selectable<UnmatchedPersonTable> & { reports: number; patient_name: string | null }

const shown = sql`u.*, (select count(*)::int from (select from unmatched_report r where r.organization_id = u.organization_id and r.person_id = u.id limit 1000) c) reports,
  (select p.name from patient p where p.organization_id = u.organization_id and p.id = u.patient_id) patient_name`

export async function findUnmatched(
  db: Db,
  organizationId: string,
  { state, after, limit }: { state: UnmatchedRow['state']; after: Cursor | undefined; limit: number },
): Promise<UnmatchedRow[]> {
  const { rows } = await sql<UnmatchedRow>`
    select ${shown} from unmatched_person u where organization_id = ${organizationId} and state = ${state}
      ${state === 'settled' ? sql`and settled_how is not null and settled_by is not null` : sql``}
      ${after ? sql`and (last_seen_at, id) < (${after.at}, ${after.id})` : sql``}
    order by last_seen_at desc, id desc limit ${limit}`.execute(db)
  return rows
}

export async function findUnmatchedOne(db: Db, organizationId: string, id: string): Promise<UnmatchedRow | undefined> {
  const { rows } =
    await sql<UnmatchedRow>`select ${shown} from unmatched_person u where organization_id = ${organizationId} and id = ${id}`.execute(
      db,
    )
  return rows[0]
}

/** Locks the row, so that what is read here is what is decided on. */
export async function lockUnmatched(
  tx: Transaction,
  organizationId: string,
  id: string,
): Promise<Selectable<UnmatchedPersonTable> | undefined> {
  return tx
    .selectFrom('unmatched_person')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export interface WaitingMessage {
  id: string
  received_at: Date
  state: IntakeState
  title: string
  effective_at: Date | null
}

export async function findWaitingMessages(
  db: Db,
  organizationId: string,
  personId: string,
  limit = 50,
): Promise<WaitingMessage[]> {
  const { rows } = await sql<WaitingMessage>`
    select i.id, i.received_at, i.state, r.title, r.effective_at from unmatched_report r
    join intake i on i.organization_id = r.organization_id and i.id = r.intake_id
    where r.organization_id = ${organizationId} and r.person_id = ${personId} order by i.id desc limit ${limit}`.execute(
    db,
  )
  return rows
}

export async function intakesOf(db: Db, organizationId: string, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('unmatched_report')
    .select('intake_id')
    .where('organization_id', '=', organizationId)
    .where('person_id', '=', personId)
    .execute()
  return rows.map((row) => row.intake_id)
}

export async function changeUnmatched(
  tx: Transaction,
  organizationId: string,
  id: string,
  to: { state: 'open' | 'set-aside'; note?: string; by: string | null; byName: string; at: Date },
): Promise<void> {
  await sql`
    update unmatched_person set state = ${to.state}, note = ${to.note ?? ''}, patient_id = null, settled_how = null, version = version + 1,
      settled_by = ${to.state === 'open' ? null : to.by}, settled_by_name = ${to.state === 'open' ? null : to.byName},
      settled_at = ${to.state === 'open' ? null : to.at}
    where organization_id = ${organizationId} and id = ${id}`.execute(tx)
}
