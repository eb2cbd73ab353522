import { systemActor, type ReadContext, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { recordingProblem } from '../contract/problems.ts'
import type { beginStream, claimStream, myStream } from '../contract/stream.ts'
import { keepPiece } from './piece.ts'
import { beginWith, shown } from './record.ts'
import { closedTo } from './rules/life.ts'
import { PCM_MEDIA, pcmMs, pcmPeaks } from './rules/pcm.ts'
import { newStreamId } from './rules/audio-frames.ts'
import { isStreamFree } from './rules/stream.ts'
import { changeRecording, lockIt, type RecordingRow } from './store.ts'
import * as store from './stream-store.ts'

type Begin = InputOf<typeof beginStream>['body']

/**
 * The person has said yes, and the telephone exchange brings the sound: a recording as any other, with the UUID that the
 * exchange has to name. Sent again it is the same one.
 * @throws Problem as `begin`, StreamsOff
 */
export async function begin(
  ctx: WriteContext,
  patientId: string,
  input: Begin,
  isListening: boolean,
): Promise<OutputOf<typeof beginStream>> {
  if (!isListening) throw recordingProblem('StreamsOff')
  const line = await beginWith(ctx, patientId, { ...input, answer: 'given', media: PCM_MEDIA, source: 'exchange' })
  const known = await store.findStreamOf(ctx.tx, ctx.organizationId, line.id)
  // The key began something else than a stream.
  if (!known && line.source !== 'exchange') throw recordingProblem('RecordingKeyTaken')
  const id = known?.id ?? newStreamId()
  if (!known) await store.insertStream(ctx.tx, ctx.organizationId, { id, recordingId: line.id })
  return { line, streamId: id, isConnected: known?.connection != null }
}

/** What this caller has begun and what still runs; null: nothing. */
export async function mine(ctx: ReadContext): Promise<OutputOf<typeof myStream>> {
  const row = ctx.actor.id ? await store.findOpenStream(ctx.db, ctx.organizationId, ctx.actor.id) : undefined
  if (!row) return { stream: null }
  return {
    stream: {
      line: await shown(ctx, row.recording_id),
      streamId: row.id,
      isConnected: row.connection !== null,
    },
  }
}

/** The exchange asks which UUID belongs to the call that somebody is making. @throws Problem StreamNone */
export async function claim(ctx: WriteContext, login: string): Promise<OutputOf<typeof claimStream>> {
  const row = await store.claimOpenStream(ctx.tx, ctx.organizationId, login, ctx.clock.now())
  if (!row) throw recordingProblem('StreamNone')
  ctx.audit.subjectId = row.recording_id
  return { streamId: row.id }
}

/** A connection that has named a UUID we have issued. */
export interface OpenStream {
  tenant: Tenant
  streamId: string
  recordingId: string
  connection: string
}

/** `unknown`: never issued · `busy`: somebody brings that call already · `over`: it runs no more. */
export type StreamRefusal = 'unknown' | 'busy' | 'over'

/**
 * Whose call a UUID is: an exchange names no organization, so all are asked; there are few, and calls begin seldom.
 */
export async function openStream(house: House, streamId: string): Promise<OpenStream | StreamRefusal> {
  for (const tenant of await house.tenants())
    if (await store.hasStream(house.databases.of(tenant.id), tenant.id, streamId))
      return asStream(house, tenant, (ctx) => connect(ctx, house, streamId))
  return 'unknown'
}

const asStream = <T>(house: House, tenant: Tenant, use: (ctx: WriteContext) => Promise<T>) =>
  write(house, { tenant, actor: systemActor(tenant.id, 'recording/stream') }, use)

async function connect(ctx: WriteContext, house: House, streamId: string): Promise<OpenStream | StreamRefusal> {
  const stream = await store.lockStream(ctx.tx, ctx.organizationId, streamId)
  const row = stream && (await lockIt(ctx.tx, ctx.organizationId, stream.recording_id))
  if (!stream || !row || row.state !== 'recording') return 'over'
  const now = ctx.clock.now()
  if (!isStreamFree({ connection: stream.connection, seenAt: stream.seen_at }, now)) return 'busy'
  const connection = ctx.ids.next<string & never>() as string
  await store.setConnection(ctx.tx, ctx.organizationId, streamId, { connection, seen_at: now })
  await note(ctx, house, row, 'recording.stream-open')
  return { tenant: ctx.tenant, streamId, recordingId: row.id, connection }
}

/** `taken`: another connection has the stream by now · `stopped`: the person said no · `over`: somebody has ended it. */
export type Kept = 'kept' | 'taken' | 'stopped' | 'over'

/** Keeps what was just spoken: sealed and on the disk before this returns, as a piece of a browser. */
export function keepSpoken(house: House, open: OpenStream, pcm: Buffer): Promise<Kept> {
  return asStream(house, open.tenant, async (ctx) => {
    const row = await lockOpen(ctx, open)
    if (row === undefined) return 'taken'
    const closed = closedTo({ state: row.state, begunAt: row.begun_at }, ctx.clock.now())
    if (closed) return closed
    await keepPiece(ctx, house.files.folder, row, {
      number: await store.nextNumber(ctx.tx, ctx.organizationId, row.id),
      key: ctx.ids.next<string & never>() as string,
      bytes: pcm,
      durationMs: pcmMs(pcm.length),
      peaks: pcmPeaks(pcm),
    })
    const seen = { connection: open.connection, seen_at: ctx.clock.now() }
    await store.setConnection(ctx.tx, ctx.organizationId, open.streamId, seen)
    return 'kept'
  })
}

/** The recording of a stream, both locked; undefined when this connection has it no more. */
async function lockOpen(ctx: WriteContext, open: OpenStream): Promise<RecordingRow | undefined> {
  const stream = await store.lockStream(ctx.tx, ctx.organizationId, open.streamId)
  if (stream?.connection !== open.connection) return undefined
  return lockIt(ctx.tx, ctx.organizationId, open.recordingId)
}

/**
 * The connection is gone. Hung up, the call has ended; cut off, it stays open for a while, so that the exchange may come
 * back with the same UUID, and is closed by the round as any other.
 */
export function letGo(house: House, open: OpenStream, how: 'hung-up' | 'cut-off'): Promise<void> {
  return asStream(house, open.tenant, async (ctx) => {
    const row = await lockOpen(ctx, open)
    if (row === undefined) return
    const now = ctx.clock.now()
    await store.setConnection(ctx.tx, ctx.organizationId, open.streamId, { connection: null, seen_at: now })
    if (how === 'hung-up' && row.state === 'recording') {
      const ended = { state: 'ended', ended_at: now, expected_pieces: row.pieces } as const
      await changeRecording(ctx.tx, ctx.organizationId, row.id, ended)
    }
    await note(ctx, house, row, 'recording.stream-end', { how, pieces: row.pieces })
  })
}

function note(
  ctx: WriteContext,
  house: House,
  row: Pick<RecordingRow, 'id' | 'patient_id'>,
  action: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const { organizationId, actor } = ctx
  const who = { patientId: row.patient_id, subjectId: row.id, requestId: null, address: null }
  const entry = { organizationId, actor, action, outcome: 'done' as const, detail, ...who }
  return house.recordAudit(ctx.tx, entry, ctx.clock.now(), house.ids)
}
