import { z } from 'zod'
import { bilingual, event, patientId } from '../../../platform/contract/index.ts'
import { exitReason, occurrenceId, protocolCode, runId, visitAction, visitClass } from './words.ts'

const ofRun = { runId, patientId, protocol: protocolCode }

export const planStarted = event('follow-up.plan-started', z.object(ofRun))
export const planEnded = event('follow-up.plan-ended', z.object({ ...ofRun, reason: exitReason.nullable() }))
export const followUpMissed = event('follow-up.missed', z.object({ ...ofRun, occurrenceId, step: protocolCode }))
export const followUpCompleted = event(
  'follow-up.completed',
  z.object({
    ...ofRun,
    occurrenceId,
    step: protocolCode,
    class: visitClass.nullable(),
    action: visitAction.nullable(),
    emergency: z.boolean(),
  }),
)

/** A step puts advice cards forward for a person: proposed, never sent by itself. */
export const educationDue = event(
  'follow-up.education-due',
  z.object({
    ...ofRun,
    occurrenceId,
    step: protocolCode,
    cards: z.array(z.string()),
    because: bilingual,
    isMental: z.boolean(),
  }),
)
