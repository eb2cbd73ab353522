import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { OccurrenceTable } from './table.ts'
import './table.ts'

export type OccurrenceRow = Selectable<OccurrenceTable>

/** The newest follow-up in each track of each plan. */
export async function findLast(db: Db, organizationId: string, runIds: readonly string[]): Promise<OccurrenceRow[]> {
  if (runIds.length === 0) return []
  const { rows } = await sql<OccurrenceRow>`
    select distinct on (run_id, track) * from occurrence
    where organization_id = ${organizationId} and run_id = any(${[...runIds]}::uuid[])
    order by run_id, track, sequence desc`.execute(db)
  return rows
}

export async function findOccurrence(db: Db, organizationId: string, id: string): Promise<OccurrenceRow | undefined> {
  const { rows } =
    await sql<OccurrenceRow>`select * from occurrence where organization_id = ${organizationId} and id = ${id}`.execute(
      db,
    )
  return rows[0]
}

export interface NewOccurrence {
  id: string
  runId: string
  patientId: string
  step: string
  track: string
  sequence: number
  windowFrom: string
  dueOn: string
  windowUntil: string
  rank: number
  state: OccurrenceRow['state']
  taskId: string | null
  /** For one that is settled as it is written: missed while nobody looked, or a message that was sent. */
  actualOn: string | null
}

/** Plans follow-ups; the keys of the table make sure that each is planned once. */
export async function insertOccurrences(
  tx: Transaction,
  organizationId: string,
  rows: readonly NewOccurrence[],
  by: string,
  now: Date,
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into occurrence (organization_id, id, run_id, patient_id, step, track, sequence, window_from, due_on, window_until, rank, state,
      task_id, actual_on, settled_at, settled_by_name, created_at)
    select ${organizationId}::uuid, id, "runId", "patientId", step, track, sequence, "windowFrom", "dueOn", "windowUntil", rank, state,
      "taskId", "actualOn", case when state not in ('planned', 'due') then ${now}::timestamptz end,
      case when state not in ('planned', 'due') then ${by} end, ${now}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as n (id uuid, "runId" uuid, "patientId" uuid, step text, track text, sequence int,
      "windowFrom" date, "dueOn" date, "windowUntil" date, rank int, state text, "taskId" uuid, "actualOn" date)`.execute(
    tx,
  )
}

export interface StateChange {
  id: string
  from: 'planned' | 'due'
  to: 'due' | 'missed' | 'done'
  taskId: string | null
  actualOn: string | null
}

/** Moves follow-ups on by the calendar. @throws Error when one has moved meanwhile: its plan is locked, so that is a fault */
export async function changeStates(
  tx: Transaction,
  organizationId: string,
  changes: readonly StateChange[],
  by: string,
  now: Date,
): Promise<void> {
  if (changes.length === 0) return
  const { rows } = await sql`
    update occurrence o set state = c.to, task_id = coalesce(c."taskId", o.task_id), actual_on = c."actualOn",
      settled_at = case when c.to <> 'due' then ${now}::timestamptz end, settled_by_name = case when c.to <> 'due' then ${by} end
    from json_to_recordset(${JSON.stringify(changes)}::json) as c (id uuid, "from" text, "to" text, "taskId" uuid, "actualOn" date)
    where o.organization_id = ${organizationId} and o.id = c.id and o.state = c.from returning o.id`.execute(tx)
  if (rows.length !== changes.length)
    throw new Error(`${changes.length - rows.length} follow-ups moved while their plans were locked`)
}

/** Cancels what is still open of plans. @returns the cancelled */
export async function cancelOpen(
  tx: Transaction,
  organizationId: string,
  wanted: { runIds: readonly string[]; track?: string; reason: string },
  by: { id: string | null; name: string },
  now: Date,
): Promise<OccurrenceRow[]> {
  if (wanted.runIds.length === 0) return []
  const { rows } = await sql<OccurrenceRow>`
    update occurrence set state = 'cancelled', reason = ${wanted.reason}, settled_at = ${now}, settled_by = ${by.id}::uuid, settled_by_name = ${by.name}
    where organization_id = ${organizationId} and run_id = any(${[...wanted.runIds]}::uuid[]) and state in ('planned', 'due')
      ${wanted.track ? sql`and track = ${wanted.track}` : sql``} returning *`.execute(tx)
  return rows
}

/** Tasks of these plans that stand for follow-ups which were missed, or of which the plan has ended. */
export async function findTaskIds(
  db: Db,
  organizationId: string,
  wanted: { runId: string; track?: string }[],
): Promise<string[]> {
  if (wanted.length === 0) return []
  const { rows } = await sql<{ task_id: string }>`
    select o.task_id from occurrence o
    join json_to_recordset(${JSON.stringify(wanted)}::json) as w ("runId" uuid, track text) on o.run_id = w."runId" and (w.track is null or w.track = o.track)
    where o.organization_id = ${organizationId} and o.state = 'missed' and o.task_id is not null`.execute(db)
  return rows.map((row) => row.task_id)
}

/** Ids of the follow-ups of these plans that somebody should have done, or that were done late in the end. */
export async function findMissed(
  db: Db,
  organizationId: string,
  runIds: readonly string[],
  track?: string,
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from occurrence where organization_id = ${organizationId} and run_id = any(${[...runIds]}::uuid[])
      and state in ('missed', 'done', 'done-late') ${track ? sql`and track = ${track}` : sql``}`.execute(db)
  return new Set(rows.map((row) => row.id))
}
