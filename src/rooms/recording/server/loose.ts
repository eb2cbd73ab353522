import { createHash } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import type { Tenant, WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import { removeParts, writePart } from '../../../platform/files/part-file.ts'
import { newPartKey, sealPart } from '../../../platform/pii/part-cipher.ts'
import { lockPatient } from '../../patient/server/index.ts'
import { recordingProblem } from '../contract/problems.ts'
import type { Subject } from '../contract/words.ts'
import { placeOf } from './piece.ts'
import { CLASS_OF } from './rules/life.ts'
import { cutSound, wavDurationMs } from './rules/cut.ts'
import { soundKind } from './rules/sound.ts'
import { lineToSay, rulesOf } from './settings.ts'
import { insertConsent, insertRecording } from './store.ts'
import type { RecordingLooseTable } from './table.ts'

interface Piece {
  at: number
  sealed: number
  size: number
  ms: number
}
type LooseRow = Selectable<RecordingLooseTable>

/**
 * Keeps a whole call that a telephone exchange has handed in, sealed and on the disk before this returns. Nobody can hear
 * it before it is known whose it was. @throws Problem PieceEmpty, SoundUnreadable
 */
export async function keepSound(
  ctx: WriteContext,
  folder: string,
  { bytes, durationMs }: { bytes: Buffer; durationMs: number },
): Promise<{ soundId: string; media: string; digest: Buffer; durationMs: number }> {
  if (bytes.length === 0) throw recordingProblem('PieceEmpty')
  const media = soundKind(bytes)
  if (!media) throw recordingProblem('SoundUnreadable')
  const soundId = ctx.ids.next<string & never>() as string
  const key = newPartKey()
  const lasts = wavDurationMs(bytes) ?? durationMs
  const pieces: Piece[] = []
  let at = 0
  for (const [number, { from, to, ms }] of cutSound(bytes.length, lasts).entries()) {
    const sealed = sealPart(key, placeOf(soundId, number), bytes.subarray(from, to))
    await writePart(folder, ctx.organizationId, soundId, at, sealed)
    pieces.push({ at, sealed: sealed.length, size: to - from, ms })
    at += sealed.length
  }
  const digest = createHash('sha256').update(bytes).digest()
  await ctx.tx
    .insertInto('recording_loose')
    .values({
      organization_id: ctx.organizationId,
      id: soundId,
      media,
      sealed_key: ctx.sealer.sealBytes(ctx.organizationId, key),
      pieces: JSON.stringify(pieces),
      bytes: String(bytes.length),
      sealed_bytes: String(at),
      duration_ms: lasts,
      digest,
      received_at: ctx.clock.now(),
      file_removed_at: null,
    })
    .execute()
  return { soundId, media, digest, durationMs: lasts }
}

export interface Owner {
  patientId: string
  subject: Subject
  /** As the desk names it. */
  callId: string
  staff: { id: string; name: string }
  begunAt: Date
}

/**
 * It is known whose call it was, and that they agreed: it becomes a recording as any other, under the same id.
 * @returns false when nobody may keep it: recording is switched off, or the file is merged or closed
 * @throws Problem RecordingUnknown when there is no such sound any more
 */
export async function adoptSound(ctx: WriteContext, soundId: string, owner: Owner): Promise<boolean> {
  const row = await lockLoose(ctx, soundId)
  if (!row?.sealed_key) throw recordingProblem('RecordingUnknown')
  const { enabled, classes } = await rulesOf(ctx)
  const code = CLASS_OF[owner.subject.kind]
  const isOff = !enabled || !classes.find((one) => one.code === code)!.enabled
  if (isOff || (await lockPatient(ctx.tx, ctx.organizationId, owner.patientId)).state !== 'active') return false
  const pieces = row.pieces as Piece[]
  await insertRecording(ctx.tx, {
    organization_id: ctx.organizationId,
    id: soundId,
    patient_id: owner.patientId,
    key: soundId,
    class: code,
    subject_kind: owner.subject.kind,
    subject_id: owner.subject.id,
    call_id: owner.callId,
    source: 'exchange',
    state: 'ended',
    media: row.media,
    staff_id: owner.staff.id,
    staff_name: owner.staff.name,
    begun_at: owner.begunAt,
    last_piece_at: row.received_at,
    ended_at: new Date(owner.begunAt.getTime() + row.duration_ms),
    expected_pieces: pieces.length,
    pieces: pieces.length,
    bytes: row.bytes,
    sealed_bytes: row.sealed_bytes,
    duration_ms: row.duration_ms,
    sealed_key: row.sealed_key,
    held_at: null,
    held_by_name: null,
    held_because: null,
    deleted_at: null,
    deleted_because: null,
    deleted_rule: null,
    file_removed_at: null,
  })
  await insertPieces(ctx, row, pieces)
  await insertConsent(ctx.tx, ctx.organizationId, {
    id: ctx.ids.next<string & never>() as string,
    recordingId: soundId,
    event: 'given',
    lineVersion: (await lineToSay(ctx)).version,
    at: owner.begunAt,
    by: owner.staff,
  })
  await ctx.tx
    .deleteFrom('recording_loose')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', soundId)
    .execute()
  return true
}

async function insertPieces(ctx: WriteContext, row: LooseRow, pieces: readonly Piece[]): Promise<void> {
  for (const [number, piece] of pieces.entries())
    await ctx.tx
      .insertInto('recording_piece')
      .values({
        organization_id: ctx.organizationId,
        recording_id: row.id,
        number,
        key: row.id,
        at_byte: String(piece.at),
        sealed_size: piece.sealed,
        size: piece.size,
        duration_ms: piece.ms,
        // Nobody has measured how loud it was: the player shows a plain line.
        peaks: Buffer.alloc(0),
        received_at: row.received_at,
      })
      .execute()
}

async function lockLoose({ tx, organizationId }: WriteContext, soundId: string): Promise<LooseRow | undefined> {
  const { rows } = await sql<LooseRow>`
    select * from recording_loose where organization_id = ${organizationId} and id = ${soundId} for update`.execute(tx)
  return rows[0]
}

/** Nobody wants it, or the person said no: it loses its key here and now, and its bytes with the next round. */
export async function dropSound({ tx, organizationId }: WriteContext, soundId: string): Promise<void> {
  await tx
    .updateTable('recording_loose')
    .set({ sealed_key: null, pieces: '[]' })
    .where('organization_id', '=', organizationId)
    .where('id', '=', soundId)
    .execute()
}

/** Removes the sealed bytes of what was dropped: after the commit, since a file cannot be taken back. */
export async function removeDropped(house: House, tenant: Tenant): Promise<void> {
  const db = house.databases.of(tenant.id)
  const { rows } = await sql<{ id: string }>`
    select id from recording_loose where organization_id = ${tenant.id} and sealed_key is null and file_removed_at is null limit 500`.execute(
    db,
  )
  for (const { id } of rows) {
    await removeParts(house.files.folder, tenant.id, id)
    await sql`update recording_loose set file_removed_at = ${house.clock.now()} where organization_id = ${tenant.id} and id = ${id}`.execute(
      db,
    )
  }
}
