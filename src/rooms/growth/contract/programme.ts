import { z } from 'zod'
import { calendarDate, endpoint, instant, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'
import { consentText, moduleAbout } from './content.ts'
import {
  ALL_CONSENT_WAYS,
  CONSENT_RELATIONS,
  CONSENT_STANDINGS,
  CONSENT_WAYS,
  END_REASONS,
  ENROLMENT_STATES,
  enrolmentId,
  ITEM_STATES,
  itemId,
  MODULES,
  ofPatient,
} from './words.ts'

export const consentView = z.object({
  relation: z.enum(CONSENT_RELATIONS),
  name: pii('name', z.string()),
  givenOn: calendarDate,
  way: z.enum(ALL_CONSENT_WAYS),
  textVersion: z.string(),
  recordedBy: z.string(),
  recordedAt: instant,
  guardianToldOn: calendarDate.nullable(),
  withdrawnAt: z.string().nullable(),
  withdrawnBy: z.string().nullable(),
})
export type ConsentView = z.infer<typeof consentView>

export const itemView = z.object({
  id: itemId,
  module: z.enum(MODULES),
  title: z.string(),
  dueOn: calendarDate.nullable(),
  state: z.enum(ITEM_STATES),
  result: pii('free-text', z.string()),
  doneOn: calendarDate.nullable(),
  doneBy: z.string().nullable(),
  version: z.number().int(),
})
export type ItemView = z.infer<typeof itemView>

export const stageView = z.object({
  year: z.number().int(),
  fromOn: calendarDate,
  toOn: calendarDate,
  heightFromCm: pii('health', z.number()).nullable(),
  heightToCm: pii('health', z.number()).nullable(),
  note: pii('free-text', z.string()),
  markedOn: calendarDate,
  markedBy: z.string(),
})
export type StageView = z.infer<typeof stageView>

export const enrolmentView = z.object({
  id: enrolmentId,
  state: z.enum(ENROLMENT_STATES),
  startedOn: calendarDate,
  endsOn: calendarDate,
  endedOn: calendarDate.nullable(),
  endReason: z.enum(END_REASONS).nullable(),
  nextOn: calendarDate.nullable(),
  consent: z.enum(CONSENT_STANDINGS),
  consents: z.array(consentView),
  /** When the guardian was written to about the 14th birthday. */
  guardianToldOn: calendarDate.nullable(),
  items: z.array(itemView),
  stages: z.array(stageView),
  /** The year that may be summed up now. */
  stageDue: z.object({ year: z.number().int(), fromOn: calendarDate, toOn: calendarDate }).nullable(),
  version: z.number().int(),
})
export type EnrolmentView = z.infer<typeof enrolmentView>

export const getProgramme = endpoint({
  name: 'growth.programme',
  method: 'GET',
  path: '/patients/:patientId/growth/programme',
  summary: '长高管理 of a child: consent, the five modules, yearly marks',
  gate: { permission: 'growth.read', audit: { action: 'growth.open', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    /** The one that runs, or the last. */
    enrolment: enrolmentView.nullable(),
    text: consentText,
    /** What each of the five modules is about. */
    modules: z.array(moduleAbout),
    guardian: z.object({ relation: z.string(), name: pii('name', z.string()) }).nullable(),
    /** Why the child cannot be taken in now. */
    refused: z.enum(['birth-date-unknown', 'too-young', 'too-old', 'not-active']).nullable(),
    asksOwnConsent: z.boolean(),
    can: z.object({ write: z.boolean() }),
  }),
})

const given = {
  name: pii('name', z.string().trim().min(1).max(60)),
  givenOn: calendarDate,
  way: z.enum(CONSENT_WAYS),
  /** Of the text that was shown. */
  textVersion: z.string().max(40),
}

export const enrolChild = endpoint({
  name: 'growth.enrol',
  method: 'POST',
  path: '/patients/:patientId/growth/programme',
  summary: 'Take a child into 长高管理, with the guardian’s consent; from 14 with the child’s own',
  gate: { permission: 'growth.write', audit: { action: 'growth.enrol', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({
    consent: z.object({ ...given, relation: z.enum(CONSENT_RELATIONS), guardianToldOn: calendarDate.nullish() }),
  }),
  output: enrolmentView,
  problems: [
    'GrowthBirthDateWanted',
    'GrowthAgeOutside',
    'OwnConsentWanted',
    'ChildConsentTooEarly',
    'GrowthConsentText',
    'EnrolledAlready',
    'MeasuredInFuture',
  ],
})

export const giveOwnConsent = endpoint({
  name: 'growth.ownConsent',
  method: 'POST',
  path: '/patients/:patientId/growth/programme/own-consent',
  summary: 'From 14 the young person decides: their own consent, and when the guardian was told of it',
  gate: { permission: 'growth.write', audit: { action: 'growth.own-consent', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({ ...given, guardianToldOn: calendarDate, goOnUntil18: z.boolean().default(false) }),
  output: enrolmentView,
  problems: ['NotEnrolled', 'ChildConsentTooEarly', 'GrowthConsentText', 'GrowthConsentGiven', 'MeasuredInFuture'],
})

export const withdrawConsent = endpoint({
  name: 'growth.withdrawConsent',
  method: 'POST',
  path: '/patients/:patientId/growth/programme/withdrawal',
  summary: 'The guardian or the young person withdraws: the programme ends at once, the record stays',
  gate: { permission: 'growth.write', audit: { action: 'growth.withdraw', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({
    by: pii('name', z.string().trim().min(1).max(60)),
    because: z.string().trim().max(300).default(''),
  }),
  output: enrolmentView,
  problems: ['NotEnrolled'],
})

export const endEnrolment = endpoint({
  name: 'growth.end',
  method: 'POST',
  path: '/patients/:patientId/growth/programme/end',
  summary: 'End the programme: completed, moved away, or for another reason',
  gate: { permission: 'growth.write', audit: { action: 'growth.end', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({
    reason: z.enum(['completed', 'moved-away', 'other']),
    note: z.string().trim().max(300).default(''),
  }),
  output: enrolmentView,
  problems: ['NotEnrolled'],
})

const item = { module: z.enum(MODULES), title: z.string().trim().min(2).max(120), dueOn: calendarDate.nullable() }

export const addItem = endpoint({
  name: 'growth.addItem',
  method: 'POST',
  path: '/patients/:patientId/growth/items',
  summary: 'Plan something in one of the five modules',
  gate: { permission: 'growth.write', audit: { action: 'growth.item-add', patient: 'patientId' } },
  params: ofPatient,
  body: z.object(item),
  output: enrolmentView,
  problems: ['NotEnrolled', 'GrowthConsentWanting', 'GrowthPromise'],
})

export const settleItem = endpoint({
  name: 'growth.settleItem',
  method: 'POST',
  path: '/patients/:patientId/growth/items/:itemId/state',
  summary: 'Done, dropped, or open again',
  gate: {
    permission: 'growth.write',
    audit: { action: 'growth.item-settle', patient: 'patientId', subject: 'itemId' },
  },
  params: ofPatient.extend({ itemId }),
  body: z.object({
    state: z.enum(ITEM_STATES),
    result: pii('free-text', z.string().trim().max(500)).default(''),
    version: z.number().int().positive(),
  }),
  output: enrolmentView,
  problems: ['NotEnrolled', 'ChangedMeanwhile', 'GrowthConsentWanting', 'GrowthPromise'],
})

export const markStage = endpoint({
  name: 'growth.markStage',
  method: 'POST',
  path: '/patients/:patientId/growth/stages',
  summary: 'Sum up a year of the programme in a few words; the heights of its ends are kept with it',
  gate: { permission: 'growth.write', audit: { action: 'growth.stage', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({
    year: z.number().int().min(1).max(11),
    note: pii('free-text', z.string().trim().min(2).max(600)),
  }),
  output: enrolmentView,
  problems: ['NotEnrolled', 'StageTooEarly', 'StageMarked', 'GrowthConsentWanting', 'GrowthPromise'],
})

export const enrolledRow = z.object({
  enrolmentId,
  patientId,
  name: pii('name', z.string()),
  sex: z.string(),
  ageYears: z.number().int().nullable(),
  startedOn: calendarDate,
  nextOn: calendarDate.nullable(),
  lastHeightCm: pii('health', z.number()).nullable(),
  lastOn: calendarDate.nullable(),
  consent: z.enum(CONSENT_STANDINGS),
  openItems: z.number().int(),
  overdueItems: z.number().int(),
  managerName: z.string().nullable(),
})
export type EnrolledRow = z.infer<typeof enrolledRow>

export const listEnrolled = endpoint({
  name: 'growth.listEnrolled',
  method: 'GET',
  path: '/growth-programme',
  summary: 'The children of 长高管理, whoever is due first',
  gate: { permission: 'growth.read', audit: { action: 'growth.list' } },
  query: pageQuery.extend({ due: z.enum(['now']).optional() }),
  output: pageOf(enrolledRow),
})
