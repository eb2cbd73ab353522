import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Bilingual, InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { Recogniser } from '../../../platform/speech/recogniser.ts'
import shipped from '../content/consent-line.json' with { type: 'json' }
import { recordingProblem } from '../contract/problems.ts'
import type { changeLine, changeSettings, RecordingSettings } from '../contract/settings.ts'
import { spoken, unplainIn } from './rules/line.ts'
import { classRules, type ClassRule } from './rules/retention.ts'
import { tellsOfText } from './rules/transcription.ts'
import { findLine, findSetting, insertLine, keepSetting } from './setting-store.ts'
import { countTranscriptions } from './transcript-store.ts'

type Reading = Pick<ReadContext, 'db' | 'organizationId'>

/** What counts now: on or off, and how long each class is kept. */
export async function rulesOf(ctx: Reading): Promise<{ enabled: boolean; transcribe: boolean; classes: ClassRule[] }> {
  const row = await findSetting(ctx.db, ctx.organizationId)
  return { enabled: row?.enabled ?? true, transcribe: row?.transcribe ?? false, classes: classRules(row?.classes) }
}

/** What people are told, in the name of the organization. */
export async function lineToSay(
  ctx: Reading & Pick<ReadContext, 'tenant'>,
): Promise<{ version: number; text: Bilingual }> {
  const row = await findLine(ctx.db, ctx.organizationId)
  const { zh, en } = row ?? shipped.line
  return { version: row?.version ?? 0, text: { zh: spoken(zh, ctx.tenant.name), en: spoken(en, ctx.tenant.name) } }
}

type Connected = Pick<Recogniser, 'name'> | undefined

export async function showSettings(ctx: ReadContext, recogniser: Connected): Promise<RecordingSettings> {
  const row = await findSetting(ctx.db, ctx.organizationId)
  const line = await findLine(ctx.db, ctx.organizationId)
  return {
    enabled: row?.enabled ?? true,
    classes: classRules(row?.classes),
    line: {
      version: line?.version ?? 0,
      text: line ? { zh: line.zh, en: line.en } : shipped.line,
      transcript: line?.transcript ?? false,
      changed: line ? { by: line.made_by_name, at: line.made_at.toISOString() } : null,
    },
    transcribe: {
      enabled: row?.transcribe ?? false,
      recogniser: recogniser?.name ?? null,
      counts: await countTranscriptions(ctx.db, ctx.organizationId),
    },
    revision: row?.revision ?? 0,
    changed: row ? { by: row.changed_by_name, at: row.changed_at.toISOString() } : null,
  }
}

type Change = InputOf<typeof changeSettings>['body']

/**
 * Counts at once, for what is there already as well. Calls become text only where something is connected that does it, and
 * the line tells people so: each of them is asked anew, since that is another use of what they say.
 * @throws Problem KeepTooShort, RecogniserNone, TranscriptUntold, ChangedMeanwhile
 */
export async function saveSettings(
  ctx: WriteContext,
  { enabled, transcribe: wanted, classes, revision }: Change,
  recogniser: Connected,
): Promise<RecordingSettings> {
  const { transcribe: before } = await rulesOf(ctx)
  const transcribe = wanted ?? before
  if (transcribe && !before) {
    if (!recogniser) throw recordingProblem('RecogniserNone')
    if (!(await findLine(ctx.tx, ctx.organizationId))?.transcript) throw recordingProblem('TranscriptUntold')
  }
  const rules = classRules()
  for (const [n, { code, keepMonths }] of classes.entries()) {
    const { minMonths } = rules.find((one) => one.code === code)!
    if (keepMonths < minMonths)
      throw recordingProblem('KeepTooShort', { months: minMonths }, `body.classes.${n}.keepMonths`)
  }
  const row = {
    organization_id: ctx.organizationId,
    enabled,
    transcribe,
    classes: Object.fromEntries(classes.map(({ code, ...set }) => [code, set])),
    changed_at: ctx.clock.now(),
    changed_by: ctx.actor.id,
    changed_by_name: ctx.actor.name,
  }
  if (!(await keepSetting(ctx.tx, row, revision))) throw platformProblem('ChangedMeanwhile')
  ctx.audit.detail = { enabled, transcribe, classes: row.classes }
  return showSettings(ctx, recogniser)
}

/** A new version of the line. @param version the one that was seen @throws Problem LineNotPlain, LineSilentOnText, ChangedMeanwhile */
export async function saveLine(
  ctx: WriteContext,
  { text, transcript, version }: InputOf<typeof changeLine>['body'],
  recogniser: Connected,
): Promise<RecordingSettings> {
  const unplain = unplainIn(text)
  if (unplain) throw recordingProblem('LineNotPlain', { word: unplain }, 'body.text')
  if (transcript && !tellsOfText(text)) throw recordingProblem('LineSilentOnText', {}, 'body.text')
  const current = (await findLine(ctx.tx, ctx.organizationId))?.version ?? 0
  const row = {
    organization_id: ctx.organizationId,
    version: version + 1,
    ...text,
    transcript,
    made_at: ctx.clock.now(),
    made_by: ctx.actor.id,
    made_by_name: ctx.actor.name,
  }
  // Of two who write at once the second finds the version taken.
  if (current !== version || !(await insertLine(ctx.tx, row))) throw platformProblem('ChangedMeanwhile')
  ctx.audit.detail = { version: row.version, transcript }
  return showSettings(ctx, recogniser)
}
