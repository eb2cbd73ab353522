import { z } from 'zod'
import { event, patientId } from '../../../platform/contract/index.ts'
import { END_REASONS, planId } from './words.ts'

/** A version counts from its day on; with the first one the plan begins. */
export const carePlanSigned = event('care-plan.signed', z.object({ planId, patientId, version: z.number().int() }))
export const carePlanEnded = event('care-plan.ended', z.object({ planId, patientId, reason: z.enum(END_REASONS) }))
