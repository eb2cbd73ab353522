import { z } from 'zod'
import { job, patientId } from '../../../platform/contract/index.ts'

/** Looks whether the facts of these people have changed, and computes where they have. */
export const assessChanged = job('risk/assess', z.object({ patientIds: z.array(patientId).max(1000) }))
