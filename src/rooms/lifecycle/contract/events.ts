import { z } from 'zod'
import { event, instant, patientId } from '../../../platform/contract/index.ts'
import { MOVE_KINDS, stage } from './words.ts'

/** Somebody stands elsewhere now; `from` is null where they came to stand anywhere at all. */
export const lifecycleMoved = event(
  'lifecycle.moved',
  z.object({ patientId, from: stage.nullable(), to: stage, by: z.enum(MOVE_KINDS), at: instant }),
)
