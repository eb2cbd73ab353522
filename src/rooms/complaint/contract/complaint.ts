import { z } from 'zod'
import { calendarDate, endpoint, pageOf, pageQuery, patientId, staffId } from '../../../platform/contract/index.ts'
import {
  CATEGORIES,
  HEARD_BY_US,
  complaintId,
  complaintLine,
  complaintView,
  OUTCOMES,
  SPEAKERS,
  STATES,
  words,
} from './words.ts'

const ofComplaint = z.object({ complaintId })
const version = z.number().int()

export const listComplaints = endpoint({
  name: 'complaint.list',
  method: 'GET',
  path: '/complaints',
  summary: 'Complaints that are open, the most pressing first; closed ones, newest first',
  gate: { permission: 'complaint.read', audit: { action: 'complaint.list' } },
  query: pageQuery.extend({
    state: z.enum(STATES).default('open'),
    /** Only what I see to. */
    mine: z.stringbool().optional(),
  }),
  output: pageOf(complaintLine),
})

export const getComplaint = endpoint({
  name: 'complaint.get',
  method: 'GET',
  path: '/complaints/:complaintId',
  summary: 'A complaint with all that was done about it',
  gate: { permission: 'complaint.read', audit: { action: 'complaint.open', subject: 'complaintId' } },
  params: ofComplaint,
  output: complaintView,
})

export const patientComplaints = endpoint({
  name: 'complaint.ofPatient',
  method: 'GET',
  path: '/patients/:patientId/complaints',
  summary:
    'Complaints of one person, open ones first; whoever only takes them sees their own, without what came of them',
  gate: { permission: 'complaint.take', audit: { action: 'complaint.list-of-patient', patient: 'patientId' } },
  params: z.object({ patientId }),
  output: z.object({
    rows: z.array(complaintView),
    /** Until when an answer is due that is asked for today. */
    proposedDueOn: calendarDate,
    /** Who may answer it: the reader, where they see to complaints themselves. */
    proposedOwnerId: staffId.nullable(),
    can: z.object({ record: z.boolean() }),
  }),
})
export type PatientComplaints = z.output<typeof patientComplaints.output>

export const recordComplaint = endpoint({
  name: 'complaint.record',
  method: 'POST',
  path: '/patients/:patientId/complaints',
  summary: 'Record a complaint: from now on nothing promotional goes to the person until it is closed',
  gate: { permission: 'complaint.take', audit: { action: 'complaint.record', patient: 'patientId' } },
  params: z.object({ patientId }),
  body: z
    .strictObject({
      /** Made up by the page, so that sending twice makes one. */
      key: z.uuid(),
      category: z.enum(CATEGORIES),
      channel: z.enum(HEARD_BY_US),
      words: words(1000),
      speaker: z.enum(SPEAKERS),
      /** 女儿、老伴: who of the family. */
      relation: z.string().trim().max(20).default(''),
      receivedOn: calendarDate,
      ownerId: staffId,
      dueOn: calendarDate,
    })
    .refine((one) => one.speaker === 'person' || one.relation !== '', { path: ['relation'], message: 'other' }),
  output: ofComplaint,
  problems: ['ComplaintReceivedLater', 'ComplaintDuePast', 'ComplaintOwnerUnfit', 'ComplaintPatientGone'],
})

export const handOverComplaint = endpoint({
  name: 'complaint.handOver',
  method: 'POST',
  path: '/complaints/:complaintId/hand-over',
  summary: 'Somebody else sees to it, or until another day',
  gate: { permission: 'complaint.record', audit: { action: 'complaint.hand-over', subject: 'complaintId' } },
  params: ofComplaint,
  body: z.strictObject({ ownerId: staffId, dueOn: calendarDate, note: words(500), version }),
  output: ofComplaint,
  problems: ['ChangedMeanwhile', 'ComplaintNotYours', 'ComplaintDuePast', 'ComplaintOwnerUnfit'],
})

export const closeComplaint = endpoint({
  name: 'complaint.close',
  method: 'POST',
  path: '/complaints/:complaintId/close',
  summary: 'Close it with what came of it; promotion may go out again',
  gate: { permission: 'complaint.record', audit: { action: 'complaint.close', subject: 'complaintId' } },
  params: ofComplaint,
  body: z.strictObject({ outcome: z.enum(OUTCOMES), text: words(1000), version }),
  output: ofComplaint,
  problems: ['ChangedMeanwhile', 'ComplaintNotYours'],
})

export const reopenComplaint = endpoint({
  name: 'complaint.reopen',
  method: 'POST',
  path: '/complaints/:complaintId/reopen',
  summary: 'The person is not content with it: open again, with its owner and a new day',
  gate: { permission: 'complaint.record', audit: { action: 'complaint.reopen', subject: 'complaintId' } },
  params: ofComplaint,
  body: z.strictObject({ because: words(500), dueOn: calendarDate, version }),
  output: ofComplaint,
  problems: ['ChangedMeanwhile', 'ComplaintDuePast', 'ComplaintPatientGone'],
})
