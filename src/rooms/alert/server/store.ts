import { sql, type Expression, type Insertable, type Selectable, type SqlBool, type Updateable } from 'kysely'
import type { Actor, ReadContext } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import { visibleTo } from '../../patient/server/index.ts'
import '../../patient/server/table.ts'
import type { AlertEventKind, AlertTable, Why } from './table.ts'

export type AlertRow = Selectable<AlertTable>
export type NewAlertRow = Insertable<AlertTable>

/**
 * Which alerts `a`, with their patient `p`, somebody may see: those of their own people, and those of which they were
 * told. Being told opens the alert, not the file.
 */
export function visibleAlerts(actor: Actor, now: Date): Expression<SqlBool> {
  if (actor.kind === 'system') return sql<SqlBool>`true`
  return sql<SqlBool>`(${visibleTo(actor, 'p', now)} or exists (select from alert_recipient r
    where r.organization_id = a.organization_id and r.alert_id = a.id and r.staff_id = ${actor.id}))`
}

/** Adds an alert. @returns false when the same source and key have raised it already */
export async function insertAlert(tx: Transaction, row: NewAlertRow): Promise<boolean> {
  const added = await tx
    .insertInto('alert')
    .values(row)
    .onConflict((c) => c.constraint('alert_once').doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

/** Locks an alert that the actor may see, until the transaction ends; undefined when there is none. */
export async function lockAlert(
  { db, organizationId, actor, clock }: ReadContext,
  alertId: string,
): Promise<AlertRow | undefined> {
  const { rows } = await sql<AlertRow>`
    select a.* from alert a join patient p on p.organization_id = a.organization_id and p.id = a.patient_id
    where a.organization_id = ${organizationId} and a.id = ${alertId} and ${visibleAlerts(actor, clock.now())} for update of a`.execute(
    db,
  )
  return rows[0]
}

/** Changes an alert that is locked; its version counts up, and the log has one line for each. */
export async function updateAlert(
  tx: Transaction,
  row: Pick<AlertRow, 'organization_id' | 'id' | 'version'>,
  change: Updateable<AlertTable>,
): Promise<AlertRow> {
  return tx
    .updateTable('alert')
    .set({ ...change, version: row.version + 1 })
    .where('organization_id', '=', row.organization_id)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export interface NewEvent {
  kind: AlertEventKind
  before: AlertRow['state'] | null
  after: Pick<AlertRow, 'organization_id' | 'id' | 'version' | 'state'>
  told?: readonly { id: string; name: string; why: string }[]
  note?: string
  detail?: Record<string, string | number | null>
  by: { id: string | null; name: string }
  at: Date
}

export async function insertEvent(tx: Transaction, event: NewEvent): Promise<void> {
  const { kind, before, after, told = [], note = '', detail = {}, by, at } = event
  await tx
    .insertInto('alert_event')
    .values({
      organization_id: after.organization_id,
      alert_id: after.id,
      version: after.version,
      kind,
      from_state: before,
      to_state: after.state,
      told: JSON.stringify(told),
      note,
      detail: JSON.stringify(detail),
      by_id: by.id,
      by_name: by.name,
      at,
    })
    .execute()
}

export interface Recipient {
  staff_id: string
  why: Why
  task_id: string | null
}

export function findRecipients(db: Db, organizationId: string, alertId: string): Promise<Recipient[]> {
  return db
    .selectFrom('alert_recipient')
    .select(['staff_id', 'why', 'task_id'])
    .where('organization_id', '=', organizationId)
    .where('alert_id', '=', alertId)
    .orderBy('told_at')
    .orderBy('staff_id')
    .execute()
}

/** Whether alerts of a person are open, of whatever class. */
export async function findOpenPatients(
  db: Db,
  organizationId: string,
  patientIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ patient_id: string }>`
    select distinct patient_id from alert where organization_id = ${organizationId} and patient_id = any(${[...patientIds]}::uuid[])
      and state <> 'closed'`.execute(db)
  return new Set(rows.map((row) => row.patient_id))
}

/** Whether a class A alert of a person is open and the person not reached. */
export async function findUntold(db: Db, organizationId: string, patientId: string): Promise<boolean> {
  const { rows } = await sql`
    select from alert where organization_id = ${organizationId} and patient_id = ${patientId} and class = 'A'
      and state <> 'closed' and reached_at is null limit 1`.execute(db)
  return rows.length > 0
}

/** How many open alerts are late, by class: what an operator's own alarm watches. */
export async function countLate(db: Db, organizationId: string, now: Date): Promise<{ A: number; B: number }> {
  const { rows } = await sql<{ A: number; B: number }>`
    select count(*) filter (where class = 'A')::int "A", count(*) filter (where class = 'B')::int "B" from alert
    where organization_id = ${organizationId} and state <> 'closed' and (level > 0 or due_at <= ${now})`.execute(db)
  return rows[0]!
}
