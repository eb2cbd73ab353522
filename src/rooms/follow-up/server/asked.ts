import type { WriteContext } from '../../../platform/context/context.ts'
import { instantAt, addDays } from '../../../platform/clock.ts'
import { askMany } from '../../questionnaire/server/index.ts'
import type { Opening } from './differences.ts'

/**
 * Sends people the questionnaires that their steps ask for, open as long as the window is. Whoever has one open already
 * answers that. @returns those whom it cannot be sent to: without a date of birth, or one that is not in force
 */
export async function askedByPathway(ctx: WriteContext, openings: readonly Opening[]): Promise<Opening[]> {
  if (openings.length === 0) return []
  const sent = await askMany(
    ctx,
    openings.map(({ occurrenceId, patientId, step, windowUntil }) => ({
      key: occurrenceId,
      patientId,
      code: step.questionnaire!,
      closesAt: instantAt(addDays(windowUntil, 1), 0, ctx.tenant.timeZone),
    })),
  )
  return openings.filter(({ occurrenceId }) => !sent.has(occurrenceId))
}
