import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely'
import type { Actor } from '../../../platform/context/context.ts'
import type { Db } from '../../../platform/database/database.ts'
import { seesAll, visibleParts, visibleTo } from '../../patient/server/index.ts'
import { CHANNELS, familyOf, type Channel, type Family, type MessageState, type Purpose } from '../contract/words.ts'
import type { MessageRow } from './store.ts'

export interface LedgerFilter {
  state?: readonly MessageState[] | undefined
  channel?: Channel | undefined
  family?: Family | undefined
  /** Only what has left the house. */
  outward?: boolean | undefined
  template?: string | undefined
  purpose?: Purpose | undefined
  patientId?: string | undefined
  from?: Date | undefined
  before?: Date | undefined
  doubled?: boolean | undefined
}

export type NamedMessageRow = MessageRow & { patient_name: string; replied: boolean }

const REPLIED = sql`exists (select from message_event e where e.organization_id = m.organization_id and e.message_id = m.id and e.kind = 'replied')`

/** Lists say how many there are up to this. */
export const COUNT_MAX = 1000

/** One page, newest first by (created_at, id), which UUIDv7 puts into one order; `after` is the last id of the page before. */
export async function findMessages(
  db: Db,
  organizationId: string,
  actor: Actor,
  filter: LedgerFilter,
  page: { after?: string | undefined; limit: number; now: Date },
): Promise<NamedMessageRow[]> {
  const after = page.after ? sql`and m.id < ${page.after}` : sql``
  const { rows } = await sql<NamedMessageRow>`
    select m.*, p.name patient_name, ${REPLIED} replied from message m
    join patient p on p.organization_id = m.organization_id and p.id = m.patient_id
    where m.organization_id = ${organizationId} and ${conditions(organizationId, actor, filter, page.now)} ${after}
    order by m.id desc limit ${page.limit}`.execute(db)
  return rows
}

/** Counted to `COUNT_MAX`; null beyond. */
export async function countMessages(
  db: Db,
  organizationId: string,
  actor: Actor,
  filter: LedgerFilter,
  now: Date,
): Promise<number | null> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int count from (
      select from message m join patient p on p.organization_id = m.organization_id and p.id = m.patient_id
      where m.organization_id = ${organizationId} and ${conditions(organizationId, actor, filter, now)} limit ${COUNT_MAX + 1}) counted`.execute(
    db,
  )
  const count = rows[0]?.count ?? 0
  return count > COUNT_MAX ? null : count
}

export async function findMessage(
  db: Db,
  organizationId: string,
  actor: Actor,
  messageId: string,
  now: Date,
): Promise<NamedMessageRow | undefined> {
  const { rows } = await sql<NamedMessageRow>`
    select m.*, p.name patient_name, ${REPLIED} replied from message m
    join patient p on p.organization_id = m.organization_id and p.id = m.patient_id
    where m.organization_id = ${organizationId} and m.id = ${messageId} and ${visibleTo(actor, 'p', now)}`.execute(db)
  return rows[0]
}

/** How the messages since an instant stand, each state counted to 10,000. */
export async function countByState(
  db: Db,
  organizationId: string,
  actor: Actor,
  since: Date,
  now: Date,
): Promise<Map<MessageState, number>> {
  const { rows } = await sql<{ state: MessageState; count: number }>`
    select state, count(*)::int count from (
      select m.state from message m join patient p on p.organization_id = m.organization_id and p.id = m.patient_id
      where m.organization_id = ${organizationId} and ${conditions(organizationId, actor, { from: since }, now)} limit 10000) recent
    group by state`.execute(db)
  return new Map(rows.map((row) => [row.state, row.count]))
}

/** Copies beyond one that people one sees may have got, of late. */
export async function sumDoubles(
  db: Db,
  organizationId: string,
  actor: Actor,
  since: Date,
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ sum: number }>`
    select coalesce(sum(possible_doubles), 0)::int sum from (
      select m.possible_doubles from message m join patient p on p.organization_id = m.organization_id and p.id = m.patient_id
      where m.organization_id = ${organizationId} and ${conditions(organizationId, actor, { from: since, doubled: true }, now)} limit 10000) doubled`.execute(
    db,
  )
  return rows[0]?.sum ?? 0
}

function conditions(organizationId: string, actor: Actor, filter: LedgerFilter, now: Date): RawBuilder<SqlBool> {
  const all: Expression<SqlBool>[] = [scope(organizationId, actor, now)]
  if (filter.patientId) all.push(sql<SqlBool>`m.patient_id = ${filter.patientId}`)
  if (filter.state?.length) all.push(sql<SqlBool>`m.state = any(${[...filter.state]}::text[])`)
  if (filter.channel) all.push(sql<SqlBool>`m.channel = ${filter.channel}`)
  if (filter.family) {
    const { family } = filter
    all.push(sql<SqlBool>`m.channel = any(${CHANNELS.filter((channel) => familyOf(channel) === family)}::text[])`)
  }
  if (filter.outward) all.push(sql<SqlBool>`m.channel <> 'in-app'`)
  if (filter.template) all.push(sql<SqlBool>`m.template = ${filter.template}`)
  if (filter.purpose) all.push(sql<SqlBool>`m.purpose = ${filter.purpose}`)
  if (filter.doubled) all.push(sql<SqlBool>`m.possible_doubles > 0`)
  // Ids begin with their millisecond, so a span of time is a span of the primary key.
  if (filter.from) all.push(sql<SqlBool>`m.id >= ${firstIdAt(filter.from)}::uuid`)
  if (filter.before) all.push(sql<SqlBool>`m.id < ${firstIdAt(filter.before)}::uuid`)
  return sql<SqlBool>`${sql.join(all, sql` and `)}`
}

/** The pool alone is dense, so the ledger is walked in its order; own customers are a set of ids with an index each. */
function scope(organizationId: string, actor: Actor, now: Date): Expression<SqlBool> {
  if (seesAll(actor)) return sql<SqlBool>`true`
  const isPoolOnly = !actor.roles.some((role) => ['physician', 'service-manager', 'counsellor'].includes(role))
  if (isPoolOnly) return visibleTo(actor, 'p', now)
  const own = visibleParts(actor, organizationId, now).map(
    (part) => sql`select patient.id from patient where patient.organization_id = ${organizationId} and ${part}`,
  )
  return own.length > 0 ? sql<SqlBool>`m.patient_id in (${sql.join(own, sql` union `)})` : sql<SqlBool>`false`
}

/** The smallest UUIDv7 of a millisecond. */
function firstIdAt(instant: Date): string {
  const hex = instant.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
