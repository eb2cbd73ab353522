import type { z } from 'zod'
import { id } from '../../../platform/contract/index.ts'

export const patientWayId = id('patient-way')
export const patientSessionId = id('patient-session')
export type PatientWayId = z.output<typeof patientWayId>
export type PatientSessionId = z.output<typeof patientSessionId>

/** `code`: shown on the spot; `mail`: sent from the patient's page; `message`: put into a message by another room. */
export const SENT_BY = ['code', 'mail', 'message'] as const
export type SentBy = (typeof SENT_BY)[number]

export const WAY_STATES = ['open', 'locked', 'withdrawn'] as const
export type WayState = (typeof WAY_STATES)[number]

export const DEVICES = ['phone', 'computer'] as const
export type Device = (typeof DEVICES)[number]

export const ENDED_BECAUSE = ['signed-out', 'withdrawn', 'died', 'merged'] as const
export type EndedBecause = (typeof ENDED_BECAUSE)[number]

export const CARER_ROLES = ['doctor', 'manager', 'counsellor'] as const
