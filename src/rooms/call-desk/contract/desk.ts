import { z } from 'zod'
import { calendarDate, endpoint, instant, patientId, pii } from '../../../platform/contract/index.ts'
import { sex } from '../../patient/contract/person.ts'
import { callSession } from './session.ts'
import { HOLDS, SUBJECT_KINDS, sessionId, subject } from './words.ts'

const permission = 'call.do' as const

/** Why a line stands where it stands, the strongest first. */
export const BECAUSE = ['promised', 'urgent', 'overdue', 'ends-today', 'good-hour', 'bad-hour'] as const
export type Because = (typeof BECAUSE)[number]

export const queueLine = z.object({
  subject: z.object({ kind: z.enum(SUBJECT_KINDS), id: z.uuid() }),
  patient: z.object({
    id: patientId,
    name: pii('name', z.string()),
    called: z.string(),
    sex,
    ageYears: z.number().int().nullable(),
    phoneMasked: z.string().nullable(),
  }),
  /** 高血压随访 · 两周后复查; of a task its title, empty where the reader may not know it. */
  title: z.object({ zh: pii('health', z.string()), en: pii('health', z.string()) }),
  dueOn: calendarDate,
  /** The last day on which it is in time. */
  untilOn: calendarDate,
  because: z.array(z.enum(BECAUSE)),
  tries: z.number().int(),
  /** Further calls that the same person is to get. */
  more: z.number().int(),
  /** Not before then. */
  waitsUntil: instant.nullable(),
  hold: z.enum(HOLDS).nullable(),
  /** Who has them on the telephone now: oneself too, since a list that hides one's own call says that it waits. */
  taken: z
    .object({
      by: z.string(),
      isMine: z.boolean(),
      /** Somebody has answered; before that it rings. */
      isTalking: z.boolean(),
    })
    .nullable(),
})
export type QueueLine = z.infer<typeof queueLine>

export const deskView = z.object({
  /** Whether people may be called now; if not, from when on, and why not. */
  open: z.object({
    now: z.boolean(),
    from: z.string(),
    to: z.string(),
    opensAt: instant.nullable(),
    because: z.enum(['hours', 'day-off']).nullable(),
  }),
  /** What the reader holds at this moment. */
  current: sessionId.nullable(),
  /** Whom to call, in this order. */
  queue: z.array(queueLine),
  /** Whether there are more than are shown. */
  more: z.boolean(),
  /** Whom to call later today or on another day. */
  later: z.array(queueLine),
  /** What waits for a decision: the tries are spent, refused, or the number is wrong. */
  held: z.array(queueLine),
  /** The reader's own of today. */
  today: z.object({ calls: z.number().int(), reached: z.number().int(), talkSeconds: z.number().int() }),
})
export type DeskView = z.infer<typeof deskView>

export const getDesk = endpoint({
  name: 'call-desk.get',
  method: 'GET',
  path: '/call-desk',
  summary: 'Whom to call, in the order of urgency, and what waits',
  gate: { permission, audit: { action: 'call.queue' } },
  output: deskView,
})

export const takeNext = endpoint({
  name: 'call-desk.next',
  method: 'POST',
  path: '/call-desk/next',
  summary: 'Take the next person; nobody else gets them meanwhile. Whoever holds one already gets that one',
  gate: { permission, audit: { action: 'call.take' } },
  body: z.strictObject({ key: z.uuid() }),
  output: z.object({ session: callSession.nullable() }),
  problems: ['CallHoursOver'],
})

export const takeOne = endpoint({
  name: 'call-desk.take',
  method: 'POST',
  path: '/call-desk/claims',
  summary: 'Take one person out of turn; outside of hours, or when the tries are spent, with a reason',
  gate: { permission, audit: { action: 'call.take' } },
  body: z.strictObject({ key: z.uuid(), subject, because: z.string().trim().max(300).default('') }),
  output: z.object({ session: callSession }),
  problems: ['CallNotDue', 'CallTaken', 'CallElsewhere', 'CallBlocked', 'CallHoursOver', 'CallReasonWanted'],
})
