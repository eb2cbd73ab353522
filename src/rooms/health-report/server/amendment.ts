import type { WriteContext } from '../../../platform/context/context.ts'
import { tellsOfHepatitisB } from '../../../clinical/index.ts'
import type { CompositionState } from '../contract/composition.ts'
import { reportProblem } from '../contract/problems.ts'
import type { Conclusion } from '../contract/words.ts'
import { begin, isOpen, lockSeen } from './composition.ts'
import { standingExam, updateComposition, versionsOf } from './composition-store.ts'
import { voidPrintsOf } from './store.ts'

/** Begins the next version with the conclusions of the one that stands; that one stands until the new one is issued. */
export async function amend(ctx: WriteContext, id: string, because: string): Promise<{ id: string }> {
  const row = await lockSeen(ctx, id)
  if (row.state !== 'issued') throw reportProblem('ReportNotIssued')
  if (tellsOfHepatitisB(because)) throw reportProblem('HepatitisBApart', {}, 'body.because')
  const examId = (await standingExam(ctx.db, ctx.organizationId, row.exam_report_id)) ?? row.exam_report_id
  const versions = await versionsOf(ctx.db, ctx.organizationId, examId)
  const open = versions.find(isOpen)
  if (open) return { id: open.id }
  const version = Math.max(row.version, ...versions.map((one) => one.version)) + 1
  const next = await begin(ctx, row.patient_id, examId, {
    version,
    conclusions: row.conclusions as Conclusion[],
    notDone: row.not_done,
    because,
    beforeId: row.id,
  })
  ctx.audit.detail = { version, before: row.id }
  return { id: next }
}

/** Takes an issued report out of sight: nobody is shown it any more, and its prints say that they are void. */
export async function recall(ctx: WriteContext, id: string, because: string): Promise<{ state: CompositionState }> {
  const row = await lockSeen(ctx, id)
  if (row.state !== 'issued' && row.state !== 'amended') throw reportProblem('ReportNotIssued')
  if (tellsOfHepatitisB(because)) throw reportProblem('HepatitisBApart', {}, 'body.because')
  await updateComposition(ctx.tx, row, {
    state: 'recalled',
    recalled_by_name: ctx.actor.name,
    recalled_at: ctx.clock.now(),
    recalled_because: because,
  })
  const voided = await voidPrintsOf(ctx.tx, ctx.organizationId, row.id, ctx.actor.id, because)
  ctx.audit.detail = { version: row.version, prints: voided }
  return { state: 'recalled' }
}
