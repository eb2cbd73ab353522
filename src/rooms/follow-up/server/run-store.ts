import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { ExitReason, RunState } from '../contract/words.ts'
import type { PlanRunTable, RunEventKind } from './table.ts'
import './table.ts'

export type RunRow = Selectable<PlanRunTable>

/** Plans of these people in the states asked for, oldest first. */
export async function findRuns(
  db: Db,
  organizationId: string,
  patientIds: readonly string[],
  states?: readonly RunState[],
): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`
    select * from plan_run where organization_id = ${organizationId} and patient_id = any(${[...patientIds]}::uuid[])
    ${states ? sql`and state = any(${[...states]}::text[])` : sql``} order by started_at, id`.execute(db)
  return rows
}

export async function findRunsById(db: Db, organizationId: string, runIds: readonly string[]): Promise<RunRow[]> {
  if (runIds.length === 0) return []
  const { rows } =
    await sql<RunRow>`select * from plan_run where organization_id = ${organizationId} and id = any(${[...runIds]}::uuid[])`.execute(
      db,
    )
  return rows
}

export async function lockRun(tx: Transaction, organizationId: string, runId: string): Promise<RunRow | undefined> {
  const { rows } =
    await sql<RunRow>`select * from plan_run where organization_id = ${organizationId} and id = ${runId} for update`.execute(
      tx,
    )
  return rows[0]
}

/**
 * Locks running plans that nobody else is working on. Whoever holds one wakes its patient in the same transaction, so
 * that what is passed over here is looked at again.
 */
export async function lockFreeRuns(
  tx: Transaction,
  organizationId: string,
  runIds: readonly string[],
): Promise<RunRow[]> {
  if (runIds.length === 0) return []
  const { rows } = await sql<RunRow>`
    select * from plan_run where organization_id = ${organizationId} and id = any(${[...runIds]}::uuid[]) and state = 'active'
    order by id for update skip locked`.execute(tx)
  return rows
}

export interface NewRun {
  id: string
  patientId: string
  protocolCode: string
  protocolVersion: number
  entryKey: string
  anchorOn: string
}

/** Starts plans; one whose patient has the protocol running, or had it for the same reason, is left out. @returns the started */
export async function insertRuns(
  tx: Transaction,
  organizationId: string,
  runs: readonly NewRun[],
  by: { id: string | null; name: string },
  now: Date,
): Promise<RunRow[]> {
  if (runs.length === 0) return []
  const { rows } = await sql<RunRow>`
    insert into plan_run (organization_id, id, patient_id, protocol_code, protocol_version, entry_key, anchor_on, state, started_at, started_by, started_by_name)
    select ${organizationId}::uuid, id, "patientId", "protocolCode", "protocolVersion", "entryKey", "anchorOn", 'active',
      ${now}::timestamptz, ${by.id}::uuid, ${by.name}
    from json_to_recordset(${JSON.stringify(runs)}::json) as n (id uuid, "patientId" uuid, "protocolCode" text, "protocolVersion" int,
      "entryKey" text, "anchorOn" date)
    on conflict do nothing returning *`.execute(tx)
  return rows
}

export interface Ending {
  runId: string
  state: 'completed' | 'exited'
  reason: ExitReason | null
  note?: string
  /** Code of the rule of leaving that ended it. */
  rule?: string
}

/** Ends running plans. @returns those that were running */
export async function endRuns(
  tx: Transaction,
  organizationId: string,
  endings: readonly Ending[],
  by: { id: string | null; name: string },
  now: Date,
): Promise<RunRow[]> {
  if (endings.length === 0) return []
  const { rows } = await sql<RunRow>`
    update plan_run r set state = e.state, exit_reason = e.reason, exit_note = coalesce(e.note, ''), exit_rule = e.rule, switch_to = null, switch_how = null,
      ended_at = ${now}, ended_by = ${by.id}::uuid, ended_by_name = ${by.name}, version = r.version + 1
    from json_to_recordset(${JSON.stringify(endings)}::json) as e ("runId" uuid, state text, reason text, note text, rule text)
    where r.organization_id = ${organizationId} and r.id = e."runId" and r.state = 'active' returning r.*`.execute(tx)
  return rows
}

/** Brings plans over to the version they were sent to. */
export async function applySwitch(tx: Transaction, organizationId: string, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return
  await sql`update plan_run set protocol_version = switch_to, switch_to = null, switch_how = null, version = version + 1
    where organization_id = ${organizationId} and id = any(${[...runIds]}::uuid[]) and switch_to is not null`.execute(
    tx,
  )
}

export interface RunEvent {
  id: string
  runId: string
  kind: RunEventKind
  detail?: unknown
}

export async function insertRunEvents(
  tx: Transaction,
  organizationId: string,
  events: readonly RunEvent[],
  by: { id: string | null; name: string },
  now: Date,
): Promise<void> {
  if (events.length === 0) return
  const rows = events.map((event) => ({ ...event, detail: event.detail ?? {} }))
  await sql`
    insert into plan_run_event (organization_id, run_id, id, kind, detail, by_id, by_name, at)
    select ${organizationId}::uuid, "runId", id, kind, detail, ${by.id}::uuid, ${by.name}, ${now}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as n (id uuid, "runId" uuid, kind text, detail jsonb)`.execute(
    tx,
  )
}
