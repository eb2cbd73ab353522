import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Priority } from '../contract/words.ts'
import { insertEvents, updateTask, type TaskInsert, type TaskRow } from './store.ts'

/**
 * Joins what is asked for to the task of the same concern that its patient has already: the open one, or one that the
 * same event has asked for before.
 * @param sinceOf since when a closed one counts; null: never
 * @returns the ids of the tasks that were joined, by the id that the new one would have had
 */
export async function joinOfConcern(
  ctx: WriteContext,
  asked: readonly TaskInsert[],
  sinceOf: (row: TaskInsert) => Date | null,
): Promise<Map<string, string>> {
  const joined = new Map<string, string>()
  const about = asked.filter((row) => row.concern !== null && row.patientId !== null)
  if (about.length === 0) return joined
  const standing = await lockOfConcern(ctx, about)
  for (const row of about) {
    const of = standing.filter((task) => task.patient_id === row.patientId && task.concern === row.concern)
    const since = sinceOf(row)
    const task = of.find((one) => one.closed_at === null) ?? of.find((one) => since !== null && one.created_at >= since)
    if (!task) continue
    joined.set(row.id, task.id)
    await rememberAsker(ctx, task, row)
    if (task.closed_at === null) await add(ctx, task, row)
  }
  return joined
}

/** In the order of their ids, as all locks on tasks are taken; those closed long ago do not count. */
async function lockOfConcern(ctx: WriteContext, about: readonly TaskInsert[]): Promise<TaskRow[]> {
  const { rows } = await sql<TaskRow>`
    select t.* from task t
    where t.organization_id = ${ctx.organizationId} and t.patient_id = any(${about.map((row) => row.patientId)}::uuid[])
      and t.concern = any(${about.map((row) => row.concern)}::text[])
      and (t.state in ('requested', 'accepted', 'in-progress') or t.created_at > ${ctx.clock.now()}::timestamptz - interval '2 days')
    order by t.id for update`.execute(ctx.tx)
  return rows
}

async function rememberAsker(ctx: WriteContext, task: TaskRow, { source, sourceKey }: TaskInsert): Promise<void> {
  if (sourceKey === null) return
  await ctx.tx
    .insertInto('task_asker')
    .values({ organization_id: ctx.organizationId, source, source_key: sourceKey, task_id: task.id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const URGENCY: readonly Priority[] = ['stat', 'urgent', 'routine']

/** The task becomes as urgent as the more urgent of both, and tells what the other would have told. */
async function add(ctx: WriteContext, task: TaskRow, row: TaskInsert): Promise<void> {
  const note = row.note && !task.note.includes(row.note) ? [task.note, row.note].filter(Boolean).join('\n') : task.note
  const after = await updateTask(ctx.tx, ctx.organizationId, task, {
    note,
    priority: URGENCY.find((one) => one === task.priority || one === row.priority)!,
    due_on: row.dueOn < task.due_on ? row.dueOn : task.due_on,
  })
  if (!after) return
  const event = {
    taskId: task.id,
    version: after.version,
    kind: 'joined' as const,
    fromState: task.state,
    toState: task.state,
    fromOwnerId: task.owner_id,
    toOwnerId: task.owner_id,
    reason: ctx.tenant.locale === 'en' && row.titleEn ? row.titleEn : row.title,
    reasonCode: null,
  }
  await insertEvents(ctx.tx, ctx.organizationId, [event], ctx.actor, ctx.clock.now())
  Object.assign(task, after)
}
