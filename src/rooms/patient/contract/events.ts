import { z } from 'zod'
import { event, patientId, staffId } from '../../../platform/contract/index.ts'
import { mergeId, source } from './person.ts'

export const patientRegistered = event('patient.registered', z.object({ patientId, source }))
/** `fields` are names, never values. */
export const patientChanged = event('patient.changed', z.object({ patientId, fields: z.array(z.string()) }))
/** Every room moves its rows of `fromId` to `intoId` and remembers, by `mergeId`, which ones they were. */
export const patientMerged = event('patient.merged', z.object({ fromId: patientId, intoId: patientId, mergeId }))
/** Rows that this merge had moved go back to `fromId`; what came later stays. */
export const patientUnmerged = event('patient.unmerged', z.object({ fromId: patientId, intoId: patientId, mergeId }))
export const patientDied = event('patient.died', z.object({ patientId }))
/** The death was entered by mistake. */
export const patientDeathCorrected = event('patient.death-corrected', z.object({ patientId }))
const carers = z.object({
  doctorId: staffId.nullable(),
  managerId: staffId.nullable(),
  counsellorId: staffId.nullable(),
})
export const patientCarerChanged = event(
  'patient.carer-changed',
  z.object({ patientId, before: carers, after: carers }),
)
