import type { WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { holdPromotion, liftPromotion, notifyStaff } from '../../message/server/index.ts'
import { lockPatient, patientSummary, requireVisible } from '../../patient/server/index.ts'
import { permissionsOf } from '../../staff/contract/permissions.ts'
import { findStaff } from '../../staff/server/index.ts'
import { closeTask, createTasks } from '../../task/server/index.ts'
import type { closeComplaint, handOverComplaint, recordComplaint, reopenComplaint } from '../contract/complaint.ts'
import { complaintProblem } from '../contract/problems.ts'
import type { Act, Can } from '../contract/words.ts'
import titles from '../content/task.json' with { type: 'json' }
import { readerOf } from './read.ts'
import { actsFor } from './rules.ts'
import { changeComplaint, findByKey, findComplaint, insertAct, insertComplaint, type ComplaintRow } from './store.ts'

/** Not the whole: whoever gives it away may see it no more. */
type Which = AnswerOf<typeof recordComplaint>

/** From now on nothing promotional goes to the person until it is closed. Sent twice, it is recorded once. */
export async function record(
  ctx: WriteContext,
  patientId: string,
  body: InputOf<typeof recordComplaint>['body'],
): Promise<Which> {
  await requireVisible(ctx, patientId)
  // A merge that is under way is waited for: what is recorded belongs to somebody who is still there.
  const { state } = await lockPatient(ctx.tx, ctx.organizationId, patientId)
  if (state === 'merged') throw complaintProblem('ComplaintPatientGone')
  if (body.receivedOn > ctx.today) throw complaintProblem('ComplaintReceivedLater', {}, 'body.receivedOn')
  refusePast(ctx, body.dueOn)
  await requireOwner(ctx, body.ownerId)
  const row: Omit<ComplaintRow, 'merge_ids'> = {
    organization_id: ctx.organizationId,
    id: ctx.ids.next<string & never>() as string,
    patient_id: patientId,
    key: body.key,
    state: 'open',
    category: body.category,
    channel: body.channel,
    words: body.words,
    speaker: body.speaker,
    relation: body.speaker === 'family' ? body.relation : '',
    received_on: body.receivedOn,
    recorded_at: ctx.clock.now(),
    recorded_by: ctx.actor.id,
    recorded_by_name: ctx.actor.name,
    owner_id: body.ownerId,
    due_on: body.dueOn,
    closed_at: null,
    closed_by_name: null,
    outcome: null,
    outcome_text: null,
    version: 1,
    origin: null,
  }
  const isNew = await insertComplaint(ctx.tx, row)
  const id = isNew ? row.id : (await findByKey(ctx.tx, ctx.organizationId, body.key))!.id
  ctx.audit.subjectId = id
  if (!isNew) return { complaintId: id as never }
  await note(ctx, row, 'recorded', '')
  await holdPromotion(ctx, [{ patientId, kind: 'complaint', sourceKey: id }])
  await giveTask(ctx, row)
  return { complaintId: id as never }
}

/** Somebody else sees to it from now on, or the same until another day. */
export async function handOver(
  ctx: WriteContext,
  complaintId: string,
  { ownerId, dueOn, note: because, version }: InputOf<typeof handOverComplaint>['body'],
): Promise<Which> {
  const row = await begin(ctx, complaintId, 'hand-over')
  refusePast(ctx, dueOn)
  await requireOwner(ctx, ownerId)
  const after = await change(ctx, { ...row, version }, { owner_id: ownerId, due_on: dueOn })
  await note(ctx, after, 'handed-over', because)
  await closeTask(ctx, taskOf(row), { state: 'cancelled', reason: because })
  await giveTask(ctx, after)
  return { complaintId: complaintId as never }
}

/** Closed only with what came of it. */
export async function close(
  ctx: WriteContext,
  complaintId: string,
  { outcome, text, version }: InputOf<typeof closeComplaint>['body'],
): Promise<Which> {
  const row = await begin(ctx, complaintId, 'close')
  const after = await change(
    ctx,
    { ...row, version },
    { state: 'closed', closed_at: ctx.clock.now(), closed_by_name: ctx.actor.name, outcome, outcome_text: text },
  )
  await note(ctx, after, 'closed', text)
  await liftPromotion(ctx, 'complaint', [row.id])
  await closeTask(ctx, taskOf(row), { state: 'completed', outcome: { text } })
  return { complaintId: complaintId as never }
}

/** The person is not content with what came of it: it is open again, and holds again. */
export async function reopen(
  ctx: WriteContext,
  complaintId: string,
  { because, dueOn, version }: InputOf<typeof reopenComplaint>['body'],
): Promise<Which> {
  const row = await begin(ctx, complaintId, 'reopen')
  const { state } = await lockPatient(ctx.tx, ctx.organizationId, row.patient_id)
  if (state === 'merged') throw complaintProblem('ComplaintPatientGone')
  refusePast(ctx, dueOn)
  const after = await change(
    ctx,
    { ...row, version },
    { state: 'open', due_on: dueOn, closed_at: null, closed_by_name: null, outcome: null, outcome_text: null },
  )
  await note(ctx, after, 'reopened', because)
  await holdPromotion(ctx, [{ patientId: after.patient_id, kind: 'complaint', sourceKey: row.id }])
  await giveTask(ctx, after)
  return { complaintId: complaintId as never }
}

/** @throws Problem NotFound, ChangedMeanwhile, ComplaintNotYours */
async function begin(ctx: WriteContext, complaintId: string, act: Can): Promise<ComplaintRow> {
  const row = await findComplaint(ctx, complaintId)
  if (!row) throw platformProblem('NotFound')
  ctx.audit.patientId = row.patient_id
  if (actsFor(row, readerOf(ctx)).includes(act)) return row
  const isOver = (row.state === 'closed') !== (act === 'reopen')
  throw isOver ? platformProblem('ChangedMeanwhile') : complaintProblem('ComplaintNotYours', { name: row.owner_name })
}

async function change(
  ctx: WriteContext,
  seen: ComplaintRow,
  to: Parameters<typeof changeComplaint>[2],
): Promise<ComplaintRow> {
  const after = await changeComplaint(ctx.tx, seen, to)
  if (!after) throw platformProblem('ChangedMeanwhile')
  return after
}

type Standing = Pick<ComplaintRow, 'organization_id' | 'id' | 'patient_id' | 'version' | 'owner_id' | 'due_on'>

export async function note(
  ctx: WriteContext,
  row: Standing,
  act: Act,
  text: string,
  by: { id: string | null; name: string } = ctx.actor,
): Promise<void> {
  await insertAct(ctx.tx, {
    organization_id: row.organization_id,
    complaint_id: row.id,
    version: row.version,
    act,
    owner_id: row.owner_id,
    due_on: row.due_on,
    note: text,
    by_id: by.id,
    by_name: by.name,
    at: ctx.clock.now(),
  })
}

const taskOf = ({ id, version }: Pick<Standing, 'id' | 'version'>) => ({
  source: 'complaint',
  sourceKey: `${id}:${version}`,
})

/** The owner has it among their work, and is told where somebody else gave it to them. Of the dead there are no tasks. */
export async function giveTask(ctx: WriteContext, row: Standing): Promise<void> {
  const patient = await patientSummary(ctx, row.patient_id)
  await createTasks(ctx, [
    {
      type: 'other',
      title: titles.answer,
      patientId: row.patient_id,
      ownerId: row.owner_id,
      priority: 'urgent',
      dueOn: row.due_on,
      ...taskOf(row),
    },
  ])
  if (row.owner_id === ctx.actor.id) return
  await notifyStaff(ctx, row.owner_id, {
    kind: 'complaint-given',
    values: { title: patient?.name ?? '' },
    link: `/complaints?complaint=${row.id}`,
    sourceKey: `complaint-given:${row.id}:${row.version}`,
  })
}

async function requireOwner(ctx: WriteContext, ownerId: string): Promise<void> {
  const owner = await findStaff(ctx, ownerId)
  const isFit = owner?.state === 'active' && permissionsOf(owner.roles).has('complaint.record')
  if (!isFit) throw complaintProblem('ComplaintOwnerUnfit', {}, 'body.ownerId')
}

function refusePast(ctx: WriteContext, dueOn: string): void {
  if (dueOn < ctx.today) throw complaintProblem('ComplaintDuePast', {}, 'body.dueOn')
}
