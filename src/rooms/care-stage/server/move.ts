import type { WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf, PatientId } from '../../../platform/contract/index.ts'
import { wake } from '../../agenda/server/index.ts'
import { holdPromotion, liftPromotion } from '../../message/server/index.ts'
import { patientSummary, requireVisible } from '../../patient/server/index.ts'
import type { enterStage, tickStage } from '../contract/care-stage.ts'
import { stageEntered } from '../contract/events.ts'
import { stageProblem } from '../contract/problems.ts'
import { factsOf, isDone } from './read.ts'
import { CONTENT_VERSION, leaving, stageContent } from './rules.ts'
import { closeStage, findTicks, insertStage, insertTick, lockOpen } from './store.ts'

/** Moves somebody on. Of two who do so at once, one does; the other is told that the person stands elsewhere by now. */
export async function enter(
  ctx: WriteContext,
  patientId: string,
  { stage, leaving: seen, because }: InputOf<typeof enterStage>['body'],
): Promise<AnswerOf<typeof enterStage>> {
  await requireVisible(ctx, patientId)
  if ((await patientSummary(ctx, patientId))?.state !== 'active') throw stageProblem('StagePatientGone')
  const open = await lockOpen(ctx.tx, ctx.organizationId, patientId)
  if ((open?.id ?? null) !== seen) throw stageProblem('StageMovedMeanwhile')
  if (open?.stage === stage) throw stageProblem('StageSame')
  const now = ctx.clock.now()
  if (open) {
    const ticks = await findTicks(ctx.tx, ctx.organizationId, open.id)
    const facts = await factsOf(ctx, patientId)
    const verdict = leaving(open.stage, stage, (item) => isDone(item, ticks, facts))
    const language = ctx.locale === 'en' ? 'en' : 'zh'
    if ('held' in verdict) {
      const what = verdict.held.map(({ text }) => text[language]).join(language === 'en' ? '; ' : '；')
      throw stageProblem('StageHeldByFacts', { what })
    }
    if (verdict.needsReason && because.length < 2) throw stageProblem('StageReasonWanted', {}, 'body.because')
    await closeStage(
      ctx.tx,
      open,
      ctx.today,
      now,
      verdict.open.map(({ code }) => code),
    )
  }
  const id = ctx.ids.next()
  const isFirst = await insertStage(ctx.tx, {
    organization_id: ctx.organizationId,
    id,
    patient_id: patientId,
    stage,
    content_version: CONTENT_VERSION,
    entered_on: ctx.today,
    entered_at: now,
    entered_by: ctx.actor.id,
    entered_by_name: ctx.actor.name,
    because,
  })
  if (!isFirst) throw stageProblem('StageMovedMeanwhile')
  // Nothing is advertised to a hospital bed.
  if (open?.stage === 'inpatient') await liftPromotion(ctx, 'admission', [open.id])
  if (stage === 'inpatient') await holdPromotion(ctx, [{ patientId, kind: 'admission', sourceKey: id }])
  // What rests during a stay, and comes after it, is looked at now.
  if (stage === 'inpatient' || open?.stage === 'inpatient')
    await wake(ctx.tx, ctx.organizationId, [patientId], 'stay', now)
  ctx.audit.detail = { from: open?.stage ?? null, to: stage }
  await ctx.emit(stageEntered, { patientId: patientId as PatientId, stage, from: open?.stage ?? null })
  return { id: id as never }
}

export async function tick(
  ctx: WriteContext,
  { patientId, patientStageId }: InputOf<typeof tickStage>['params'],
  { item: code, done, note }: InputOf<typeof tickStage>['body'],
): Promise<{ done: boolean }> {
  await requireVisible(ctx, patientId)
  const open = await lockOpen(ctx.tx, ctx.organizationId, patientId)
  if (open?.id !== patientStageId) throw stageProblem('StageMovedMeanwhile')
  const item = stageContent(open.stage).items.find((one) => one.code === code)
  if (!item) throw stageProblem('StageItemUnknown')
  if (item.fact) throw stageProblem('StageItemSeen')
  ctx.audit.detail = { item: code, done }
  const before = (await findTicks(ctx.tx, ctx.organizationId, open.id)).get(code)
  if ((before?.done ?? false) === done && (before?.note ?? '') === note) return { done }
  await insertTick(ctx.tx, {
    organization_id: ctx.organizationId,
    stage_id: open.id,
    id: ctx.ids.next(),
    item: code,
    done,
    note,
    by_id: ctx.actor.id,
    by_name: ctx.actor.name,
    at: ctx.clock.now(),
  })
  return { done }
}
