import { z } from 'zod'
import { event, patientId } from '../../../platform/contract/index.ts'
import { ACTS, entryId, entryKind } from './words.ts'

/** Something of the card was written, corrected, ended or restored. What it says travels nowhere. */
export const understandingChanged = event(
  'understanding.changed',
  z.object({ patientId, entryId, kind: entryKind, act: z.enum(ACTS) }),
)
