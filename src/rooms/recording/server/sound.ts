import { Readable } from 'node:stream'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { Call, Stream } from '../../../platform/context/room.ts'
import { readParts } from '../../../platform/files/part-file.ts'
import { byteRange } from '../../../platform/http/byte-range.ts'
import { openPart } from '../../../platform/pii/part-cipher.ts'
import { recordingProblem } from '../contract/problems.ts'
import { placeOf } from './piece.ts'
import { findPieces, type PieceRow } from './piece-store.ts'
import { findOpenPlay, type OpenPlay } from './play-store.ts'
import { headOf, playedAs } from './rules/pcm.ts'
import { slicesOf, type Slice } from './rules/slices.ts'
import { ENDINGS, soundMark } from './rules/sound.ts'
import { audibleTo } from './scope.ts'
import { findRecording } from './store.ts'
import { clockText } from './clock-text.ts'

/**
 * The sound for whoever has opened it: opened piece by piece while it is sent, with the listener's name behind the last
 * one. Nothing of it is kept by browsers or proxies.
 * @throws Problem RecordingUnknown, RecordingSilent
 */
export async function streamSound(
  ctx: ReadContext,
  { recordingId, playId }: { recordingId: string; playId: string },
  call: Call,
): Promise<Stream> {
  const which = { recordingId, playId, staffId: ctx.actor.id, now: ctx.clock.now(), scope: audibleTo(ctx) }
  const row = await findOpenPlay(ctx.db, ctx.organizationId, which)
  if (!row) throw recordingProblem('RecordingUnknown')
  if (!row.sealed_key) throw recordingProblem('RecordingSilent')
  ctx.audit.patientId = row.patient_id
  const pieces = await findPieces(ctx.db, ctx.organizationId, recordingId)
  const media = playedAs(row.media)
  const sound = pieces.reduce((sum, { size }) => sum + size, 0)
  const head = headOf(row.media, sound)
  const mark = soundMark(media, watermarkOf(ctx, row))
  const spoken = head.length + sound
  const total = spoken + mark.length
  const part = byteRange(String(call.headers['range'] ?? ''), total)
  call.setHeader('accept-ranges', 'bytes')
  call.setHeader('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(nameOf(ctx, row))}`)
  if (part !== undefined) {
    call.setStatus(part ? 206 : 416)
    call.setHeader('content-range', `bytes ${part ? `${part.from}-${part.to}` : '*'}/${total}`)
  }
  if (part === null) return { stream: Buffer.alloc(0), media }
  const { from, to } = part ?? { from: 0, to: total - 1 }
  call.setHeader('content-length', String(to - from + 1))
  const tail = to >= spoken ? mark.subarray(Math.max(0, from - spoken), to - spoken + 1) : Buffer.alloc(0)
  const key = ctx.sealer.openBytes(ctx.organizationId, row.sealed_key)
  const source = { folder: call.house.files.folder, organizationId: ctx.organizationId, recordingId, key }
  const begins = head.subarray(Math.min(from, head.length), Math.min(to + 1, head.length))
  const slices = slicesOf(pieces, from - head.length, to - head.length)
  return { stream: Readable.from(opened(source, begins, slices, tail)), media }
}

/**
 * The sound in one piece, with no mark in it, for a machine of the house that turns it into text.
 * @returns undefined where it is gone; `too-large` where it would be more than so many bytes
 */
export async function wholeSound(
  house: Pick<House, 'databases' | 'files' | 'sealer'>,
  organizationId: string,
  recordingId: string,
  mostBytes: number,
): Promise<{ bytes: Buffer; media: string } | 'too-large' | undefined> {
  const db = house.databases.of(organizationId)
  const row = await findRecording(db, organizationId, recordingId)
  if (!row?.sealed_key) return undefined
  const pieces = await findPieces(db, organizationId, recordingId)
  const size = pieces.reduce((sum, piece) => sum + piece.size, 0)
  if (size > mostBytes) return 'too-large'
  const key = house.sealer.openBytes(organizationId, row.sealed_key)
  const source = { folder: house.files.folder, organizationId, recordingId, key }
  const head = headOf(row.media, size)
  const parts: Buffer[] = []
  for await (const part of opened(source, head, slicesOf(pieces, 0, size - 1), Buffer.alloc(0))) parts.push(part)
  return { bytes: Buffer.concat(parts), media: row.media }
}

interface Source {
  folder: string
  organizationId: string
  recordingId: string
  key: Buffer
}

async function* opened(
  source: Source,
  head: Buffer,
  slices: readonly Slice<PieceRow>[],
  tail: Buffer,
): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head
  const { folder, organizationId, recordingId, key } = source
  const places = slices.map((slice) => ({ at: Number(slice.piece.at_byte), size: slice.piece.sealed_size, slice }))
  if (places.length > 0)
    for await (const { part, bytes } of readParts(folder, organizationId, recordingId, places)) {
      const { piece, from, to } = part.slice
      yield openPart(key, placeOf(recordingId, piece.number), bytes).subarray(from, to)
    }
  if (tail.length > 0) yield tail
}

/** Who listens, and when: over the player, and in a copy. */
export function watermarkOf(
  ctx: Pick<ReadContext, 'tenant'>,
  { listener, heard_at }: Pick<OpenPlay, 'listener' | 'heard_at'>,
): string {
  return `${listener} ${clockText(heard_at, ctx.tenant.timeZone)}`
}

function nameOf(ctx: Pick<ReadContext, 'tenant'>, row: OpenPlay): string {
  const words = `${clockText(row.begun_at, ctx.tenant.timeZone)} ${watermarkOf(ctx, row)}`
  return `${words.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.${ENDINGS[row.media] ?? 'bin'}`
}
