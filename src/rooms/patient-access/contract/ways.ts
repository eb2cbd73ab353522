import { z } from 'zod'
import { endpoint, patientId } from '../../../platform/contract/index.ts'
import { DEVICES, patientSessionId, patientWayId, SENT_BY, WAY_STATES } from './words.ts'

export const wayView = z.object({
  id: patientWayId,
  sentBy: z.enum(SENT_BY),
  state: z.enum([...WAY_STATES, 'expired']),
  madeAt: z.string(),
  madeBy: z.string(),
  expiresAt: z.string(),
  openedAt: z.string().nullable(),
  /** Of a mail: how far it has come, in the words of the room message. */
  mail: z.object({ state: z.string(), reason: z.string().nullable() }).nullable(),
  can: z.object({ withdraw: z.boolean() }),
})
export type WayView = z.infer<typeof wayView>

export const sessionView = z.object({
  id: patientSessionId,
  device: z.enum(DEVICES),
  openedAt: z.string(),
  lastSeenAt: z.string(),
})
export type SessionView = z.infer<typeof sessionView>

const ofPatient = z.object({ patientId })
const gate = (action: string) => ({
  permission: 'patient-access.send' as const,
  audit: { action, patient: 'patientId' },
})

export const waysOf = endpoint({
  name: 'patient-access.waysOf',
  method: 'GET',
  path: '/patients/:patientId/my-ways',
  summary: 'Links to the own pages that a patient was given, and who is in',
  gate: gate('patient-access.ways'),
  params: ofPatient,
  output: z.object({
    ways: z.array(wayView),
    sessions: z.array(sessionView),
    /** A child under 14: the link is for the guardian. */
    forGuardian: z.boolean(),
    hasGuardian: z.boolean(),
    /** The guardian's for a child under 14. Null: there is no address to write to. */
    emailMasked: z.string().nullable(),
    hasBirthDate: z.boolean(),
    isActive: z.boolean(),
  }),
})

const problems = [
  'WayPatientGone',
  'WayBirthDateWanted',
  'WayEmailWanted',
  'WayGuardianWanted',
  'WayGuardianEmailWanted',
]

export const showWay = endpoint({
  name: 'patient-access.showWay',
  method: 'POST',
  path: '/patients/:patientId/my-ways/code',
  summary: 'A link for a QR code that is shown on the spot; it is told once and works for a day',
  gate: gate('patient-access.show'),
  params: ofPatient,
  output: z.object({ link: z.string(), expiresAt: z.string() }),
  problems,
})

export const mailWay = endpoint({
  name: 'patient-access.mailWay',
  method: 'POST',
  path: '/patients/:patientId/my-ways/mail',
  summary: 'Send a link to the own pages by e-mail',
  gate: gate('patient-access.mail'),
  params: ofPatient,
  output: z.object({ toMasked: z.string(), expiresAt: z.string() }),
  problems,
})

export const withdrawWay = endpoint({
  name: 'patient-access.withdrawWay',
  method: 'POST',
  path: '/patients/:patientId/my-ways/:patientWayId/withdrawal',
  summary: 'Close a link, and whatever was opened with it',
  gate: {
    permission: 'patient-access.send',
    audit: { action: 'patient-access.withdraw', patient: 'patientId', subject: 'patientWayId' },
  },
  params: z.object({ patientId, patientWayId }),
  output: z.object({ withdrawn: z.boolean() }),
})

export const endSessions = endpoint({
  name: 'patient-access.endSessions',
  method: 'POST',
  path: '/patients/:patientId/my-sessions/end',
  summary: 'Sign a patient out everywhere: a phone was lost',
  gate: gate('patient-access.end-sessions'),
  params: ofPatient,
  output: z.object({ ended: z.number().int() }),
})
