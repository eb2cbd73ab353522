import { createHash } from 'node:crypto'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Call } from '../../../platform/context/room.ts'
import { maskPhone, type InputOf } from '../../../platform/contract/index.ts'
import { readPhone } from '../../patient/contract/phone.ts'
import { phoneIndex } from '../../patient/server/index.ts'
import { adoptSound, dropSound, keepSound } from '../../recording/server/index.ts'
import { callProblem } from '../contract/problems.ts'
import { SOUND_BYTES_MAX, type listSounds, type matchSound, type SoundLine, type tellSound } from '../contract/sound.ts'
import { whoseCall } from './rules/whose.ts'
import * as store from './sound-store.ts'

/** The desk's calls within so many hours of a recording are looked at; by hand more of them. */
const NEAR_HOURS = 4
const NEAR_BY_HAND_HOURS = 12

/** An exchange tells of a call. Of one that the person did not want, no sound is asked for. Told twice, it is one. */
export async function tell(ctx: WriteContext, told: InputOf<typeof tellSound>['body']) {
  const phone = told.phone ? readPhone(told.phone)?.number : undefined
  const now = ctx.clock.now()
  const isRefused = told.consent === 'refused'
  const row = await store.insertSound(ctx.tx, {
    organization_id: ctx.organizationId,
    id: ctx.ids.next<string & never>() as string,
    key: told.key,
    call_id: told.callId ?? null,
    phone_index: phone ? phoneIndex(ctx, phone) : null,
    phone_masked: phone ? maskPhone(phone) : null,
    extension: told.extension,
    began_at: new Date(told.beganAt),
    duration_ms: told.durationMs,
    consent: told.consent,
    state: isRefused ? 'refused' : 'awaiting',
    reason: null,
    loose_id: null,
    digest: null,
    session_id: null,
    told_at: now,
    settled_at: isRefused ? now : null,
    settled_by: null,
    settled_by_name: isRefused ? ctx.actor.name : null,
  })
  ctx.audit.subjectId = row.id
  return {
    id: row.id as never,
    state: row.state,
    wants: row.state === 'awaiting' ? ('sound' as const) : ('nothing' as const),
  }
}

/** The sound of a call, as a machine hands it in. @throws Problem SoundUnknown, SoundTooLarge, SoundDiffers, PieceEmpty, SoundUnreadable */
export async function put(ctx: WriteContext, id: string, call: Pick<Call, 'stream' | 'house'>) {
  return keep(ctx, id, await readWhole(call.stream), call.house.files.folder)
}

/**
 * Keeps the sound of a call that was told of: sealed and on the disk, then matched by rule or put before somebody with the
 * reason. @throws Problem SoundUnknown, SoundDiffers, PieceEmpty, SoundUnreadable
 */
export async function keep(ctx: WriteContext, id: string, bytes: Buffer, folder: string) {
  const row = await store.lockSound(ctx.tx, ctx.organizationId, id)
  if (!row) throw callProblem('SoundUnknown')
  if (row.state !== 'awaiting') {
    const isSame = row.digest?.equals(createHash('sha256').update(bytes).digest()) ?? true
    if (!isSame) throw callProblem('SoundDiffers')
    return { id: id as never, state: row.state, reason: row.reason }
  }
  const kept = await keepSound(ctx, folder, { bytes, durationMs: row.duration_ms })
  const settled = await settle(ctx, { ...row, loose_id: kept.soundId }, kept)
  ctx.audit.detail = { bytes: bytes.length, ...settled }
  return { id: id as never, ...settled }
}

type Settled = Pick<store.SoundRow, 'state' | 'reason'>

async function settle(
  ctx: WriteContext,
  row: store.SoundRow,
  kept: { soundId: string; digest: Buffer; durationMs: number },
): Promise<Settled> {
  const change = { loose_id: kept.soundId, digest: kept.digest, duration_ms: kept.durationMs }
  const wait = async (reason: NonNullable<store.SoundRow['reason']>): Promise<Settled> => {
    await store.changeSound(ctx.tx, ctx.organizationId, row.id, { ...change, state: 'waiting', reason })
    return { state: 'waiting', reason }
  }
  const near = await store.findNear(ctx.tx, ctx.organizationId, row, NEAR_HOURS)
  const whose = whoseCall(
    row.began_at,
    near.map((one) => ({
      id: one.id,
      patientId: one.patient_id,
      isNamed: one.id === row.call_id,
      samePhone: one.same_phone,
      takenAt: one.claimed_at,
      endedAt: one.ended_at,
    })),
  )
  if ('reason' in whose) return wait(whose.reason)
  if (row.consent !== 'given') return wait('consent-unknown')
  if (
    !(await adopt(
      ctx,
      row,
      near.find(({ id }) => id === whose.id)!,
    ))
  )
    return wait('off')
  await store.changeSound(ctx.tx, ctx.organizationId, row.id, {
    ...change,
    state: 'matched',
    session_id: whose.id,
    settled_at: ctx.clock.now(),
    settled_by_name: ctx.actor.name,
  })
  return { state: 'matched', reason: null }
}

function adopt(ctx: WriteContext, row: store.SoundRow, near: store.NearRow): Promise<boolean> {
  ctx.audit.patientId = near.patient_id
  return adoptSound(ctx, row.loose_id!, {
    patientId: near.patient_id,
    subject: { kind: near.subject_kind === 'follow-up' ? 'follow-up' : 'other', id: near.subject_id },
    callId: near.id,
    staff: { id: near.staff_id, name: near.staff_name },
    begunAt: row.began_at,
  })
}

/** Reads a whole file, and stops at the first byte too many. */
async function readWhole(stream: NodeJS.ReadableStream | undefined): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  if (stream && Symbol.asyncIterator in stream)
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > SOUND_BYTES_MAX) throw callProblem('SoundTooLarge', { megabytes: SOUND_BYTES_MAX / 1_000_000 })
      chunks.push(chunk)
    }
  return Buffer.concat(chunks)
}

/** Newest first; those that wait by default. */
export async function list(ctx: ReadContext, { cursor, limit, state }: InputOf<typeof listSounds>['query']) {
  const [, at, id] = /^(\d{4}-[\dT:.-]+Z)_([\da-f-]{36})$/.exec(cursor ?? '') ?? []
  const after = at && id ? { at, id } : undefined
  const rows = await store.findSounds(ctx.db, ctx.organizationId, { state, after, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1)! : undefined
  return {
    rows: shown.map(lineOf),
    next: last ? `${last.began_at.toISOString()}_${last.id}` : null,
    total: after || last ? null : shown.length,
  }
}

/** @throws Problem SoundUnknown */
export async function candidates(ctx: ReadContext, id: string) {
  const row = await named(ctx, id)
  const near = await store.findNear(ctx.db, ctx.organizationId, row, NEAR_BY_HAND_HOURS)
  return {
    rows: near.slice(0, 30).map((one) => ({
      id: one.id as never,
      patient: { id: one.patient_id as never, name: one.patient_name, phoneMasked: one.phone_masked },
      by: one.staff_name,
      at: one.claimed_at.toISOString(),
      outcome: one.outcome,
      samePhone: one.same_phone,
    })),
  }
}

async function named(ctx: ReadContext, id: string): Promise<store.NamedSound> {
  const page = { state: 'open' as const, after: undefined, limit: 1 }
  const [row] = await store.findSounds(ctx.db, ctx.organizationId, page, id)
  if (!row) throw callProblem('SoundUnknown')
  return row
}

/** Somebody says whose it was and what the person answered. @throws Problem SoundUnknown, SoundSettled, CallUnknown, SoundOff */
export async function match(
  ctx: WriteContext,
  id: string,
  { sessionId, consent }: InputOf<typeof matchSound>['body'],
): Promise<SoundLine> {
  const row = await open(ctx, id)
  const near = await store.findNear(ctx.tx, ctx.organizationId, { ...row, call_id: sessionId }, 0)
  const call = near.find((one) => one.id === sessionId)
  if (!call) throw callProblem('CallUnknown', {}, 'body.sessionId')
  const by = { settled_at: ctx.clock.now(), settled_by: ctx.actor.id, settled_by_name: ctx.actor.name, reason: null }
  if (consent === 'refused') {
    ctx.audit.patientId = call.patient_id
    await dropSound(ctx, row.loose_id!)
    await store.changeSound(ctx.tx, ctx.organizationId, id, { ...by, state: 'refused', consent, session_id: call.id })
  } else {
    if (!(await adopt(ctx, row, call))) throw callProblem('SoundOff')
    await store.changeSound(ctx.tx, ctx.organizationId, id, { ...by, state: 'matched', consent, session_id: call.id })
  }
  ctx.audit.detail = { call: call.id, consent }
  return lineOf(await named(ctx, id))
}

/** It belongs to nobody here: the sound loses its key now. @throws Problem SoundUnknown, SoundSettled */
export async function discard(ctx: WriteContext, id: string, because: string): Promise<SoundLine> {
  const row = await store.lockSound(ctx.tx, ctx.organizationId, id)
  if (!row) throw callProblem('SoundUnknown')
  if (row.settled_at) throw callProblem('SoundSettled')
  if (row.loose_id) await dropSound(ctx, row.loose_id)
  await store.changeSound(ctx.tx, ctx.organizationId, id, {
    state: 'discarded',
    reason: null,
    note: because,
    settled_at: ctx.clock.now(),
    settled_by: ctx.actor.id,
    settled_by_name: ctx.actor.name,
  })
  ctx.audit.detail = { because }
  return lineOf(await named(ctx, id))
}

async function open(ctx: WriteContext, id: string): Promise<store.SoundRow> {
  const row = await store.lockSound(ctx.tx, ctx.organizationId, id)
  if (!row) throw callProblem('SoundUnknown')
  if (row.state !== 'waiting') throw callProblem('SoundSettled')
  return row
}

function lineOf(row: store.NamedSound): SoundLine {
  return {
    id: row.id as never,
    key: row.key,
    state: row.state,
    reason: row.reason,
    beganAt: row.began_at.toISOString(),
    durationMs: row.duration_ms,
    phoneMasked: row.phone_masked,
    extension: row.extension,
    consent: row.consent,
    patientName: row.patient_name,
    settledBy: row.settled_by_name,
    settledAt: row.settled_at?.toISOString() ?? null,
    note: row.note,
  }
}
