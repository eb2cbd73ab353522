import { z } from 'zod'
import { event, patientId } from '../../../platform/contract/index.ts'
import { givenId, KINDS } from './words.ts'

const one = z.object({ patientId, givenId, kind: z.enum(KINDS) })

/** A person was given advice. */
export const adviceGiven = event('advice.given', one)
/** Advice no longer holds; the person sees it no more. */
export const adviceTakenBack = event('advice.taken-back', one)
