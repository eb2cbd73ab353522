import { z } from 'zod'
import { calendarDate, endpoint, pageOf, pageQuery, patientId, pii, staffId } from '../../../platform/contract/index.ts'
import { alertClass, alertId, alertLine, alertView, ATTEMPT_OUTCOMES, KINDS, RELATIONS, RESULTS } from './words.ts'

const ofAlert = z.object({ alertId })
const text = (most: number) => pii('free-text', z.string().trim().min(2).max(most))

export const alertFilter = z.object({
  state: z.enum(['open', 'closed']).default('open'),
  class: alertClass.optional(),
  /** Only what waits for me or is in my hands. */
  mine: z.stringbool().optional(),
  patientId: patientId.optional(),
})

export const listAlerts = endpoint({
  name: 'alert.list',
  method: 'GET',
  path: '/alerts',
  summary: 'Open alerts, the most pressing first; closed ones, newest first',
  gate: { permission: 'alert.read', audit: { action: 'alert.list' } },
  query: pageQuery.extend(alertFilter.shape),
  output: pageOf(alertLine),
})

export const getAlert = endpoint({
  name: 'alert.get',
  method: 'GET',
  path: '/alerts/:alertId',
  summary: 'An alert with its attempts and its log',
  gate: { permission: 'alert.read', audit: { action: 'alert.open', subject: 'alertId' } },
  params: ofAlert,
  output: alertView,
})

export const patientAlerts = endpoint({
  name: 'alert.ofPatient',
  method: 'GET',
  path: '/patients/:patientId/alerts',
  summary: 'Open alerts of one person',
  gate: { permission: 'alert.read', audit: { action: 'alert.list-of-patient', patient: 'patientId' } },
  params: z.object({ patientId }),
  output: z.object({ rows: z.array(alertLine), can: z.object({ raise: z.boolean() }) }),
})

export const raiseByHand = endpoint({
  name: 'alert.raiseByHand',
  method: 'POST',
  path: '/patients/:patientId/alerts',
  summary: 'Raise an alert for what no rule sees, such as a finding of an image',
  gate: { permission: 'alert.handle', audit: { action: 'alert.raise', patient: 'patientId' } },
  params: z.object({ patientId }),
  body: z.object({
    class: alertClass,
    kind: z.enum(KINDS).default('result'),
    title: pii('health', z.string().trim().min(2).max(120)),
    note: pii('free-text', z.string().trim().max(1000)).default(''),
    /** Made up by the page, so that sending twice makes one alert. */
    key: z.uuid(),
  }),
  output: alertView,
  problems: ['AlertPatientNotActive'],
})

const stale = ['AlertAcknowledged', 'AlertClosed', 'AlertNotYours', 'AlertNotYet'] as const

export const acknowledgeAlert = endpoint({
  name: 'alert.acknowledge',
  method: 'POST',
  path: '/alerts/:alertId/acknowledge',
  summary: 'I have it: the first one wins',
  gate: { permission: 'alert.handle', audit: { action: 'alert.acknowledge', subject: 'alertId' } },
  params: ofAlert,
  output: alertView,
  problems: stale,
})

export const noteAttempt = endpoint({
  name: 'alert.noteAttempt',
  method: 'POST',
  path: '/alerts/:alertId/attempts',
  summary: 'A try to reach the person; reached only with what they read back',
  gate: { permission: 'alert.handle', audit: { action: 'alert.attempt', subject: 'alertId' } },
  params: ofAlert,
  body: z.object({
    outcome: z.enum(ATTEMPT_OUTCOMES),
    relation: z.enum(RELATIONS).default('self'),
    personName: pii('name', z.string().trim().max(60)).default(''),
    /** Another number than the one on file; only its masked form is kept. */
    phone: pii('phone', z.string().trim().max(40)).default(''),
    /** The result in the words of whoever was told. */
    readBack: pii('free-text', z.string().trim().max(1000)).default(''),
    note: pii('free-text', z.string().trim().max(1000)).default(''),
  }),
  output: alertView,
  problems: [...stale, 'AlertReadBackMissing', 'AlertPhoneMissing', 'AlertPersonMissing'],
})

export const handOverAlert = endpoint({
  name: 'alert.handOver',
  method: 'POST',
  path: '/alerts/:alertId/hand-over',
  summary: 'Give it to a colleague, who acknowledges it in turn; to oneself: take it over',
  gate: { permission: 'alert.handle', audit: { action: 'alert.hand-over', subject: 'alertId' } },
  params: ofAlert,
  body: z.object({ toId: staffId, note: text(500) }),
  output: alertView,
  problems: [...stale, 'AlertReceiverUnfit'],
})

export const closeAlert = endpoint({
  name: 'alert.close',
  method: 'POST',
  path: '/alerts/:alertId/close',
  summary: 'Close it with its result',
  gate: { permission: 'alert.handle', audit: { action: 'alert.close', subject: 'alertId' } },
  params: ofAlert,
  body: z.object({
    result: z.enum(RESULTS),
    /** What the recheck showed, where and by whom the person was seen, why they declined. */
    text: text(1000),
    on: calendarDate.nullable().default(null),
  }),
  output: alertView,
  problems: [...stale, 'AlertResultUnfit', 'AlertAttemptsMissing'],
})
