import { z } from 'zod'
import { event, instant, patientId } from '../../../platform/contract/index.ts'
import { segmentId } from './words.ts'

/** At most this many people in one event; more are told in several. */
export const TOLD_AT_ONCE = 1000

/** facts: something has changed, or time has; fill: a version was saved, or a frozen segment refreshed. */
const moved = z.object({
  segmentId,
  version: z.number().int(),
  patientIds: z.array(patientId).min(1).max(TOLD_AT_ONCE),
  at: instant,
  by: z.enum(['facts', 'fill']),
})

export const segmentEntered = event('segment.entered', moved)
export const segmentLeft = event('segment.left', moved)
/** All members of a version are in; `entered` and `left` against the version before. */
export const segmentFilled = event(
  'segment.filled',
  z.object({ segmentId, version: z.number().int(), entered: z.number().int(), left: z.number().int(), at: instant }),
)
/** It holds nobody any more; whoever was in it is not told one by one. */
export const segmentRetired = event('segment.retired', z.object({ segmentId, at: instant }))
