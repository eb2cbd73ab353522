import { dateIn } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { lockPatient, patientSummary, requireVisible } from '../../patient/server/index.ts'
import { finishTask, taskNamed } from '../../task/server/index.ts'
import type { correctHomeVisit, prepareHomeVisit, recordHomeVisit } from '../contract/home-visit.ts'
import { homeVisitProblem } from '../contract/problems.ts'
import type { VisitContent, VisitView } from '../contract/words.ts'
import { noteAnswer } from './consent.ts'
import { dropPhotos } from './photo-store.ts'
import { faultOf, needsGuardian, sameWords } from './rules.ts'
import * as store from './store.ts'
import { own } from './own.ts'
import { followUpOf, sealedPosition, viewOf } from './view.ts'

/** What stands before a visit. @throws Problem NotFound, HomeVisitFollowUpOther, HomeVisitTaskOther */
export async function prepare(
  ctx: ReadContext,
  patientId: string,
  { followUp: followUpId, task: taskId }: InputOf<typeof prepareHomeVisit>['query'],
): Promise<OutputOf<typeof prepareHomeVisit>> {
  const row = await requireVisible(ctx, patientId)
  const person = (await patientSummary(ctx, row.id))!
  const place = await store.findKnownPlace(ctx.db, ctx.organizationId, patientId)
  const { followUp, task } = await reasonsOf(ctx, patientId, { followUpId, taskId })
  return {
    patient: {
      id: person.id,
      name: person.name,
      called: person.called,
      ageYears: person.ageYears,
      needsGuardian: needsGuardian(person.ageYears),
    },
    known: place
      ? {
          address: ctx.sealer.open(ctx.organizationId, place.address_sealed),
          on: dateIn(place.arrived_at, ctx.tenant.timeZone),
        }
      : null,
    followUp: followUp && followUpId ? { id: followUpId, ...followUp } : null,
    task: task && taskId ? { id: taskId, ...task } : null,
    today: ctx.today,
  }
}

/** What the visit is for: both have to be this person's. */
async function reasonsOf(
  ctx: ReadContext,
  patientId: string,
  { followUpId, taskId }: { followUpId?: string | null | undefined; taskId?: string | null | undefined },
) {
  const followUp = followUpId ? await followUpOf(ctx, patientId, followUpId) : undefined
  if (followUpId && !followUp) throw homeVisitProblem('HomeVisitFollowUpOther')
  const task = taskId ? await taskNamed(ctx, patientId, taskId) : undefined
  if (taskId && !task) throw homeVisitProblem('HomeVisitTaskOther')
  return { followUp, task }
}

type Record = InputOf<typeof recordHomeVisit>['body']

/**
 * Keeps a visit with the task it was for, in one transaction. A page that never heard that it had arrived sends it again:
 * the same words change nothing, others are its next version, so that nothing is doubled and nothing typed is lost.
 */
export async function record(ctx: WriteContext, patientId: string, input: Record): Promise<VisitView> {
  await requireVisible(ctx, patientId)
  const known = await store.lockByKey(ctx.tx, ctx.organizationId, input.key)
  if (known) return again(ctx, known, patientId, input)
  if ((await lockPatient(ctx.tx, ctx.organizationId, patientId)).state !== 'active')
    throw homeVisitProblem('HomeVisitPatientGone')
  await judge(ctx, patientId, input.content)
  await reasonsOf(ctx, patientId, input)
  const id = ctx.ids.next<string & never>() as string
  const isNew = await store.insertVisit(ctx.tx, {
    organization_id: ctx.organizationId,
    id,
    patient_id: patientId,
    key: input.key,
    follow_up_id: input.followUpId,
    task_id: input.taskId,
    arrived_at: new Date(input.content.arrivedAt),
    staff_id: ctx.actor.id!,
    staff_name: ctx.actor.name,
    recorded_at: ctx.clock.now(),
  })
  // The same request a moment ago: the unique key had this one wait for it.
  if (!isNew) return again(ctx, (await store.lockByKey(ctx.tx, ctx.organizationId, input.key))!, patientId, input)
  await writeVersion(ctx, id, 1, input.content, '')
  if (input.photos) await noteAnswer(ctx, { id, patient_id: patientId }, input.photos)
  if (input.taskId && input.content.outcome === 'seen' && (await finishTask(ctx, input.taskId, input.content.next)))
    await store.changeVisit(ctx.tx, ctx.organizationId, id, { task_done: true })
  ctx.audit.subjectId = id
  ctx.audit.detail = {
    outcome: input.content.outcome,
    position: input.content.position.kind,
    photos: input.photos?.answer,
  }
  return viewOf(ctx, id)
}

async function again(ctx: WriteContext, row: store.VisitRow, patientId: string, input: Record): Promise<VisitView> {
  if (row.staff_id !== ctx.actor.id || row.patient_id !== patientId) throw homeVisitProblem('HomeVisitKeyTaken')
  if (row.state === 'error') throw homeVisitProblem('HomeVisitError')
  ctx.audit.subjectId = row.id
  const [stands] = await store.findVersions(ctx.tx, ctx.organizationId, row.id)
  // Corrected since by its own page: what was sent first does not come back over it.
  const isCorrected = stands!.because !== ''
  if (!isCorrected && !stands!.digest.equals(digestOf(ctx, input.content))) {
    await judge(ctx, patientId, input.content, row.id)
    await writeVersion(ctx, row.id, row.version + 1, input.content, '')
  }
  if (input.photos) await noteAnswer(ctx, row, input.photos)
  ctx.audit.detail = { again: true }
  return viewOf(ctx, row.id)
}

/** @throws Problem of the first fault, at its field */
async function judge(ctx: WriteContext, patientId: string, content: VisitContent, visitId?: string): Promise<void> {
  const dayOf = (at: Date) => dateIn(at, ctx.tenant.timeZone)
  const isKnown =
    visitId !== undefined || (await store.findKnownPlace(ctx.tx, ctx.organizationId, patientId)) !== undefined
  const fault = faultOf(content, { now: ctx.clock.now(), today: ctx.today, dayOf }, isKnown)
  if (fault) throw homeVisitProblem(fault.code, {}, `body.content.${fault.field}`)
}

const digestOf = ({ sealer, organizationId }: WriteContext, content: VisitContent) =>
  sealer.index(organizationId, 'home-visit', sameWords(content))

async function writeVersion(
  ctx: WriteContext,
  visitId: string,
  version: number,
  content: VisitContent,
  because: string,
): Promise<void> {
  await store.addVersion(ctx.tx, {
    organization_id: ctx.organizationId,
    visit_id: visitId,
    version,
    outcome: content.outcome,
    arrived_at: new Date(content.arrivedAt),
    left_at: new Date(content.leftAt),
    place: content.place,
    address_sealed: ctx.sealer.seal(ctx.organizationId, content.address),
    position: content.position.kind,
    position_sealed: sealedPosition(ctx, content.position),
    present: content.present,
    present_note: content.presentNote,
    findings: JSON.stringify(content.findings),
    seen: content.seen,
    next: content.next,
    digest: digestOf(ctx, content),
    because,
    by_id: ctx.actor.id!,
    by_name: ctx.actor.name,
    at: ctx.clock.now(),
  })
}

type Correction = InputOf<typeof correctHomeVisit>['body']

/** @throws Problem HomeVisitUnknown, HomeVisitNotYours, HomeVisitError, ChangedMeanwhile */
export async function correct(ctx: WriteContext, id: string, input: Correction): Promise<VisitView> {
  const row = await own(ctx, id)
  if (row.version !== input.version) throw platformProblem('ChangedMeanwhile')
  await judge(ctx, row.patient_id, input.content, id)
  await writeVersion(ctx, id, row.version + 1, input.content, input.because)
  ctx.audit.detail = { version: row.version + 1 }
  return viewOf(ctx, id)
}

/** Marked twice it was marked once. @throws Problem HomeVisitUnknown, HomeVisitNotYours */
export async function markError(ctx: WriteContext, id: string, because: string): Promise<VisitView> {
  const row = await own(ctx, id, 'also those in error')
  if (row.state === 'stands') {
    await store.changeVisit(ctx.tx, ctx.organizationId, id, { state: 'error', error_because: because })
    const dropped = { visitId: id, because: 'error', at: ctx.clock.now() } as const
    ctx.audit.detail = { photos: await dropPhotos(ctx.tx, ctx.organizationId, dropped) }
  }
  return viewOf(ctx, id)
}
