import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Bilingual, PatientId, StaffId } from '../../../platform/contract/index.ts'
import '../../patient/server/table.ts'
import { taskCreated } from '../contract/events.ts'
import { taskProblem } from '../contract/problems.ts'
import type { Priority, TaskId, TaskType } from '../contract/words.ts'
import { openFiles } from './access.ts'
import { joinOfConcern } from './concern.ts'
import { reminderTimes } from './rules.ts'
import { putReminders } from './reminder-store.ts'
import { findBySource, insertEvents, insertTasks, type TaskInsert } from './store.ts'

export interface NewTask {
  type: TaskType
  /** Without one, the name of its type says it. */
  title?: string | Bilingual
  note?: string
  patientId?: string | null
  /** Who does it; without one it goes to the pool of `poolRole`, `service-manager` by default. */
  ownerId?: string | null
  poolRole?: string | null
  priority?: Priority
  /** The last day on which it is in time; today by default. */
  dueOn?: string
  /** The day it is meant for, where that is before `dueOn`. */
  plannedOn?: string | null
  dueAt?: Date | null
  /** Minutes before it falls due. */
  remindBefore?: readonly number[]
  alert?: string | null
  /** What asks for it; with `sourceKey` the same task is made once. */
  source: string
  sourceKey?: string | null
  /**
   * What it is about, where several may ask for the same: while a task of this concern is open with the patient, that
   * one is it, and gets what is new.
   */
  concern?: string | null
  /** One of the concern that was made since then is it as well, even if it is closed: the same event asked for both. */
  sameSince?: Date | null
}

/**
 * Makes a task, or finds the one that the same source and key have made.
 * @throws Problem PatientNotActive
 */
export async function createTask(ctx: WriteContext, task: NewTask): Promise<{ id: TaskId; created: boolean }> {
  const [made] = await createTasks(ctx, [task])
  if (!made || made.id === null) throw taskProblem('PatientNotActive')
  return { id: made.id, created: made.created }
}

/** The same for many in a few statements, in their order; `id` is null where the patient is dead. */
export async function createTasks(
  ctx: WriteContext,
  tasks: readonly NewTask[],
): Promise<{ id: TaskId | null; created: boolean }[]> {
  const patients = await holdPatients(
    ctx,
    tasks.flatMap((task) => task.patientId ?? []),
  )
  const rows = tasks.map((task) => prepare(ctx, task, patients))
  const known = await findBySource(ctx.tx, ctx.organizationId, keysOf(rows))
  const unknown = rows.filter(
    (row): row is TaskInsert => row !== null && !(row.sourceKey && known.has(`${row.source} ${row.sourceKey}`)),
  )
  const joined = await joinOfConcern(ctx, unknown, (row) => tasks[rows.indexOf(row)]?.sameSince ?? null)
  const fresh = unknown.filter((row) => !joined.has(row.id))
  const opens = await openFiles(
    ctx,
    fresh.flatMap(({ patientId, ownerId }) => (patientId && ownerId ? [{ patientId, staffId: ownerId }] : [])),
  )
  for (const row of fresh)
    row.accessGranted =
      row.patientId !== null && row.ownerId !== null && opens({ patientId: row.patientId, staffId: row.ownerId })
  const added = await insertTasks(ctx.tx, ctx.organizationId, fresh, ctx.actor, ctx.clock.now())
  await tell(
    ctx,
    fresh.filter((row) => added.has(row.id)),
  )
  const late = fresh.filter((row) => !added.has(row.id))
  // Whoever made the same task at the same moment is waited for by the insert, and found now.
  const others = await findBySource(ctx.tx, ctx.organizationId, keysOf(late))
  const lateJoined = await joinOfConcern(
    ctx,
    late.filter((row) => !others.has(`${row.source} ${row.sourceKey}`)),
    () => null,
  )
  return rows.map((row) => {
    if (!row) return { id: null, created: false }
    if (added.has(row.id)) return { id: row.id as TaskId, created: true }
    const key = `${row.source} ${row.sourceKey}`
    const id = joined.get(row.id) ?? lateJoined.get(row.id) ?? known.get(key) ?? others.get(key) ?? null
    return { id: id as TaskId | null, created: false }
  })
}

function keysOf(rows: readonly (TaskInsert | null)[]): { source: string; sourceKey: string }[] {
  return rows.flatMap((row) => (row?.sourceKey ? [{ source: row.source, sourceKey: row.sourceKey }] : []))
}

function prepare(ctx: WriteContext, task: NewTask, patients: Map<string, string>): TaskInsert | null {
  const patientId = task.patientId ? patients.get(task.patientId) : null
  if (patientId === undefined) return null
  const title = typeof task.title === 'string' ? { zh: task.title, en: '' } : (task.title ?? { zh: '', en: '' })
  const ownerId = task.ownerId ?? null
  return {
    id: ctx.ids.next(),
    type: task.type,
    title: title.zh,
    titleEn: title.en,
    note: task.note ?? '',
    patientId,
    state: ownerId ? 'accepted' : 'requested',
    poolRole: task.poolRole ?? (ownerId ? null : 'service-manager'),
    ownerId,
    priority: task.priority ?? 'routine',
    dueOn: task.dueOn ?? ctx.today,
    plannedOn: task.plannedOn && task.plannedOn !== task.dueOn ? task.plannedOn : null,
    dueAt: task.dueAt ?? null,
    remindBefore: task.remindBefore ?? [],
    alert: task.alert ?? null,
    source: task.source,
    sourceKey: task.sourceKey ?? null,
    concern: task.concern ?? null,
    accessGranted: false,
  }
}

/**
 * Holds the patients against a death that is being entered, so that no task is made for the dead: either the task is
 * seen by what the death cancels, or the death is seen here. A merged person stands for the one they are now.
 */
async function holdPatients(ctx: WriteContext, patientIds: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(patientIds)].toSorted()
  const standing = new Map<string, string>()
  if (wanted.length === 0) return standing
  const into = new Map<string, string>()
  for (let ids = wanted; ids.length > 0;) {
    const { rows } = await sql<{ id: string; state: string; merged_into: string | null }>`
      select id, state, merged_into from patient where organization_id = ${ctx.organizationId} and id = any(${ids}::uuid[])
      order by id for share`.execute(ctx.tx)
    for (const row of rows) if (row.state === 'active') standing.set(row.id, row.id)
    for (const row of rows) if (row.state === 'merged' && row.merged_into) into.set(row.id, row.merged_into)
    ids = rows
      .flatMap((row) =>
        row.state === 'merged' && row.merged_into && !standing.has(row.merged_into) ? [row.merged_into] : [],
      )
      .toSorted()
  }
  for (const id of wanted) {
    let at = id
    while (!standing.has(at) && into.has(at)) at = into.get(at)!
    if (standing.has(at)) standing.set(id, at)
  }
  return standing
}

async function tell(ctx: WriteContext, added: readonly TaskInsert[]): Promise<void> {
  const events = added.map((row) => ({
    taskId: row.id,
    version: 1,
    kind: 'created' as const,
    fromState: null,
    toState: row.state,
    fromOwnerId: null,
    toOwnerId: row.ownerId,
    reason: '',
    reasonCode: null,
  }))
  await insertEvents(ctx.tx, ctx.organizationId, events, ctx.actor, ctx.clock.now())
  const times = added.flatMap((row) =>
    reminderTimes(row, ctx.tenant.timeZone).map((time) => ({ ...time, taskId: row.id })),
  )
  await putReminders(ctx.tx, ctx.organizationId, times)
  for (const row of added)
    await ctx.emit(taskCreated, {
      taskId: row.id as TaskId,
      type: row.type,
      patientId: row.patientId as PatientId | null,
      source: row.source,
      sourceKey: row.sourceKey,
      executorId: row.ownerId as StaffId | null,
      poolRole: row.poolRole,
      alert: row.alert,
    })
}
