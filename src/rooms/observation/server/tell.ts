import type { WriteContext } from '../../../platform/context/context.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import { observationsRecorded, RECORDED_AT_ONCE } from '../contract/events.ts'

/**
 * Tells the rooms above whose values have changed: the agenda brings everybody their turn, this is for what cannot wait
 * behind a long queue. One event for hundreds of people.
 */
export async function tellRecorded(ctx: WriteContext, patientIds: Iterable<string>, at: Date): Promise<void> {
  const all = [...new Set(patientIds)].toSorted() as PatientId[]
  for (let from = 0; from < all.length; from += RECORDED_AT_ONCE)
    await ctx.emit(observationsRecorded, {
      patientIds: all.slice(from, from + RECORDED_AT_ONCE),
      recordedAt: at.toISOString(),
    })
}
