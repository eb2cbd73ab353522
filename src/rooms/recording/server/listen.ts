import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { listRecordings, playRecording, recordingPlays } from '../contract/listen.ts'
import { recordingProblem } from '../contract/problems.ts'
import { PEAK_MS, type RecordingLine } from '../contract/words.ts'
import { findPieces } from './piece-store.ts'
import { findPlays, insertPlay } from './play-store.ts'
import { requireAudible } from './record.ts'
import { gapsMs, playEndsAt } from './rules/life.ts'
import { headOf, playedAs } from './rules/pcm.ts'
import { soundMark } from './rules/sound.ts'
import { audibleAmongAll, audibleTo, hearsAll } from './scope.ts'
import { rulesOf } from './settings.ts'
import { watermarkOf } from './sound.ts'
import { findMany, findMarks, type Place, type Wanted } from './store.ts'
import { lineOf } from './view.ts'

type Page = OutputOf<typeof listRecordings>
type Asked = Pick<InputOf<typeof listRecordings>['query'], 'cursor' | 'limit' | 'class'>

/** @throws Problem NotFound */
export async function ofPatient(ctx: ReadContext, patientId: string, query: Asked): Promise<Page> {
  if (!hearsAll(ctx)) await requireVisible(ctx, patientId)
  return page(ctx, query, { patientId, scope: audibleTo(ctx) })
}

export function list(ctx: ReadContext, query: Asked): Promise<Page> {
  return page(ctx, query, { class: query.class, scope: audibleAmongAll(ctx) })
}

async function page(
  ctx: ReadContext,
  { cursor, limit }: Asked,
  wanted: Pick<Wanted, 'scope' | 'patientId' | 'class'>,
): Promise<Page> {
  const after = readPlace(cursor)
  const rows = await findMany(ctx.db, ctx.organizationId, {
    ...wanted,
    after,
    limit: limit + 1,
  })
  const { classes } = await rulesOf(ctx)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const hasMore = rows.length > limit
  return {
    rows: shown.map((row) => lineOf(ctx, row, classes)),
    next: hasMore && last ? `${last.begun_at.toISOString()}_${last.id}` : null,
    total: after || hasMore ? null : rows.length,
  }
}

function readPlace(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const [, at, id] = /^(\d{4}-[\dT:.-]+Z)_([\da-f-]{36})$/.exec(cursor) ?? []
  if (!at || !id || Number.isNaN(Date.parse(at))) throw platformProblem('InvalidInput', {}, 'query.cursor')
  return { at, id }
}

/**
 * Opens a recording to listen, and notes it. Whoever hears calls of people who are not theirs says why.
 * @throws Problem RecordingUnknown, ListenReasonWanted, RecordingNotOver, RecordingSilent
 */
export async function play(ctx: WriteContext, id: string, reason: string): Promise<OutputOf<typeof playRecording>> {
  const row = await requireAudible(ctx, id)
  if (row.state === 'recording') throw recordingProblem('RecordingNotOver')
  if (!row.sealed_key || row.pieces === 0) throw recordingProblem('RecordingSilent')
  if (hearsAll(ctx) && reason.length < 4) throw recordingProblem('ListenReasonWanted', {}, 'body.reason')
  const now = ctx.clock.now()
  const playId = ctx.ids.next<string & never>() as string
  const expires_at = playEndsAt(now)
  await insertPlay(ctx.tx, {
    organization_id: ctx.organizationId,
    recording_id: id,
    id: playId,
    staff_id: ctx.actor.id!,
    staff_name: ctx.actor.name,
    reason,
    at: now,
    expires_at,
  })
  ctx.audit.detail = { play: playId, reason }
  const pieces = await findPieces(ctx.tx, ctx.organizationId, id)
  const watermark = watermarkOf(ctx, { listener: ctx.actor.name, heard_at: now })
  return {
    playId: playId as never,
    media: playedAs(row.media),
    durationMs: row.duration_ms,
    sizeBytes:
      headOf(row.media, Number(row.bytes)).length +
      Number(row.bytes) +
      soundMark(playedAs(row.media), watermark).length,
    expiresAt: expires_at.toISOString(),
    watermark,
    peaks: pieces.flatMap((piece) => [...piece.peaks]),
    peakMs: PEAK_MS,
    gapsMs: gapsMs(pieces.map((piece) => ({ number: piece.number, durationMs: piece.duration_ms }))),
    marks: await findMarks(ctx.tx, ctx.organizationId, id),
  }
}

/** @throws Problem RecordingUnknown */
export async function playsOf(ctx: ReadContext, id: string): Promise<OutputOf<typeof recordingPlays>> {
  await requireAudible(ctx, id)
  const rows = await findPlays(ctx.db, ctx.organizationId, id)
  return {
    rows: rows.map((row) => ({
      id: row.id as never,
      by: row.staff_name,
      at: row.at.toISOString(),
      reason: row.reason,
    })),
  }
}

export async function lineOfOne(ctx: ReadContext, id: string): Promise<RecordingLine> {
  return lineOf(ctx, await requireAudible(ctx, id), (await rulesOf(ctx)).classes)
}
