import { z } from 'zod'
import { id } from '../../../platform/contract/index.ts'

export const intakeId = id('intake')
export const unmatchedPersonId = id('unmatched-person')
export const laboratoryCodeId = id('laboratory-code')
export const sourceId = id('intake-source')
export const tableUploadId = id('table-upload')

export const CHANNELS = ['mllp', 'http-hl7', 'fhir', 'table', 'command'] as const
export const channel = z.enum(CHANNELS)

export const INTAKE_STATES = [
  'received',
  'filed',
  'duplicate',
  'needs-person',
  'set-aside',
  'refused',
  'failed',
] as const
export const intakeState = z.enum(INTAKE_STATES)
export type IntakeState = z.infer<typeof intakeState>
/** States in which somebody has to look. */
export const TROUBLED = ['failed', 'refused', 'set-aside'] as const

export const nothing = z.object({})
