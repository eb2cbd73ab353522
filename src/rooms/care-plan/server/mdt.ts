import type { Selectable } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf, StaffId } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { permissionsOf } from '../../staff/contract/permissions.ts'
import { findStaff, staffNames } from '../../staff/server/index.ts'
import { createTasks, findOpenTasks } from '../../task/server/index.ts'
import type { MeetingView, saveMeeting } from '../contract/mdt.ts'
import { carePlanProblem } from '../contract/problems.ts'
import type { MdtMeetingTable } from './table.ts'

type MeetingRow = Selectable<MdtMeetingTable>
const MDT_TASK = 'mdt'

export async function listMeetingsOf(ctx: ReadContext, patientId: string) {
  await requireVisible(ctx, patientId)
  const rows = await ctx.db
    .selectFrom('mdt_meeting')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('held_on', 'desc')
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
  return { meetings: await viewsOf(ctx, rows), can: { draft: ctx.actor.permissions.has('mdt.write') } }
}

/** @throws Problem MeetingChairMissing, MeetingSigned, ChangedMeanwhile */
export async function save(
  ctx: WriteContext,
  patientId: string,
  meetingId: string,
  { revision, ...body }: InputOf<typeof saveMeeting>['body'],
): Promise<MeetingView> {
  await requireVisible(ctx, patientId)
  const chair = await findStaff(ctx, body.chairId)
  const maySign = chair?.state === 'active' && permissionsOf(chair.roles).has('mdt.write')
  if (!maySign || !body.members.some((member) => member.staffId === body.chairId))
    throw carePlanProblem('MeetingChairMissing', {}, 'body.chairId')
  const values = {
    held_on: body.heldOn,
    chair_id: body.chairId,
    members: JSON.stringify(body.members),
    question: body.question,
    material: body.material,
    conclusion: body.conclusion,
    tasks: JSON.stringify(body.tasks),
  }
  if (revision === 0) {
    const added = await ctx.tx
      .insertInto('mdt_meeting')
      .values({
        organization_id: ctx.organizationId,
        id: meetingId,
        patient_id: patientId,
        ...values,
        drafted_by: ctx.actor.id!,
        drafted_by_name: ctx.actor.name,
        drafted_at: ctx.clock.now(),
        signed_by_name: null,
        signed_at: null,
      })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst()
    if (added.numInsertedOrUpdatedRows !== 1n) throw platformProblem('ChangedMeanwhile')
  } else {
    const before = await open(ctx, patientId, meetingId, revision)
    await ctx.tx
      .updateTable('mdt_meeting')
      .set({ ...values, revision: before.revision + 1 })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', meetingId)
      .execute()
  }
  return show(ctx, patientId, meetingId)
}

/** Several people, a question and an answer, of a day that has come: less is no record of a meeting. */
export function isFinished(
  { members, question, conclusion, held_on }: Pick<MeetingRow, 'members' | 'question' | 'conclusion' | 'held_on'>,
  today: string,
): boolean {
  return members.length > 1 && question !== '' && conclusion !== '' && held_on <= today
}

/**
 * The chair signs; what was asked for becomes tasks, once.
 * @throws Problem MeetingNotChair, MeetingUnfinished, MeetingSigned, ChangedMeanwhile
 */
export async function signRecord(
  ctx: WriteContext,
  patientId: string,
  meetingId: string,
  revision: number,
): Promise<MeetingView> {
  await requireVisible(ctx, patientId)
  const meeting = await open(ctx, patientId, meetingId, revision)
  if (meeting.chair_id !== ctx.actor.id) throw carePlanProblem('MeetingNotChair')
  if (!isFinished(meeting, ctx.today)) throw carePlanProblem('MeetingUnfinished')
  const made = await createTasks(
    ctx,
    meeting.tasks.map((task, at) => ({
      type: 'other' as const,
      title: task.title,
      note: meeting.question,
      patientId,
      ownerId: task.ownerId,
      dueOn: task.dueOn,
      source: MDT_TASK,
      sourceKey: `${meetingId}:${at}`,
    })),
  )
  await ctx.tx
    .updateTable('mdt_meeting')
    .set({
      state: 'signed',
      signed_by_name: ctx.actor.name,
      signed_at: ctx.clock.now(),
      tasks: JSON.stringify(meeting.tasks.map((task, at) => ({ ...task, taskId: made[at]?.id ?? null }))),
      revision: meeting.revision + 1,
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', meetingId)
    .execute()
  return show(ctx, patientId, meetingId)
}

export async function discardRecord(
  ctx: WriteContext,
  patientId: string,
  meetingId: string,
): Promise<{ discarded: boolean }> {
  await requireVisible(ctx, patientId)
  await open(ctx, patientId, meetingId)
  const gone = await ctx.tx
    .deleteFrom('mdt_meeting')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', meetingId)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return { discarded: gone.numDeletedRows === 1n }
}

/** A draft, locked. */
async function open(ctx: WriteContext, patientId: string, meetingId: string, revision?: number): Promise<MeetingRow> {
  const row = await ctx.tx
    .selectFrom('mdt_meeting')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('patient_id', '=', patientId)
    .where('id', '=', meetingId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw platformProblem('NotFound')
  if (row.state === 'signed') throw carePlanProblem('MeetingSigned', { name: row.signed_by_name ?? '' })
  if (revision !== undefined && row.revision !== revision) throw platformProblem('ChangedMeanwhile')
  return row
}

async function show(ctx: ReadContext, patientId: string, meetingId: string): Promise<MeetingView> {
  const row = await ctx.db
    .selectFrom('mdt_meeting')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('patient_id', '=', patientId)
    .where('id', '=', meetingId)
    .executeTakeFirst()
  if (!row) throw platformProblem('NotFound')
  return (await viewsOf(ctx, [row]))[0]!
}

async function viewsOf(ctx: ReadContext, rows: readonly MeetingRow[]): Promise<MeetingView[]> {
  const names = await staffNames(
    ctx,
    rows.flatMap((row) => [row.chair_id, ...row.tasks.flatMap(({ ownerId }) => ownerId ?? [])]),
  )
  const canWrite = ctx.actor.permissions.has('mdt.write')
  const patientIds = [...new Set(rows.map(({ patient_id }) => patient_id))]
  const open = new Set((await findOpenTasks(ctx, { patientIds, source: MDT_TASK })).map(({ id }) => id))
  return rows.map((row) => ({
    id: row.id as MeetingView['id'],
    state: row.state,
    heldOn: row.held_on,
    chairId: row.chair_id as StaffId,
    chairName: names.get(row.chair_id) ?? '',
    members: row.members,
    question: row.question,
    material: row.material,
    conclusion: row.conclusion,
    tasks: row.tasks.map((task) => ({
      ...task,
      ownerName: task.ownerId ? (names.get(task.ownerId) ?? null) : null,
      taskId: task.taskId ?? null,
      open: task.taskId ? open.has(task.taskId) : null,
    })),
    draftedBy: row.drafted_by_name,
    signedBy: row.signed_by_name,
    signedAt: row.signed_at?.toISOString() ?? null,
    revision: row.revision,
    can:
      row.state === 'signed' || !canWrite
        ? []
        : ['change', ...(row.chair_id === ctx.actor.id ? (['sign'] as const) : []), 'discard'],
  }))
}
