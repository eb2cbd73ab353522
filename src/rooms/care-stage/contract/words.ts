import { z } from 'zod'
import { id } from '../../../platform/contract/index.ts'

export const STAGES = ['first-visit', 'inpatient', 'discharge', 'long-term'] as const
export type Stage = (typeof STAGES)[number]
export const stage = z.enum(STAGES)
export const patientStageId = id('patient-stage')
