import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { openPart, sealPart } from '../../../platform/pii/part-cipher.ts'
import type { Spoken } from '../../../platform/speech/recogniser.ts'
import { recordingProblem } from '../contract/problems.ts'
import type { correctTranscript, readTranscript } from '../contract/transcript.ts'
import { findOpenPlay, type OpenPlay } from './play-store.ts'
import { audibleTo } from './scope.ts'
import { rulesOf } from './settings.ts'
import { lockIt } from './store.ts'
import * as store from './transcript-store.ts'

type Shown = OutputOf<typeof readTranscript>
interface Play {
  recordingId: string
  playId: string
}

/** What a version is sealed with: it opens as no other version, and of no other call. */
const placeOf = (recordingId: string, version: number) => `${recordingId}/transcript/${version}`

/** Keeps what was heard, sealed with the key of its recording, as the version after those that are there. @throws RangeError without sound */
export async function keepTranscript(
  ctx: WriteContext,
  recordingId: string,
  made:
    | { recogniser: string; spoken: readonly Spoken[] }
    | { by: { id: string | null; name: string }; spoken: readonly Spoken[] },
): Promise<number> {
  const row = await lockIt(ctx.tx, ctx.organizationId, recordingId)
  if (!row?.sealed_key) throw new RangeError(`recording ${recordingId} has no key`)
  const [last] = await store.findTranscripts(ctx.tx, ctx.organizationId, recordingId)
  const version = (last?.version ?? 0) + 1
  const key = ctx.sealer.openBytes(ctx.organizationId, row.sealed_key)
  const isHand = 'by' in made
  await store.insertTranscript(ctx.tx, {
    organization_id: ctx.organizationId,
    recording_id: recordingId,
    id: ctx.ids.next<string & never>() as string,
    version,
    recogniser: isHand ? null : made.recogniser,
    by_id: isHand ? made.by.id : null,
    by_name: isHand ? made.by.name : null,
    made_at: ctx.clock.now(),
    sealed_text: sealPart(key, placeOf(recordingId, version), Buffer.from(JSON.stringify(made.spoken))),
  })
  return version
}

/**
 * What was said, for whoever has opened the recording, with their reason, and as long as that play lasts.
 * @throws Problem RecordingUnknown, RecordingSilent
 */
export async function show(ctx: ReadContext, play: Play, isConnected: boolean): Promise<Shown> {
  return view(ctx, await opened(ctx, play), isConnected)
}

/** @throws Problem RecordingUnknown, RecordingSilent, TranscriptNone, ChangedMeanwhile */
export async function correct(
  ctx: WriteContext,
  play: Play,
  { lines, version }: InputOf<typeof correctTranscript>['body'],
  isConnected: boolean,
): Promise<Shown> {
  await lockIt(ctx.tx, ctx.organizationId, play.recordingId)
  const row = await opened(ctx, play)
  const [last] = await store.findTranscripts(ctx.tx, ctx.organizationId, row.id)
  if (!last) throw recordingProblem('TranscriptNone')
  if (last.version !== version) throw platformProblem('ChangedMeanwhile')
  const spoken = lines.toSorted((a, b) => a.atMs - b.atMs)
  const made = await keepTranscript(ctx, row.id, { by: { id: ctx.actor.id, name: ctx.actor.name }, spoken })
  ctx.audit.detail = { version: made }
  return view(ctx, row, isConnected)
}

/** @throws Problem RecordingUnknown, RecordingSilent, TranscriptNotFailed */
export async function retry(ctx: WriteContext, play: Play, isConnected: boolean): Promise<Shown> {
  const row = await opened(ctx, play)
  if (!(await store.tryAgain(ctx.tx, ctx.organizationId, row.id, ctx.clock.now())))
    throw recordingProblem('TranscriptNotFailed')
  return view(ctx, row, isConnected)
}

async function opened(ctx: ReadContext, { recordingId, playId }: Play): Promise<OpenPlay> {
  const which = { recordingId, playId, staffId: ctx.actor.id, now: ctx.clock.now(), scope: audibleTo(ctx) }
  const row = await findOpenPlay(ctx.db, ctx.organizationId, which)
  if (!row) throw recordingProblem('RecordingUnknown')
  if (!row.sealed_key) throw recordingProblem('RecordingSilent')
  ctx.audit.patientId = row.patient_id
  return row
}

async function view(ctx: ReadContext, row: OpenPlay, isConnected: boolean): Promise<Shown> {
  const versions = await store.findTranscripts(ctx.db, ctx.organizationId, row.id)
  const under = await store.findTranscription(ctx.db, ctx.organizationId, row.id)
  const [last] = versions
  const state = last ? 'done' : (under?.state ?? 'none')
  return {
    state,
    because: state === 'none' ? await whyNone(ctx, row.id, isConnected) : null,
    why: state === 'done' ? null : (under?.why ?? null),
    nextAt: state === 'waiting' ? (under?.next_at?.toISOString() ?? null) : null,
    version: last?.version ?? 0,
    lines: last ? openLines(ctx, row, last) : [],
    versions: versions.map((one) => ({
      version: one.version,
      recogniser: one.recogniser,
      by: one.by_name,
      at: one.made_at.toISOString(),
    })),
  }
}

function openLines(ctx: ReadContext, row: OpenPlay, { version, sealed_text }: store.TranscriptRow): Spoken[] {
  const key = ctx.sealer.openBytes(ctx.organizationId, row.sealed_key!)
  return JSON.parse(openPart(key, placeOf(row.id, version), sealed_text).toString()) as Spoken[]
}

async function whyNone(ctx: ReadContext, id: string, isConnected: boolean): Promise<Shown['because']> {
  if (!isConnected) return 'not-connected'
  if (!(await rulesOf(ctx)).transcribe) return 'off'
  return (await store.wasToldOfText(ctx.db, ctx.organizationId, id)) ? 'soon' : 'not-told'
}
