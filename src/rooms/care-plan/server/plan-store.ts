import { sql, type Selectable, type Updateable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { Outcome } from '../contract/words.ts'
import type {
  CarePlanCheckInTable,
  CarePlanEventTable,
  CarePlanHomeworkTable,
  CarePlanStepTable,
  CarePlanTable,
  CarePlanVersionTable,
} from './table.ts'
import './table.ts'

export type PlanRow = Selectable<CarePlanTable>
export type VersionRow = Selectable<CarePlanVersionTable>
export type StepRow = Selectable<CarePlanStepTable>
export type HomeworkRow = Selectable<CarePlanHomeworkTable>
export type CheckInRow = Selectable<CarePlanCheckInTable>
export type EventRow = Selectable<CarePlanEventTable>

/** A plan with all that hangs on it; `ticks` are those that stand, of the days asked for. */
export interface Whole {
  plan: PlanRow
  versions: VersionRow[]
  steps: StepRow[]
  homework: HomeworkRow[]
  ticks: CheckInRow[]
}

/** Plans of a person, newest first. Who may see them is the caller's business. */
export function findPlansOf(db: Db, organizationId: string, patientId: string): Promise<PlanRow[]> {
  return db
    .selectFrom('care_plan')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}

/** Plans that run, in the order of their ids. @param after the last id that was seen */
export function findRunning(db: Db, organizationId: string, after: string | null, limit: number): Promise<PlanRow[]> {
  return db
    .selectFrom('care_plan')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('state', '=', 'active')
    .$if(after !== null, (query) => query.where('id', '>', after!))
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** The plan of this person; undefined when it is somebody else's. */
export function findPlan(
  db: Db,
  organizationId: string,
  patientId: string,
  planId: string,
): Promise<PlanRow | undefined> {
  return db
    .selectFrom('care_plan')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('id', '=', planId)
    .executeTakeFirst()
}

/** The same, locked: whatever is decided about a plan is decided by one caller at a time. */
export async function lockPlan(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  planId: string,
): Promise<PlanRow | undefined> {
  return tx
    .selectFrom('care_plan')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('id', '=', planId)
    .forUpdate()
    .executeTakeFirst()
}

/** All that hangs on these plans, in five queries. @param ticksFrom the first day whose ticks are wanted */
export async function loadWhole(
  db: Db,
  organizationId: string,
  plans: readonly PlanRow[],
  ticksFrom: string,
): Promise<Whole[]> {
  const ids = plans.map(({ id }) => id)
  if (ids.length === 0) return []
  const of = <T extends 'care_plan_version' | 'care_plan_step' | 'care_plan_homework'>(table: T) =>
    sql<
      Selectable<
        {
          care_plan_version: CarePlanVersionTable
          care_plan_step: CarePlanStepTable
          care_plan_homework: CarePlanHomeworkTable
        }[T]
      >
    >`
      select * from ${sql.table(table)} where organization_id = ${organizationId} and plan_id = any(${ids}::uuid[])`.execute(
      db,
    )
  const [versions, steps, homework, ticks] = await Promise.all([
    of('care_plan_version'),
    of('care_plan_step'),
    of('care_plan_homework'),
    findTicks(db, organizationId, ids, ticksFrom),
  ])
  const byPlan = <R extends { plan_id: string }>(rows: readonly R[]) => Map.groupBy(rows, (row) => row.plan_id)
  const [v, s, h, t] = [byPlan(versions.rows), byPlan(steps.rows), byPlan(homework.rows), byPlan(ticks)]
  return plans.map((plan) => ({
    plan,
    versions: (v.get(plan.id) ?? []).toSorted((a, b) => b.version - a.version),
    steps: (s.get(plan.id) ?? []).toSorted((a, b) => a.day - b.day),
    homework: h.get(plan.id) ?? [],
    ticks: t.get(plan.id) ?? [],
  }))
}

async function findTicks(
  db: Db,
  organizationId: string,
  planIds: readonly string[],
  from: string,
): Promise<CheckInRow[]> {
  const { rows } = await sql<CheckInRow>`
    select * from care_plan_check_in where organization_id = ${organizationId} and plan_id = any(${planIds}::uuid[])
      and on_date >= ${from} and replaced_at is null`.execute(db)
  return rows
}

/** What stands ticked, by action and day. */
export function ticksOf(rows: readonly CheckInRow[]): Map<string, Outcome> {
  return new Map(rows.map((row) => [`${row.action_key} ${row.on_date}`, row.outcome]))
}

/** @returns false when the person has an open plan of this kind already */
export async function insertPlan(
  tx: Transaction,
  plan: {
    organizationId: string
    id: string
    patientId: string
    kind: string
    title: string
    by: string | null
    at: Date
  },
): Promise<boolean> {
  const added = await tx
    .insertInto('care_plan')
    .values({
      organization_id: plan.organizationId,
      id: plan.id,
      patient_id: plan.patientId,
      kind: plan.kind,
      title: plan.title,
      state: 'draft',
      version: null,
      started_on: null,
      ended_on: null,
      ended_at: null,
      end_reason: null,
      submitted_at: null,
      next_step_on: null,
      adherence_percent: null,
      measured_on: null,
      created_at: plan.at,
      created_by: plan.by,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

export async function updatePlan(tx: Transaction, plan: PlanRow, changes: Updateable<CarePlanTable>): Promise<void> {
  await tx
    .updateTable('care_plan')
    .set(changes)
    .where('organization_id', '=', plan.organization_id)
    .where('id', '=', plan.id)
    .execute()
}

export interface NewEvent {
  kind: string
  version: number | null
  note?: string
}

/** A line of the plan's log. */
export async function insertEvent(
  tx: Transaction,
  plan: Pick<PlanRow, 'organization_id' | 'id'>,
  { kind, version, note = '' }: NewEvent,
  by: { id: string | null; name: string },
  eventId: string,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('care_plan_event')
    .values({
      organization_id: plan.organization_id,
      plan_id: plan.id,
      id: eventId,
      kind,
      version,
      note,
      by_id: by.id,
      by_name: by.name,
      at,
    })
    .execute()
}

export function findEvents(db: Db, organizationId: string, planId: string): Promise<EventRow[]> {
  return db
    .selectFrom('care_plan_event')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('plan_id', '=', planId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}
