import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { brokenConstraint } from '../../../platform/database/database.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { riskProblem } from '../contract/problems.ts'
import type { decideRelease } from '../contract/risk.ts'
import { findAssessments, insertDecision, type AssessmentRow } from './assessment-store.ts'
import { wakeIfAsked } from './assess.ts'
import { tagByBand, takeBandTags } from './tags.ts'
import { newestDay } from './window.ts'

/**
 * Lets the person see a result, or keeps it back. Each decision is kept; the last one stands.
 * @throws Problem AssessmentUnknown, ReleaseNeedless, WithholdNeedsReason, ChangedMeanwhile, NotFound
 */
export async function decide(
  ctx: WriteContext,
  { patientId, assessmentId }: InputOf<typeof decideRelease>['params'],
  { decision, note, after }: InputOf<typeof decideRelease>['body'],
): Promise<{ number: number }> {
  await requireVisible(ctx, patientId)
  const [row] = await findAssessments(ctx.db, ctx.organizationId, patientId, { most: 1, id: assessmentId })
  if (!row) throw riskProblem('AssessmentUnknown')
  if (row.release === 'automatic') throw riskProblem('ReleaseNeedless')
  if (decision === 'withheld' && note.length < 2) throw riskProblem('WithholdNeedsReason', {}, 'body.note')
  if (row.decisionNumber !== after) throw platformProblem('ChangedMeanwhile')
  const number = after + 1
  try {
    await insertDecision(ctx.tx, ctx.organizationId, assessmentId, {
      number,
      decision,
      note,
      byId: ctx.actor.id!,
      byName: ctx.actor.name,
      at: ctx.clock.now(),
    })
  } catch (error) {
    if (brokenConstraint(error)) throw platformProblem('ChangedMeanwhile')
    throw error
  }
  await tellTags(ctx, patientId, row, decision)
  await wakeIfAsked(ctx, [patientId])
  ctx.audit.detail['decision'] = decision
  return { number }
}

/** Only the newest result of an instrument speaks through tags; an older one that is released late says nothing of today. */
async function tellTags(
  ctx: WriteContext,
  patientId: string,
  row: AssessmentRow,
  decision: 'released' | 'withheld',
): Promise<void> {
  const newest = await findAssessments(ctx.db, ctx.organizationId, patientId, { most: 1 })
  if (newest.find(({ instrument }) => instrument === row.instrument)?.id !== row.id) return
  if (decision === 'released') await tagByBand(ctx, [{ ...row, patientId, on: newestDay(row, ctx.tenant.timeZone) }])
  else await takeBandTags(ctx, patientId, row.instrument)
}
