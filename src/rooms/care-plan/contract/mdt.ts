import { z } from 'zod'
import { calendarDate, endpoint, id, instant, patientId, pii, staffId } from '../../../platform/contract/index.ts'

export const meetingId = id('mdt-meeting')
const ofPatient = z.object({ patientId })
const ofMeeting = ofPatient.extend({ meetingId })
const freeText = (most: number) => pii('free-text', z.string().trim().max(most))

/** A colleague of the house or somebody from outside, with the discipline they speak for. */
const member = z.strictObject({
  staffId: staffId.nullable(),
  name: z.string().trim().min(1).max(60),
  role: z.string().trim().min(1).max(60),
})
const asked = z.strictObject({
  title: pii('health', z.string().trim().min(2).max(120)),
  dueOn: calendarDate,
  ownerId: staffId.nullable(),
})

export const meetingBody = z.object({
  heldOn: calendarDate,
  chairId: staffId,
  members: z.array(member).min(1).max(30),
  question: freeText(1000),
  material: freeText(2000),
  conclusion: freeText(4000),
  tasks: z.array(asked).max(10),
})
export type MeetingBody = z.output<typeof meetingBody>

export const meetingView = meetingBody.extend({
  id: meetingId,
  state: z.enum(['draft', 'signed']),
  chairName: z.string(),
  tasks: z.array(
    asked.extend({
      ownerName: z.string().nullable(),
      taskId: z.string().nullable(),
      /** Whether it still waits; null as long as nobody has signed. */
      open: z.boolean().nullable(),
    }),
  ),
  draftedBy: z.string(),
  signedBy: z.string().nullable(),
  signedAt: instant.nullable(),
  revision: z.number().int(),
  can: z.array(z.enum(['change', 'sign', 'discard'])),
})
export type MeetingView = z.output<typeof meetingView>

export const listMeetings = endpoint({
  name: 'mdt.list',
  method: 'GET',
  path: '/patients/:patientId/mdt-meetings',
  summary: 'Meetings of several disciplines about one person, newest first',
  gate: { permission: 'mdt.read', audit: { action: 'mdt.list', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({ meetings: z.array(meetingView), can: z.object({ draft: z.boolean() }) }),
})

export const saveMeeting = endpoint({
  name: 'mdt.save',
  method: 'PUT',
  path: '/patients/:patientId/mdt-meetings/:meetingId',
  summary: 'Keep the record of a meeting as a draft',
  gate: { permission: 'mdt.write', audit: { action: 'mdt.draft', patient: 'patientId', subject: 'meetingId' } },
  params: ofMeeting,
  /** `revision` 0 for a new one, whose id the page makes up. */
  body: meetingBody.extend({ revision: z.number().int().min(0) }),
  output: meetingView,
  problems: ['ChangedMeanwhile', 'MeetingSigned', 'MeetingChairMissing'],
})

export const signMeeting = endpoint({
  name: 'mdt.sign',
  method: 'POST',
  path: '/patients/:patientId/mdt-meetings/:meetingId/signature',
  summary: 'The chair signs: it stands for ever, and the tasks it asks for are made',
  gate: { permission: 'mdt.write', audit: { action: 'mdt.sign', patient: 'patientId', subject: 'meetingId' } },
  params: ofMeeting,
  body: z.object({ revision: z.number().int().positive() }),
  output: meetingView,
  problems: ['ChangedMeanwhile', 'MeetingSigned', 'MeetingNotChair', 'MeetingUnfinished'],
})

export const discardMeeting = endpoint({
  name: 'mdt.discard',
  method: 'DELETE',
  path: '/patients/:patientId/mdt-meetings/:meetingId',
  summary: 'Throw a draft away',
  gate: { permission: 'mdt.write', audit: { action: 'mdt.discard', patient: 'patientId', subject: 'meetingId' } },
  params: ofMeeting,
  output: z.object({ discarded: z.boolean() }),
  problems: ['MeetingSigned'],
})
