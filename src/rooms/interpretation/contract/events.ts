import { z } from 'zod'
import { event, patientId } from '../../../platform/contract/index.ts'

/** A talk is fixed at this moment, moved to it, or (null) called off. `key` names the talk, however often it moves. */
export const talkFixed = event(
  'interpretation.talk-fixed',
  z.object({ patientId, key: z.string(), at: z.iso.datetime().nullable() }),
)
