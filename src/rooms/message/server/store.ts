import { sql, type Selectable } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { MessageEventKind } from '../contract/words.ts'
import type { MessageEventTable, MessageTable } from './table.ts'
import './table.ts'

export type MessageRow = Selectable<MessageTable>
export type NewMessageRow = Omit<
  MessageRow,
  | 'organization_id'
  | 'attempts'
  | 'possible_doubles'
  | 'uncertain'
  | 'claimed_by'
  | 'reply'
  | 'read_at'
  | 'delivered_at'
  | 'withdrawal'
  | 'approved_leaks'
  | 'counts_reading'
  | 'approved_by'
>

const CHUNK = 1000

/** Adds rows; who tells of the same touch again adds nothing. @returns the ids that are new */
export async function insertMessages(
  tx: Transaction,
  organizationId: string,
  rows: readonly NewMessageRow[],
): Promise<Set<string>> {
  const added = new Set<string>()
  for (let start = 0; start < rows.length; start += CHUNK) {
    const inserted = await tx
      .insertInto('message')
      .values(
        rows.slice(start, start + CHUNK).map((row) => ({
          ...row,
          organization_id: organizationId,
          claimed_by: null,
          reply: null,
          read_at: null,
          approved_by: null,
        })),
      )
      // Of a touch and channel there is one, and of a touch by its ladder, whatever step that has come to.
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute()
    for (const { id } of inserted) added.add(id)
  }
  return added
}

/** In the place of a channel, where the ladder chooses it. */
export const BY_LADDER = 'ladder'

export function keyOf(row: Pick<MessageRow, 'patient_id' | 'touch' | 'channel' | 'rung'>): string {
  return `${row.patient_id} ${row.touch} ${row.rung === null ? row.channel : BY_LADDER}`
}

/** Which of these touches the ledger knows: `patient touch channel` → id and state. */
export async function findByTouch(
  db: Db,
  organizationId: string,
  keys: readonly { patientId: string; touch: string }[],
): Promise<Map<string, Pick<MessageRow, 'id' | 'state'>>> {
  if (keys.length === 0) return new Map()
  const { rows } = await sql<{
    id: string
    patient_id: string
    touch: string
    channel: MessageRow['channel']
    rung: number | null
    state: MessageRow['state']
  }>`
    select m.id, m.patient_id, m.touch, m.channel, m.rung, m.state
    from unnest(${keys.map((key) => key.patientId)}::uuid[], ${keys.map((key) => key.touch)}::text[]) k (patient_id, touch)
    join message m on m.organization_id = ${organizationId} and m.patient_id = k.patient_id and m.touch = k.touch`.execute(
    db,
  )
  return new Map(rows.map((row) => [keyOf(row), { id: row.id, state: row.state }]))
}

/** When each person was last written to by this template about something else, as far as it went out or still will. */
export async function findLastOfTemplate(
  db: Db,
  organizationId: string,
  asked: readonly { patientId: string; template: string; touch: string }[],
): Promise<Map<string, Date>> {
  if (asked.length === 0) return new Map()
  const { rows } = await sql<{ key: string; at: Date }>`
    select concat_ws(' ', k.patient_id, k.template, k.touch) key, max(m.created_at) at
    from (select distinct * from unnest(${asked.map((one) => one.patientId)}::uuid[], ${asked.map((one) => one.template)}::text[],
      ${asked.map((one) => one.touch)}::text[]) k (patient_id, template, touch)) k
    join message m on m.organization_id = ${organizationId} and m.patient_id = k.patient_id and m.template = k.template and m.touch <> k.touch
    where m.channel <> 'in-app' and m.state in ('planned', 'claimed', 'deferred', 'accepted') group by k.patient_id, k.template, k.touch`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.key, row.at]))
}

export interface EventLine {
  messageId: string
  kind: MessageEventKind
  detail?: EventDetail
}

/** Ids, codes, counts and moments: no address and no words. `saw` is what the gate looked at. */
export interface EventDetail extends Record<string, unknown> {
  reason?: string | null
  /** When it is looked at next. */
  until?: string
  /** The version of the rules of sending it was judged by. */
  rule?: number
  saw?: Record<string, string | number>
  /** Why a second person let it go, in their words. */
  because?: string
}

export async function insertEvents(
  ctx: Pick<WriteContext, 'tx' | 'organizationId' | 'ids' | 'clock' | 'actor'>,
  lines: readonly EventLine[],
): Promise<void> {
  if (lines.length === 0) return
  const rows = lines.map(({ messageId, kind, detail = {} }) => ({ messageId, kind, detail, id: ctx.ids.next() }))
  await sql`
    insert into message_event (organization_id, message_id, id, kind, detail, by_id, by_name, at)
    select ${ctx.organizationId}::uuid, "messageId", id, kind, detail, ${ctx.actor.id}::uuid, ${ctx.actor.name}, ${ctx.clock.now()}
    from json_to_recordset(${JSON.stringify(rows)}::json) as e ("messageId" uuid, id uuid, kind text, detail jsonb)`.execute(
    ctx.tx,
  )
}

export function findEvents(
  db: Db,
  organizationId: string,
  messageId: string,
): Promise<Selectable<MessageEventTable>[]> {
  return (
    db
      .selectFrom('message_event')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .where('message_id', '=', messageId)
      .orderBy('at')
      // A demo outbox answers within the same millisecond: what was asked stands before what was answered.
      .orderBy(sql`kind <> 'claimed'`)
      .orderBy('id')
      .limit(200)
      .execute()
  )
}
