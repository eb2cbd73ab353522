import { z } from 'zod'
import { bilingual, calendarDate, endpoint, instant, patientId, pii } from '../../../platform/contract/index.ts'
import { sex } from '../../patient/contract/person.ts'
import { answeredBy, handBackReason, HOLDS, outcome, SESSION_STATES, sessionId, SUBJECT_KINDS } from './words.ts'

const permission = 'call.do' as const
const ofSession = z.object({ sessionId })
const note = pii('free-text', z.string().trim().max(1000))

/** What was approved to be said, as the step of the follow-up has it. */
export const script = z.object({
  opening: bilingual.nullable(),
  say: z.array(bilingual),
  ask: z.array(bilingual),
  avoid: z.array(bilingual),
  closing: bilingual.nullable(),
})
export type CallScript = z.infer<typeof script>

/** A call that was made, or given back. */
export const callLine = z.object({
  id: sessionId,
  subject: z.object({ kind: z.enum(SUBJECT_KINDS), id: z.uuid() }),
  state: z.enum(SESSION_STATES),
  outcome: outcome.nullable(),
  by: z.string(),
  at: instant,
  talkSeconds: z.number().int().nullable(),
  note: pii('free-text', z.string()),
})
export type CallLine = z.infer<typeof callLine>

export const callSession = z.object({
  id: sessionId,
  state: z.enum(SESSION_STATES),
  subject: z.object({ kind: z.enum(SUBJECT_KINDS), id: z.uuid() }),
  patient: z.object({
    id: patientId,
    name: pii('name', z.string()),
    called: z.string(),
    sex,
    ageYears: z.number().int().nullable(),
    phoneMasked: z.string().nullable(),
    /** Which number is rung: a child's call goes to the guardian. */
    phoneField: z.enum(['phone', 'guardian-phone']),
    /** As the person said it: 上午 9 点到 11 点. */
    goodHours: z.string(),
    /** What colleagues had written down before the person chose for themselves. */
    goodHoursNoted: z.string(),
    dialect: z.string(),
    /** Null for whoever may not read the record. */
    mainWorry: pii('health', z.string()).nullable(),
    leaveAlone: pii('free-text', z.string()).nullable(),
    doctorName: z.string().nullable(),
    managerName: z.string().nullable(),
  }),
  title: z.object({ zh: pii('health', z.string()), en: pii('health', z.string()) }),
  /** What whoever asked for the call wrote. */
  request: pii('free-text', z.string()),
  dueOn: calendarDate.nullable(),
  untilOn: calendarDate.nullable(),
  script: script.nullable(),
  /** Why it is called about out of turn. */
  because: z.string(),
  claimedUntil: instant,
  talkBeganAt: instant.nullable(),
  talkEndedAt: instant.nullable(),
  outcome: outcome.nullable(),
  answeredBy: answeredBy.nullable(),
  note: pii('free-text', z.string()),
  /** When it is called about again. */
  nextAt: instant.nullable(),
  hold: z.enum(HOLDS).nullable(),
  /** The tries are spent on several channels: 随访失联. */
  lost: z.boolean(),
  /** What it is about still waits to be done: the form is not filled. */
  open: z.boolean(),
  handedOver: z.boolean(),
  tries: z.number().int(),
  /** Earlier calls with this person, newest first. */
  before: z.array(callLine),
  can: z.object({ unmask: z.boolean(), form: z.boolean() }),
})
export type CallSession = z.infer<typeof callSession>

export const getSession = endpoint({
  name: 'call-desk.session',
  method: 'GET',
  path: '/call-sessions/:sessionId',
  summary: 'A call of one’s own: whom, why, what to say, and how the last ones went',
  gate: { permission, audit: { action: 'call.open', subject: 'sessionId' } },
  params: ofSession,
  output: callSession,
  problems: ['CallUnknown'],
})

export const keepSession = endpoint({
  name: 'call-desk.keep',
  method: 'POST',
  path: '/call-sessions/:sessionId/keep',
  summary: 'The page is still open: the person stays taken',
  gate: { permission, audit: { none: 'a sign of life, several a call' } },
  params: ofSession,
  output: z.object({ claimedUntil: instant }),
  problems: ['CallUnknown', 'CallOver'],
})

export const beginTalk = endpoint({
  name: 'call-desk.talk',
  method: 'POST',
  path: '/call-sessions/:sessionId/talk',
  summary: 'Somebody has answered: the talk begins',
  gate: { permission, audit: { action: 'call.talk', subject: 'sessionId' } },
  params: ofSession,
  output: callSession,
  problems: ['CallUnknown', 'CallOver'],
})

export const endCall = endpoint({
  name: 'call-desk.end',
  method: 'POST',
  path: '/call-sessions/:sessionId/end',
  summary: 'How the call went, and what follows: again by the ladder, at a promised time, not at all',
  gate: { permission, audit: { action: 'call.end', subject: 'sessionId' } },
  params: ofSession,
  body: z.strictObject({
    outcome,
    answeredBy: answeredBy.optional(),
    note: note.default(''),
    /** What was promised; only for a call-back. */
    nextAt: instant.optional(),
    /** What the responsible doctor is asked to look after: two characters are a whole sentence (头晕). */
    handOver: pii('free-text', z.string().trim().min(1).max(500)).optional(),
    /** The person wants no more calls. */
    doNotCall: z.boolean().default(false),
  }),
  output: callSession,
  problems: ['CallUnknown', 'CallOver', 'CallTaken', 'CallBackAtWanted', 'CallBackAtPast', 'CallBackAtShut'],
})

export const handBack = endpoint({
  name: 'call-desk.handBack',
  method: 'POST',
  path: '/call-sessions/:sessionId/hand-back',
  summary: 'Give a person back unmade: others may take them',
  gate: { permission, audit: { action: 'call.hand-back', subject: 'sessionId' } },
  params: ofSession,
  body: z.strictObject({ reason: handBackReason, note: note.default('') }),
  output: z.object({}),
  problems: ['CallUnknown', 'CallOver'],
})
