import { sql, type RawBuilder } from 'kysely'
import { nudgeAfter } from '../../../platform/database/after-commit.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import './table.ts'

/**
 * Moves the patients' `due_at` to `at` unless it is earlier already. Rows are taken in the order of their keys, so that
 * two wakes of the same people cannot wait for each other.
 */
export async function wake(
  tx: Transaction,
  organizationId: string,
  patientIds: readonly string[],
  reason: string,
  at: Date,
): Promise<void> {
  if (patientIds.length === 0) return
  const ids = [...new Set(patientIds)].toSorted()
  await sql`
    insert into agenda as a (organization_id, patient_id, due_at, reason)
    select ${organizationId}::uuid, id, ${at}::timestamptz, ${reason} from unnest(${ids}::uuid[]) id
    on conflict (organization_id, patient_id) do update
    set due_at = least(a.due_at, excluded.due_at),
        reason = case when a.due_at is null or excluded.due_at < a.due_at then excluded.reason else a.reason end`.execute(
    tx,
  )
  nudgeAfter(tx, 'care')
}

/** The same with a moment for each: when time alone will change something about them. */
export async function wakeEach(
  tx: Transaction,
  organizationId: string,
  people: readonly { patientId: string; at: Date }[],
  reason: string,
): Promise<void> {
  if (people.length === 0) return
  const sorted = people.toSorted((a, b) => (a.patientId < b.patientId ? -1 : 1))
  await sql`
    insert into agenda as a (organization_id, patient_id, due_at, reason)
    select ${organizationId}::uuid, id, at, ${reason}
    from unnest(${sorted.map((one) => one.patientId)}::uuid[], ${sorted.map((one) => one.at)}::timestamptz[]) n (id, at)
    on conflict (organization_id, patient_id) do update set due_at = excluded.due_at, reason = excluded.reason
    where a.due_at is null or excluded.due_at < a.due_at`.execute(tx)
  nudgeAfter(tx, 'care')
}

/** The same for whoever a query names, `patient_id` and `at`: people of a list that never leaves the database. */
export async function wakeChosen(
  tx: Transaction,
  organizationId: string,
  chosen: RawBuilder<unknown>,
  reason: string,
): Promise<void> {
  await sql`
    insert into agenda as a (organization_id, patient_id, due_at, reason)
    select ${organizationId}::uuid, n.patient_id, n.at, ${reason} from (${chosen}) n order by n.patient_id
    on conflict (organization_id, patient_id) do update set due_at = excluded.due_at, reason = excluded.reason
    where a.due_at is null or excluded.due_at < a.due_at`.execute(tx)
  nudgeAfter(tx, 'care')
}

/**
 * Holds the rows of these people until the transaction ends: what is evaluated meanwhile cannot be out of date when it is
 * written, since a fact waits with its `wake`, and the care engine passes over them.
 */
export async function hold(tx: Transaction, organizationId: string, patientIds: readonly string[]): Promise<void> {
  await sql`
    select from agenda where organization_id = ${organizationId} and patient_id = any(${[...patientIds]}::uuid[])
    order by patient_id for update`.execute(tx)
}

/** The same for whoever a query names. */
export async function holdChosen(tx: Transaction, organizationId: string, chosen: RawBuilder<unknown>): Promise<void> {
  await sql`
    select from agenda where organization_id = ${organizationId} and patient_id in (${chosen})
    order by patient_id for update`.execute(tx)
}

const SPREAD_MINUTES = 10
/** About half of what two cores manage while they know nothing of anybody; the other half is for what comes in. */
const WOKEN_PER_MINUTE = 24_000

/**
 * Everybody of an organization is looked at anew, for content that acts on people: over ten minutes, and over as many
 * more as a large organization needs, so that what comes in meanwhile is not kept waiting.
 */
export async function wakeEverybody(
  tx: Transaction,
  organizationId: string,
  reason: string,
  at: Date,
  perMinute = WOKEN_PER_MINUTE,
): Promise<void> {
  await sql`
    with spread as materialized (
      select make_interval(mins => greatest(${SPREAD_MINUTES}::int, (count(*) / ${perMinute}::int)::int)) as long
      from agenda where organization_id = ${organizationId})
    update agenda set due_at = least(due_at, ${at}::timestamptz + random() * spread.long), reason = ${reason}
    from spread
    where organization_id = ${organizationId} and (due_at is null or due_at > ${at}::timestamptz + spread.long)`.execute(
    tx,
  )
}

/** Claims up to `limit` due patients, earliest first; rows another worker holds are passed over. */
export async function claimDue(tx: Transaction, organizationId: string, now: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ patient_id: string }>`
    select patient_id from agenda
    where organization_id = ${organizationId} and due_at <= ${now}
    order by due_at limit ${limit} for update skip locked`.execute(tx)
  return rows.map((row) => row.patient_id)
}

/** Claims one patient if due and free. */
export async function claimOne(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    select from agenda where organization_id = ${organizationId} and patient_id = ${patientId} and due_at <= ${now}
    for update skip locked`.execute(tx)
  return rows.length > 0
}

export interface NextDue {
  patientId: string
  at: Date | null
  reason: string
}

/** Writes when each claimed patient is looked at next. */
export async function settleDue(
  tx: Transaction,
  organizationId: string,
  next: readonly NextDue[],
  now: Date,
): Promise<void> {
  await sql`
    update agenda a set due_at = n.at, reason = n.reason, attempts = 0, last_error = null, evaluated_at = ${now}
    from unnest(${next.map((n) => n.patientId)}::uuid[], ${next.map((n) => n.at)}::timestamptz[], ${next.map((n) => n.reason)}::text[])
      n (patient_id, at, reason)
    where a.organization_id = ${organizationId} and a.patient_id = n.patient_id`.execute(tx)
}

/** Puts a patient off whose evaluation failed: 1, 2, 4 … minutes, at most a day. */
export async function putOff(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  now: Date,
  error: string,
): Promise<void> {
  await sql`
    update agenda set attempts = attempts + 1, last_error = ${error.slice(0, 500)},
      due_at = ${now}::timestamptz + least(interval '1 day', interval '1 minute' * (2 ^ least(attempts, 12)))
    where organization_id = ${organizationId} and patient_id = ${patientId}`.execute(tx)
}

export interface AgendaState {
  due: number
  failing: number
  /** Seconds by which the earliest due row is late. */
  lateSeconds: number
}

/** Whether somebody waits to be looked at: one look at the head of the index. */
export async function isAnybodyDue(db: Db, organizationId: string, now: Date): Promise<boolean> {
  const earliest = await db
    .selectFrom('agenda')
    .select('due_at')
    .where('organization_id', '=', organizationId)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  return earliest !== undefined
}

/** How the engine keeps up; both counts stop at 10,000. */
export async function agendaState(db: Db, organizationId: string, now: Date): Promise<AgendaState> {
  const { rows } = await sql<{ due: number; failing: number; earliest: Date | null }>`
    select
      (select count(*) from (select from agenda where organization_id = ${organizationId} and due_at <= ${now} limit 10000) d)::int due,
      (select count(*) from (select from agenda where organization_id = ${organizationId} and due_at is not null and attempts > 0 limit 10000) f)::int failing,
      (select min(due_at) from agenda where organization_id = ${organizationId} and due_at is not null) earliest`.execute(
    db,
  )
  const { due = 0, failing = 0, earliest = null } = rows[0] ?? {}
  const lateSeconds = earliest && earliest < now ? (now.getTime() - earliest.getTime()) / 1000 : 0
  return { due, failing, lateSeconds }
}
