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

/** Whether nothing follows it in its track. */
export async function markEnd(tx: Transaction, organizationId: string, id: string, ends: boolean): Promise<void> {
  await tx
    .updateTable('occurrence')
    .set({ ends_track: ends })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
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
  /** Why it is left out, for one that is skipped as it is written. */
  reason?: string | null
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
      task_id, actual_on, reason, settled_at, settled_by_name, created_at)
    select ${organizationId}::uuid, id, "runId", "patientId", step, track, sequence, "windowFrom", "dueOn", "windowUntil", rank, state,
      "taskId", "actualOn", coalesce(reason, ''), case when state not in ('planned', 'due') then ${now}::timestamptz end,
      case when state not in ('planned', 'due') then ${by} end, ${now}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as n (id uuid, "runId" uuid, "patientId" uuid, step text, track text, sequence int,
      "windowFrom" date, "dueOn" date, "windowUntil" date, rank int, state text, "taskId" uuid, "actualOn" date,
      reason text)`.execute(tx)
}

export interface StateChange {
  id: string
  from: 'planned' | 'due'
  to: 'due' | 'missed' | 'done' | 'cancelled'
  taskId: string | null
  actualOn: string | null
  reason: string | null
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
    update occurrence o set state = c.to, task_id = coalesce(c."taskId", o.task_id), actual_on = c."actualOn", reason = coalesce(c.reason, o.reason),
      settled_at = case when c.to <> 'due' then ${now}::timestamptz end, settled_by_name = case when c.to <> 'due' then ${by} end
    from json_to_recordset(${JSON.stringify(changes)}::json) as c (id uuid, "from" text, "to" text, "taskId" uuid, "actualOn" date, reason text)
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

/** Ids of the follow-ups of these plans that are not open any more. */
export async function findSettled(
  db: Db,
  organizationId: string,
  runIds: readonly string[],
  track?: string,
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from occurrence where organization_id = ${organizationId} and run_id = any(${[...runIds]}::uuid[])
      and state not in ('planned', 'due') ${track ? sql`and track = ${track}` : sql``}`.execute(db)
  return new Set(rows.map((row) => row.id))
}

/** How often each step has been there in these plans; what gave way to another day does not count. By `run step`. */
export async function findRepeats(
  db: Db,
  organizationId: string,
  runIds: readonly string[],
): Promise<Map<string, number>> {
  if (runIds.length === 0) return new Map()
  const { rows } = await sql<{ run_id: string; step: string; count: number }>`
    select run_id, step, count(*)::int count from occurrence
    where organization_id = ${organizationId} and run_id = any(${[...runIds]}::uuid[])
      and not (state = 'cancelled' and reason in ('re-anchored', 're-planned', 'in-hospital')) group by run_id, step`.execute(
    db,
  )
  return new Map(rows.map((row) => [`${row.run_id} ${row.step}`, row.count]))
}

/** How many steps of each track were missed since the last that was done. */
export async function findMissedInRow(
  db: Db,
  organizationId: string,
  runIds: readonly string[],
): Promise<{ runId: string; track: string; count: number }[]> {
  if (runIds.length === 0) return []
  const { rows } = await sql<{ runId: string; track: string; count: number }>`
    select run_id "runId", track, count(*)::int count from (
      select run_id, track, state, sequence,
        max(sequence) filter (where state in ('done', 'done-late')) over (partition by run_id, track) done
      from occurrence where organization_id = ${organizationId} and run_id = any(${[...runIds]}::uuid[])) o
    where state = 'missed' and sequence > coalesce(done, 0) group by run_id, track`.execute(db)
  return rows
}

/** Ids of what is open of a person now. */
export async function findDueOf(db: Db, organizationId: string, patientId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from occurrence where organization_id = ${organizationId} and patient_id = ${patientId} and state = 'due'
    order by due_on, id`.execute(db)
  return rows.map(({ id }) => id)
}

/** All follow-ups of these plans, oldest first. */
export async function findOfRuns(db: Db, organizationId: string, runIds: readonly string[]): Promise<OccurrenceRow[]> {
  if (runIds.length === 0) return []
  const { rows } = await sql<OccurrenceRow>`
    select * from occurrence where organization_id = ${organizationId} and run_id = any(${[...runIds]}::uuid[])
    order by due_on, id`.execute(db)
  return rows
}
