import { z } from 'zod'
import { calendarDate, endpoint, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'
import { timelineEndpoint } from '../../observation/contract/timeline.ts'
import { homeVisitId, photoConsent, visitContent, visitLine, visitView } from './words.ts'

export * from './own.ts'
export * from './photo.ts'
export * from './words.ts'

const ofPatient = z.object({ patientId })
const ofVisit = z.object({ homeVisitId })
const read = 'home-visit.read' as const
const permission = 'home-visit.write' as const
const because = pii('free-text', z.string().trim().min(2).max(300))

export const prepareHomeVisit = endpoint({
  name: 'home-visit.prepare',
  method: 'GET',
  path: '/patients/:patientId/home-visit-start',
  summary: 'What stands before a visit to somebody’s home: where they were visited last, what it is for',
  gate: { permission, audit: { action: 'home-visit.prepare', patient: 'patientId' } },
  params: ofPatient,
  query: z.object({ followUp: z.uuid().optional(), task: z.uuid().optional() }),
  output: z.object({
    patient: z.object({
      id: patientId,
      name: pii('name', z.string()),
      called: z.string(),
      ageYears: z.number().int().nullable(),
      /** Somebody else says whether photos may be taken. */
      needsGuardian: z.boolean(),
    }),
    /** Of the last visit, to be confirmed; null where nobody has been there yet. */
    known: z.object({ address: pii('address', z.string()), on: calendarDate }).nullable(),
    followUp: z.object({ id: z.uuid(), name: z.string(), isOpen: z.boolean() }).nullable(),
    task: z.object({ id: z.uuid(), title: pii('health', z.string()), isOpen: z.boolean() }).nullable(),
    today: calendarDate,
  }),
  problems: ['NotFound', 'HomeVisitFollowUpOther', 'HomeVisitTaskOther'],
})

export const recordHomeVisit = endpoint({
  name: 'home-visit.record',
  method: 'POST',
  path: '/patients/:patientId/home-visits',
  summary:
    'Keep a visit to somebody’s home; sent again with the same key it stands once, changed meanwhile as its next version',
  gate: { permission, audit: { action: 'home-visit.record', patient: 'patientId' } },
  params: ofPatient,
  body: z.strictObject({
    /** Made by the page when the form was opened. */
    key: z.uuid(),
    followUpId: z.uuid().nullable().default(null),
    taskId: z.uuid().nullable().default(null),
    content: visitContent,
    /** What was answered when somebody asked whether photos may be taken; null: nobody asked. */
    photos: photoConsent.nullable().default(null),
  }),
  output: visitView,
  problems: [
    'NotFound',
    'HomeVisitPatientGone',
    'HomeVisitKeyTaken',
    'HomeVisitError',
    'HomeVisitInFuture',
    'HomeVisitTooLate',
    'HomeVisitLeftBefore',
    'HomeVisitTooLong',
    'HomeVisitSeenMissing',
    'HomeVisitNobodyThere',
    'HomeVisitPlaceUnknown',
    'HomeVisitFollowUpOther',
    'HomeVisitTaskOther',
  ],
})

export const getHomeVisit = endpoint({
  name: 'home-visit.get',
  method: 'GET',
  path: '/home-visits/:homeVisitId',
  summary: 'A visit with everything but its photos, which are opened one by one',
  gate: { permission: read, audit: { action: 'home-visit.open', subject: 'homeVisitId' } },
  params: ofVisit,
  output: visitView,
  problems: ['HomeVisitUnknown'],
})

export const correctHomeVisit = endpoint({
  name: 'home-visit.correct',
  method: 'POST',
  path: '/home-visits/:homeVisitId/versions',
  summary: 'Correct a visit one has made: a new version, the former one stays',
  gate: { permission, audit: { action: 'home-visit.correct', subject: 'homeVisitId' } },
  params: ofVisit,
  body: z.strictObject({ version: z.number().int(), because, content: visitContent }),
  output: visitView,
  problems: [
    'HomeVisitUnknown',
    'HomeVisitNotYours',
    'HomeVisitError',
    'ChangedMeanwhile',
    'HomeVisitInFuture',
    'HomeVisitTooLate',
    'HomeVisitLeftBefore',
    'HomeVisitTooLong',
    'HomeVisitSeenMissing',
    'HomeVisitNobodyThere',
    'HomeVisitPlaceUnknown',
  ],
})

export const markHomeVisitError = endpoint({
  name: 'home-visit.markError',
  method: 'POST',
  path: '/home-visits/:homeVisitId/error',
  summary: 'A visit was entered by mistake: it stays to be seen as such, its photos are taken away',
  gate: { permission, audit: { action: 'home-visit.mark-error', subject: 'homeVisitId' } },
  params: ofVisit,
  body: z.strictObject({ because }),
  output: visitView,
  problems: ['HomeVisitUnknown', 'HomeVisitNotYours'],
})

export const patientHomeVisits = endpoint({
  name: 'home-visit.ofPatient',
  method: 'GET',
  path: '/patients/:patientId/home-visits',
  summary: 'Visits to a person’s home, newest first',
  gate: { permission: read, audit: { action: 'home-visit.list', patient: 'patientId' } },
  params: ofPatient,
  query: pageQuery.extend({ followUp: z.uuid().optional() }),
  output: pageOf(visitLine),
  problems: ['NotFound'],
})

export const listHomeVisits = endpoint({
  name: 'home-visit.list',
  method: 'GET',
  path: '/home-visits',
  summary: 'Visits to the homes of one’s own customers, newest first',
  gate: { permission: read, audit: { action: 'home-visit.list' } },
  query: pageQuery,
  output: pageOf(visitLine),
})

export const homeVisitTimeline = timelineEndpoint('home-visit', read)
