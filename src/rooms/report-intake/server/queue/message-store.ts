import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../../platform/database/database.ts'
import type { IntakeState } from '../../contract/words.ts'
import type { IntakeTable } from '../table.ts'
import type { Cursor } from './cursor.ts'

export type MessageLine = Omit<Selectable<IntakeTable>, 'sealed' | 'arrival'>

const COLUMNS =
  sql.raw(`organization_id, id, channel, format, source, peer, message_type, control_id, answer, received_at, size_bytes,
  state, reason, detail, reports, results, waiting, unknown_codes, attempts, processed_at`)

export interface MessageFilter {
  states: readonly IntakeState[]
  source?: string | undefined
  after?: Cursor | undefined
  limit: number
}

/** Newest first; one page by the index on what was received. */
export async function findMessages(db: Db, organizationId: string, filter: MessageFilter): Promise<MessageLine[]> {
  const { states, source, after, limit } = filter
  const { rows } = await sql<MessageLine>`
    select ${COLUMNS} from intake where organization_id = ${organizationId}
      ${states.length > 0 ? sql`and state = any(${states}::text[])` : sql``}
      ${source ? sql`and source = ${source}` : sql``}
      ${after ? sql`and (received_at, id) < (${after.at}, ${after.id})` : sql``}
    order by received_at desc, id desc limit ${limit}`.execute(db)
  return rows
}

export async function findOriginal(
  db: Db,
  organizationId: string,
  id: string,
): Promise<(MessageLine & { sealed: Buffer }) | undefined> {
  const { rows } = await sql<MessageLine & { sealed: Buffer }>`
    select ${COLUMNS}, sealed from intake where organization_id = ${organizationId} and id = ${id}`.execute(db)
  return rows[0]
}

/** Has a message read again. @returns false when it is in no state that asks for it */
export async function readMessageAgain(tx: Transaction, organizationId: string, id: string): Promise<boolean> {
  const result = await sql`
    update intake set state = 'received', reason = '', detail = null
    where organization_id = ${organizationId} and id = ${id} and format <> 'bytes' and state in ('failed', 'set-aside', 'refused')`.execute(
    tx,
  )
  return result.numAffectedRows === 1n
}

export async function readFailedAgain(tx: Transaction, organizationId: string): Promise<number> {
  const result = await sql`
    update intake set state = 'received', reason = '', detail = null where organization_id = ${organizationId} and state = 'failed'`.execute(
    tx,
  )
  return Number(result.numAffectedRows ?? 0)
}

export interface SourceDayRow {
  source: string
  channel: IntakeTable['channel']
  state: IntakeState
  count: number
  last_at: Date
}

export async function countToday(db: Db, organizationId: string, since: Date): Promise<SourceDayRow[]> {
  const { rows } = await sql<SourceDayRow>`
    select source, channel, state, count(*)::int count, max(received_at) last_at from intake
    where organization_id = ${organizationId} and received_at >= ${since} group by source, channel, state order by max(received_at) desc limit 500`.execute(
    db,
  )
  return rows
}

export interface WaitingCounts {
  to_read: number
  oldest: Date | null
  persons: number
  codes: number
  troubled: number
}

const COUNTED = 1000

/** What waits for somebody; each count stops at 1,000. */
export async function countWaiting(db: Db, organizationId: string, since: Date): Promise<WaitingCounts> {
  const capped = (from: ReturnType<typeof sql>) => sql`(select count(*)::int from (select ${from} limit ${COUNTED}) c)`
  const { rows } = await sql<WaitingCounts>`select
    ${capped(sql`from intake where organization_id = ${organizationId} and state = 'received'`)} to_read,
    (select min(received_at) from (select received_at from intake where organization_id = ${organizationId} and state = 'received' order by arrival limit 1) o) oldest,
    ${capped(sql`from unmatched_person where organization_id = ${organizationId} and state = 'open'`)} persons,
    ${capped(sql`from laboratory_code where organization_id = ${organizationId} and state = 'open'`)} codes,
    ${capped(sql`from intake where organization_id = ${organizationId} and (state = 'failed' or (state in ('refused', 'set-aside') and received_at >= ${since}))`)} troubled`.execute(
    db,
  )
  return rows[0]!
}
