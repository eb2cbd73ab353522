import type { WriteContext } from '../../../platform/context/context.ts'
import { instantAt, addDays } from '../../../platform/clock.ts'
import { linkTemplates } from '../../message/server/index.ts'
import { askMany } from '../../questionnaire/server/index.ts'
import type { Opening } from './differences.ts'

export interface Asked {
  /** Whom it cannot be sent to: without a date of birth, or one that is not in force. */
  unsent: Opening[]
  /** Occurrences whose message is the one that brings the link: nobody is written to twice for one questionnaire. */
  worded: Set<string>
}

/**
 * Sends people the questionnaires that their steps ask for, open as long as the window is, with the words of the step where
 * its template takes a link. Whoever has one open already answers that.
 */
export async function askedByPathway(ctx: WriteContext, openings: readonly Opening[]): Promise<Asked> {
  if (openings.length === 0) return { unsent: [], worded: new Set() }
  const bringing = await linkTemplates(
    ctx,
    openings.flatMap(({ step }) => step.message ?? []),
  )
  const isWorded = ({ step }: Opening) => step.message !== null && bringing.has(step.message)
  const sent = await askMany(
    ctx,
    openings.map((opening) => ({
      key: opening.occurrenceId,
      patientId: opening.patientId,
      code: opening.step.questionnaire!,
      closesAt: instantAt(addDays(opening.windowUntil, 1), 0, ctx.tenant.timeZone),
      template: isWorded(opening) ? opening.step.message! : undefined,
    })),
  )
  return {
    unsent: openings.filter(({ occurrenceId }) => !sent.has(occurrenceId)),
    worded: new Set(openings.filter(isWorded).map(({ occurrenceId }) => occurrenceId)),
  }
}
