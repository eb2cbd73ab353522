import { z } from 'zod'
import { calendarDate, endpoint, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'
import { patientLine, sex } from '../../patient/contract/person.ts'
import { intakeId, intakeState, nothing, unmatchedPersonId } from './words.ts'

export const UNMATCHED_REASONS = [
  'nobody',
  'candidates',
  'nameless',
  'identity-differs',
  'refused-registration',
] as const
const state = z.enum(['open', 'settled', 'set-aside'])
const ofPerson = z.object({ personId: unmatchedPersonId })
const version = z.object({ version: z.number().int() })

/** Somebody as their sender names them. */
export const unmatchedPerson = z.object({
  id: unmatchedPersonId,
  name: pii('name', z.string()),
  sex,
  birthDate: pii('birth-date', calendarDate).nullable(),
  recordNumber: z.string().nullable(),
  phoneMasked: z.string().nullable(),
  paperMasked: z.string().nullable(),
  source: z.string(),
  reason: z.enum(UNMATCHED_REASONS),
  candidates: z.number().int(),
  reports: z.number().int(),
  state,
  settledBy: z.string().nullable(),
  settledAt: z.string().nullable(),
  patient: z.object({ id: patientId, name: pii('name', z.string()) }).nullable(),
  lastSeenAt: z.string(),
  version: z.number().int(),
})
export type UnmatchedPerson = z.infer<typeof unmatchedPerson>

export const COMPARED = ['name', 'sex', 'birthDate', 'recordNumber', 'phone'] as const

export const candidate = z.object({
  patient: patientLine.pick({
    id: true,
    name: true,
    sex: true,
    birthDate: true,
    ageYears: true,
    phoneMasked: true,
    recordNumber: true,
  }),
  /** Field by field: the same, different, or not known on one side. */
  compared: z.record(z.enum(COMPARED), z.enum(['same', 'differs', 'unknown'])),
})
export type Candidate = z.infer<typeof candidate>

export const listUnmatched = endpoint({
  name: 'report-intake.listUnmatched',
  method: 'GET',
  path: '/intake/persons',
  summary: 'People whose reports wait to be claimed, latest first',
  gate: { permission: 'intake.read', audit: { action: 'intake.persons' } },
  query: pageQuery.extend({ state: state.default('open') }),
  output: pageOf(unmatchedPerson),
})

export const getUnmatched = endpoint({
  name: 'report-intake.getUnmatched',
  method: 'GET',
  path: '/intake/persons/:personId',
  summary: 'One of them, beside the patients they may be',
  gate: { permission: 'intake.read', audit: { action: 'intake.person', subject: 'personId' } },
  params: ofPerson,
  output: z.object({
    person: unmatchedPerson,
    candidates: z.array(candidate),
    /** Candidates beyond what the reader may see. */
    hidden: z.number().int(),
    messages: z.array(
      z.object({
        id: intakeId,
        receivedAt: z.string(),
        state: intakeState,
        /** Only for whoever may read the record: the title of a report can tell a disease. */
        title: pii('health', z.string()).nullable(),
        effectiveAt: z.string().nullable(),
      }),
    ),
    can: z.object({ match: z.boolean(), register: z.boolean(), open: z.boolean() }),
  }),
})

/** Choosing somebody files all that waits for this person, and what will come under the same identity. */
export const settlePerson = endpoint({
  name: 'report-intake.settlePerson',
  method: 'POST',
  path: '/intake/persons/:personId/settle',
  summary: 'Say whose reports these are',
  gate: { permission: 'intake.match', audit: { action: 'intake.settle-person', subject: 'personId' } },
  params: ofPerson,
  body: version.extend({ patientId }),
  output: nothing,
  problems: ['PersonSettledAlready', 'ChangedMeanwhile'],
})

/** Numbers are those that were sent; name, sex and birth date may be put right. */
export const registerUnmatched = endpoint({
  name: 'report-intake.registerUnmatched',
  method: 'POST',
  path: '/intake/persons/:personId/register',
  summary: 'Make this person known and file their reports',
  gate: { permission: 'patient.write', audit: { action: 'intake.register-person', subject: 'personId' } },
  params: ofPerson,
  body: version.extend({
    name: pii('name', z.string().trim().min(1).max(200)),
    sex,
    birthDate: calendarDate.nullable(),
  }),
  output: z.object({ patientId }),
  problems: ['PersonSettledAlready', 'ChangedMeanwhile'],
})

export const setPersonAside = endpoint({
  name: 'report-intake.setPersonAside',
  method: 'POST',
  path: '/intake/persons/:personId/set-aside',
  summary: 'These reports are not for us, or tell of nothing new; they stay kept',
  gate: { permission: 'intake.match', audit: { action: 'intake.set-person-aside', subject: 'personId' } },
  params: ofPerson,
  body: version.extend({ note: z.string().trim().max(300) }),
  output: nothing,
  problems: ['PersonSettledAlready', 'ChangedMeanwhile'],
})

export const reopenPerson = endpoint({
  name: 'report-intake.reopenPerson',
  method: 'POST',
  path: '/intake/persons/:personId/reopen',
  summary: 'Take a decision back: reports leave the record they were filed into and wait again',
  gate: { permission: 'intake.match', audit: { action: 'intake.reopen-person', subject: 'personId' } },
  params: ofPerson,
  body: version,
  output: z.object({ withdrawn: z.number().int() }),
  problems: ['PersonNotSettled', 'ChangedMeanwhile'],
})
