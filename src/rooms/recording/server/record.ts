import { dateIn } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { newPartKey } from '../../../platform/pii/part-cipher.ts'
import { lockPatient, requireVisible } from '../../patient/server/index.ts'
import { recordingProblem } from '../contract/problems.ts'
import type { beginRecording, markRecording, recordingTerms } from '../contract/record.ts'
import type { RecordingLine, SOURCES, SubjectKind } from '../contract/words.ts'
import { lockCall, nameCall } from './call-store.ts'
import { earlierOf } from './earlier.ts'
import { dropContent } from './erase-store.ts'
import { CLASS_OF, closedTo, mayWithdraw } from './rules/life.ts'
import { audibleTo } from './scope.ts'
import { lineToSay, rulesOf } from './settings.ts'
import * as store from './store.ts'
import { lineOf } from './view.ts'

/** What stands before a call: whether it may be recorded and what to say. @throws Problem NotFound */
export async function terms(
  ctx: ReadContext,
  patientId: string,
  kind: SubjectKind,
  { hasStreams, ...call }: InputOf<typeof recordingTerms>['query'] & { hasStreams: boolean },
): Promise<OutputOf<typeof recordingTerms>> {
  await requireVisible(ctx, patientId)
  const lastNo = await store.lastNoOf(ctx.db, ctx.organizationId, patientId)
  return {
    off: await offFor(ctx, kind),
    hasStreams,
    line: await lineToSay(ctx),
    lastRefusedOn: lastNo ? dateIn(lastNo, ctx.tenant.timeZone) : null,
    earlier: await earlierOf(ctx, patientId, call),
  }
}

async function offFor(ctx: ReadContext, kind: SubjectKind): Promise<'organization' | 'class' | null> {
  const { enabled, classes } = await rulesOf(ctx)
  if (!enabled) return 'organization'
  return classes.find((one) => one.code === CLASS_OF[kind])!.enabled ? null : 'class'
}

type Begin = InputOf<typeof beginRecording>['body']

/** What a browser records. @throws Problem as `beginWith` */
export function begin(ctx: WriteContext, patientId: string, input: Begin): Promise<RecordingLine> {
  return beginWith(ctx, patientId, { ...input, source: 'browser' })
}

export interface Beginning extends Omit<Begin, 'media'> {
  media: string
  source: (typeof SOURCES)[number]
}

/**
 * Notes the answer to the line. A yes begins a recording with a key of its own; whatever the same caller left open before
 * is closed, since nobody holds two calls. Sent again it changes nothing.
 * @throws Problem NotFound, RecordingOff, RecordingClassOff, RecordingPatientGone, RecordingKeyTaken
 */
export async function beginWith(ctx: WriteContext, patientId: string, input: Beginning): Promise<RecordingLine> {
  await requireVisible(ctx, patientId)
  const known = await store.findByKey(ctx.tx, ctx.organizationId, input.key)
  if (known) return shownAgain(ctx, known, patientId)
  const off = await offFor(ctx, input.subject.kind)
  if (off) throw recordingProblem(off === 'organization' ? 'RecordingOff' : 'RecordingClassOff')
  if ((await lockPatient(ctx.tx, ctx.organizationId, patientId)).state !== 'active')
    throw recordingProblem('RecordingPatientGone')
  const now = ctx.clock.now()
  const isYes = input.answer === 'given'
  if (isYes) await store.closeSilent(ctx.tx, ctx.organizationId, { staffId: ctx.actor.id })
  if (input.callId) await nameCall(ctx.tx, ctx.organizationId, { patientId, staffId: ctx.actor.id }, input.callId)
  const id = ctx.ids.next<string & never>() as string
  const isNew = await store.insertRecording(ctx.tx, {
    organization_id: ctx.organizationId,
    id,
    patient_id: patientId,
    key: input.key,
    class: CLASS_OF[input.subject.kind],
    subject_kind: input.subject.kind,
    subject_id: input.subject.id,
    call_id: input.callId ?? null,
    source: input.source,
    state: isYes ? 'recording' : 'refused',
    media: input.media,
    staff_id: ctx.actor.id!,
    staff_name: ctx.actor.name,
    begun_at: now,
    last_piece_at: null,
    ended_at: isYes ? null : now,
    expected_pieces: null,
    sealed_key: isYes ? ctx.sealer.sealBytes(ctx.organizationId, newPartKey()) : null,
    held_at: null,
    held_by_name: null,
    held_because: null,
    deleted_at: null,
    deleted_because: null,
    deleted_rule: null,
    file_removed_at: null,
  })
  if (!isNew) {
    // The same request a moment ago: the unique key had this one wait for it. Or another window of the same caller.
    const same = await store.findByKey(ctx.tx, ctx.organizationId, input.key)
    if (!same) throw recordingProblem('RecordingElsewhere')
    return shownAgain(ctx, same, patientId)
  }
  await note(ctx, id, isYes ? 'given' : 'refused', input.lineVersion)
  ctx.audit.subjectId = id
  ctx.audit.detail = { answer: input.answer, line: input.lineVersion, about: input.subject.kind }
  return shown(ctx, id)
}

function shownAgain(ctx: WriteContext, known: store.RecordingRow, patientId: string): Promise<RecordingLine> {
  if (known.staff_id !== ctx.actor.id || known.patient_id !== patientId) throw recordingProblem('RecordingKeyTaken')
  ctx.audit.subjectId = known.id
  return shown(ctx, known.id)
}

/** The call is over. Ended twice it was ended once; one that was cut off counts as ended. @throws Problem RecordingUnknown, RecordingStopped */
export async function end(ctx: WriteContext, id: string, pieces: number): Promise<RecordingLine> {
  const row = await own(ctx, id)
  const closed = closedTo({ state: row.state, begunAt: row.begun_at }, ctx.clock.now())
  if (closed === 'stopped') throw recordingProblem('RecordingStopped')
  if (row.state === 'recording' || row.state === 'interrupted') {
    const ended_at = row.state === 'interrupted' ? (row.last_piece_at ?? row.begun_at) : ctx.clock.now()
    await store.changeRecording(ctx.tx, ctx.organizationId, id, { state: 'ended', ended_at, expected_pieces: pieces })
  }
  ctx.audit.detail = { pieces: row.pieces, made: pieces }
  return shown(ctx, id)
}

/**
 * The person says no after all: nothing more is taken, and what there is of the call loses its key here and now, the
 * piece before it was cut off as well. What is held as proof stays. @throws Problem RecordingUnknown, RecordingOver, RecordingHeld
 */
export async function withdraw(ctx: WriteContext, id: string): Promise<RecordingLine> {
  const call = await lockCall(ctx.tx, ctx.organizationId, id, ctx.actor.id)
  const row = call.find((one) => one.id === id)
  if (!row) throw recordingProblem('RecordingUnknown')
  ctx.audit.patientId = row.patient_id
  const now = ctx.clock.now()
  const isOpen = (one: store.RecordingRow) => mayWithdraw({ state: one.state, begunAt: one.begun_at }, now)
  if (row.state === 'withdrawn') return shown(ctx, id)
  if (!isOpen(row)) throw recordingProblem('RecordingOver')
  if (row.held_at) throw recordingProblem('RecordingHeld')
  const taken = call.filter((one) => isOpen(one) && one.held_at === null)
  for (const one of taken) await takeAway(ctx, one, now)
  ctx.audit.detail = { recordings: taken.map((one) => one.id) }
  return shown(ctx, id)
}

async function takeAway(ctx: WriteContext, { id, ended_at }: store.RecordingRow, now: Date): Promise<void> {
  await note(ctx, id, 'withdrawn', await store.lineVersionOf(ctx.tx, ctx.organizationId, id))
  await store.changeRecording(ctx.tx, ctx.organizationId, id, {
    state: 'withdrawn',
    sealed_key: null,
    ended_at: ended_at ?? now,
    deleted_at: now,
    deleted_because: 'withdrawn',
  })
  await dropContent(ctx.tx, ctx.organizationId, [id])
}

/** @throws Problem RecordingUnknown, RecordingOver, RecordingStopped */
export async function mark(
  ctx: WriteContext,
  id: string,
  input: InputOf<typeof markRecording>['body'],
): Promise<Record<never, never>> {
  const row = await own(ctx, id)
  const { state } = row
  if (state === 'refused' || state === 'withdrawn') throw recordingProblem('RecordingStopped')
  // The form is finished a little after the call.
  if (!mayWithdraw({ state, begunAt: row.begun_at }, ctx.clock.now())) throw recordingProblem('RecordingOver')
  await store.putMark(ctx.tx, ctx.organizationId, id, input)
  return {}
}

/** The recording of this caller, locked. @throws Problem RecordingUnknown */
export async function own(ctx: WriteContext, id: string): Promise<store.RecordingRow> {
  const row = await store.lockOwn(ctx.tx, ctx.organizationId, id, ctx.actor.id)
  if (!row) throw recordingProblem('RecordingUnknown')
  ctx.audit.patientId = row.patient_id
  return row
}

async function note(
  ctx: WriteContext,
  recordingId: string,
  event: 'given' | 'refused' | 'withdrawn',
  lineVersion: number,
): Promise<void> {
  await store.insertConsent(ctx.tx, ctx.organizationId, {
    id: ctx.ids.next<string & never>() as string,
    recordingId,
    event,
    lineVersion,
    at: ctx.clock.now(),
    by: ctx.actor,
  })
}

/** Whoever calls sees their own recording, whosever the person is by now. */
export async function shown(ctx: ReadContext, id: string): Promise<RecordingLine> {
  const own = store.ownedBy(ctx.actor.id)
  const row = await store.findNamed(ctx.db, ctx.organizationId, id, own)
  if (!row) throw platformProblem('NotFound')
  return lineOf(ctx, row, (await rulesOf(ctx)).classes)
}

/** A recording of somebody whose calls this reader may hear. @throws Problem RecordingUnknown */
export async function requireAudible(ctx: ReadContext, id: string): Promise<store.NamedRecordingRow> {
  const row = await store.findNamed(ctx.db, ctx.organizationId, id, audibleTo(ctx))
  if (!row) throw recordingProblem('RecordingUnknown')
  ctx.audit.patientId = row.patient_id
  return row
}
