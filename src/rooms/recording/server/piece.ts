import type { WriteContext } from '../../../platform/context/context.ts'
import type { Call } from '../../../platform/context/room.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { writePart } from '../../../platform/files/part-file.ts'
import { sealPart } from '../../../platform/pii/part-cipher.ts'
import { recordingProblem } from '../contract/problems.ts'
import type { putPiece } from '../contract/record.ts'
import { PIECE_BYTES_MAX } from '../contract/words.ts'
import { addPiece, findPiece } from './piece-store.ts'
import { own } from './record.ts'
import { closedTo, readPeaks } from './rules/life.ts'
import { soundKind } from './rules/sound.ts'
import type { RecordingRow } from './store.ts'

/**
 * Keeps one piece: sealed, on the disk, before it is answered. Pieces come in any order and may come twice; what a crash
 * has left half written is written over by the next one.
 * @throws Problem RecordingUnknown, RecordingOver, RecordingStopped, PieceEmpty, PieceTooLarge, PieceDiffers, SoundUnreadable
 */
export async function takePiece(
  ctx: WriteContext,
  { params, query }: Pick<InputOf<typeof putPiece>, 'params' | 'query'>,
  call: Call,
): Promise<{ pieces: number }> {
  const bytes = await readPiece(call.stream)
  const row = await own(ctx, params.recordingId)
  const closed = closedTo({ state: row.state, begunAt: row.begun_at }, ctx.clock.now())
  if (closed === 'stopped') throw recordingProblem('RecordingStopped')
  const known = await findPiece(ctx.tx, ctx.organizationId, row.id, params.number)
  if (known) {
    if (known.key !== query.key || known.size !== bytes.length) throw recordingProblem('PieceDiffers')
    return { pieces: row.pieces }
  }
  if (closed) throw recordingProblem('RecordingOver')
  if (params.number === 0 && soundKind(bytes) !== row.media) throw recordingProblem('SoundUnreadable')
  return { pieces: await keepPiece(ctx, call.house.files.folder, row, { number: params.number, bytes, ...query }) }
}

export interface NewPiece {
  number: number
  key: string
  bytes: Buffer
  durationMs: number
  peaks: string
}

/** Seals a piece with the key of its recording, which is locked, and writes it behind the others. */
export async function keepPiece(
  ctx: WriteContext,
  folder: string,
  row: Pick<RecordingRow, 'id' | 'sealed_key' | 'sealed_bytes'>,
  { number, key, bytes, durationMs, peaks }: NewPiece,
): Promise<number> {
  const sealed = sealPart(ctx.sealer.openBytes(ctx.organizationId, row.sealed_key!), placeOf(row.id, number), bytes)
  await writePart(folder, ctx.organizationId, row.id, Number(row.sealed_bytes), sealed)
  return addPiece(ctx.tx, {
    organization_id: ctx.organizationId,
    recording_id: row.id,
    number,
    key,
    at_byte: row.sealed_bytes,
    sealed_size: sealed.length,
    size: bytes.length,
    duration_ms: durationMs,
    peaks: readPeaks(peaks),
    received_at: ctx.clock.now(),
  })
}

/** What a piece is sealed with: moved to another number or another call, it does not open. */
export const placeOf = (recordingId: string, number: number) => `${recordingId}/${number}`

/** Reads a piece, and stops at the first byte too many. */
async function readPiece(stream: NodeJS.ReadableStream | undefined): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  if (stream && Symbol.asyncIterator in stream)
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > PIECE_BYTES_MAX) throw recordingProblem('PieceTooLarge', { kilobytes: PIECE_BYTES_MAX / 1000 })
      chunks.push(chunk)
    }
  if (size === 0) throw recordingProblem('PieceEmpty')
  return Buffer.concat(chunks)
}
