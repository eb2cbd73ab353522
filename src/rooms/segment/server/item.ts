import { explainInWords } from '../../../platform/condition/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { lockPatient, requireVisible } from '../../patient/server/index.ts'
import type { TaskId } from '../../task/contract/words.ts'
import { staffNames } from '../../staff/server/index.ts'
import { createTask } from '../../task/server/index.ts'
import { segmentProblem } from '../contract/problems.ts'
import type { explainItem, listItems, makeTask, WorklistItem } from '../contract/worklist.ts'
import { listed, withFactsFor } from './member.ts'
import { placeOf, readPlace } from './place.ts'
import { changeItem, findActs, findItem, findItems, type ItemRow, type WorklistRow } from './worklist-store.ts'
import { requireWorklist } from './worklist.ts'

/** What tasks made of a worklist name as their source; the key is the list, the person, and the beginning of the stay. */
export const TASK_SOURCE = 'worklist'

export async function showItems(
  ctx: ReadContext,
  id: string,
  { filter, cursor, limit }: InputOf<typeof listItems>['query'],
): Promise<AnswerOf<typeof listItems>> {
  const worklist = await requireWorklist(ctx, id)
  const rows = await findItems(ctx, worklist, { filter, after: readPlace(cursor), limit: limit + 1 })
  const page = rows.slice(0, limit)
  const people = await listed(
    ctx,
    page.map((row) => row.patient_id),
  )
  const last = page.at(-1)
  ctx.audit.detail = { filter, shown: page.length }
  return {
    rows: page.flatMap((row) => {
      const patient = people.get(row.patient_id)
      return patient ? [{ patient, ...itemOf(row) }] : []
    }),
    next: rows.length > limit && last ? placeOf(last.sort, last.patient_id) : null,
    total: cursor || rows.length > limit ? null : rows.length,
  }
}

function itemOf(row: ItemRow): Omit<WorklistItem, 'patient'> {
  return {
    sinceAt: row.since_at.toISOString(),
    dueOn: row.due_on,
    state: row.state,
    note: row.note,
    doneBy: row.done_by_name,
    doneAt: row.done_at?.toISOString() ?? null,
    taskId: row.task_id as TaskId | null,
  }
}

/** @throws Problem WorklistItemGone when they are not on it, or somebody else was quicker */
export async function complete(ctx: WriteContext, id: string, patientId: string, note: string) {
  await requireOn(ctx, id, patientId)
  const done = {
    state: 'done' as const,
    note,
    done_by: ctx.actor.id,
    done_by_name: ctx.actor.name,
    done_at: ctx.clock.now(),
  }
  const place = { worklistId: id, patientId, from: 'open' as const }
  if (!(await changeItem(ctx.tx, ctx.organizationId, place, done))) throw segmentProblem('WorklistItemGone')
  await remember(ctx, { id, patientId, act: 'done', note })
  return showItem(ctx, id, patientId)
}

/** @throws Problem WorklistItemGone */
export async function putBack(ctx: WriteContext, id: string, patientId: string) {
  await requireOn(ctx, id, patientId)
  const open = { state: 'open' as const, note: '', done_by: null, done_by_name: null, done_at: null }
  const place = { worklistId: id, patientId, from: 'done' as const }
  if (!(await changeItem(ctx.tx, ctx.organizationId, place, open))) throw segmentProblem('WorklistItemGone')
  await remember(ctx, { id, patientId, act: 'put-back', note: '' })
  return showItem(ctx, id, patientId)
}

/**
 * Makes a task for oneself. A second wish for the same stay finds the same task.
 * @throws Problem WorklistItemGone, PatientNotActive
 */
export async function makeTaskOf(
  ctx: WriteContext,
  id: string,
  patientId: string,
  { type, dueOn }: InputOf<typeof makeTask>['body'],
) {
  if (!ctx.actor.permissions.has('task.create')) throw platformProblem('NotPermitted')
  const { worklist, item } = await requireOn(ctx, id, patientId)
  if (item.state !== 'open') throw segmentProblem('WorklistItemGone')
  const { id: taskId, created } = await createTask(ctx, {
    type,
    title: worklist.name,
    note: worklist.purpose,
    patientId,
    ownerId: ctx.actor.id,
    dueOn,
    source: TASK_SOURCE,
    sourceKey: `${id}/${patientId}/${item.since_at.getTime()}`,
  })
  await changeItem(ctx.tx, ctx.organizationId, { worklistId: id, patientId, from: 'open' }, { task_id: taskId })
  if (created) await remember(ctx, { id, patientId, act: 'task', note: '' })
  ctx.audit.detail = { taskId }
  return showItem(ctx, id, patientId)
}

/** The task that was made of an item is done, and with it the item, if that still stands. */
export async function doneByTask(
  ctx: WriteContext,
  { taskId, sourceKey, by }: { taskId: string; sourceKey: string | null; by: string | null },
): Promise<void> {
  const [worklistId, patientId] = (sourceKey ?? '').split('/')
  if (!worklistId || !patientId) return
  const name = (by && (await staffNames(ctx, [by])).get(by)) || ctx.actor.name
  const done = { state: 'done' as const, done_by: by, done_by_name: name, done_at: ctx.clock.now() }
  const place = { worklistId, patientId, from: 'open' as const, taskId }
  if (await changeItem(ctx.tx, ctx.organizationId, place, done))
    await remember(
      { ...ctx, actor: { ...ctx.actor, id: by, name } },
      { id: worklistId, patientId, act: 'done', note: '' },
    )
}

/** Why somebody is on a worklist or not, and what was done about it. */
export async function explainFor(
  ctx: ReadContext,
  id: string,
  patientId: string,
): Promise<AnswerOf<typeof explainItem>> {
  await requireVisible(ctx, patientId)
  const { condition } = await requireWorklist(ctx, id)
  const tree = await explainInWords(ctx, condition, patientId)
  if (!tree) throw platformProblem('NotFound')
  const acts = await findActs(ctx, id, patientId)
  return {
    isIn: (await findItem(ctx, id, patientId)) !== undefined,
    holds: tree.holds,
    tree: withFactsFor(ctx, tree),
    acts: acts.map(({ act, note, by_name, at }) => ({ act, note, by: by_name, at: at.toISOString() })),
  }
}

async function requireOn(
  ctx: WriteContext,
  id: string,
  patientId: string,
): Promise<{ worklist: WorklistRow; item: ItemRow }> {
  const worklist = await requireWorklist(ctx, id)
  await requireVisible(ctx, patientId)
  if (worklist.state === 'retired') throw segmentProblem('WorklistRetired')
  await lockPatient(ctx.tx, ctx.organizationId, patientId)
  const item = await findItem(ctx, id, patientId)
  if (!item) throw segmentProblem('WorklistItemGone')
  return { worklist, item }
}

async function showItem(ctx: WriteContext, id: string, patientId: string) {
  const item = await findItem(ctx, id, patientId)
  const patient = (await listed(ctx, [patientId])).get(patientId)
  if (!item || !patient) throw platformProblem('NotFound')
  return { patient, ...itemOf(item) }
}

async function remember(
  ctx: WriteContext,
  { id, patientId, act, note }: { id: string; patientId: string; act: 'done' | 'put-back' | 'task'; note: string },
): Promise<void> {
  await ctx.tx
    .insertInto('worklist_act')
    .values({
      organization_id: ctx.organizationId,
      id: ctx.ids.next(),
      worklist_id: id,
      patient_id: patientId,
      act,
      note,
      by_id: ctx.actor.id,
      by_name: ctx.actor.name,
      at: ctx.clock.now(),
    })
    .execute()
}
