import { z } from 'zod'
import { calendarDate, endpoint, id, instant, patientId, pii, staffId } from '../../../platform/contract/index.ts'
import { asked, cadence, planId } from './words.ts'

const ofPatient = z.object({ patientId })
const freeText = (least: number, most: number) => pii('free-text', z.string().trim().min(least).max(most))

export const CARER_ROLES = ['doctor', 'manager', 'counsellor'] as const
/** Who else belongs to the team of a person, each by what they do in it (S0-25). */
export const MEMBER_ROLES = [
  'nurse',
  'dietitian',
  'social-worker',
  'therapist',
  'pharmacist',
  'specialist',
  'other',
] as const
export const TEAM_ROLES = [...CARER_ROLES, ...MEMBER_ROLES] as const
export type MemberRole = (typeof MEMBER_ROLES)[number]
export type TeamRole = (typeof TEAM_ROLES)[number]

const teamNote = z.object({
  id: z.string(),
  text: freeText(0, 1000),
  byName: z.string(),
  /** What the writer was in the team; null for who stood outside. */
  role: z.enum(TEAM_ROLES).nullable(),
  toName: z.string().nullable(),
  /** When the one it is for has said that they have read it. */
  seenAt: instant.nullable(),
  at: instant,
  /** For the reader, and not read yet. */
  waits: z.boolean(),
})

export const careTeam = endpoint({
  name: 'carePlan.team',
  method: 'GET',
  path: '/patients/:patientId/care-team',
  summary: 'Who looks after a person and as what, with what they handed over to each other',
  gate: { permission: 'care-plan.read', audit: { action: 'care-team.open', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    carers: z.array(z.object({ role: z.enum(TEAM_ROLES), id: staffId, name: z.string(), title: z.string() })),
    notes: z.array(teamNote),
    can: z.object({ change: z.boolean() }),
  }),
})

export const handOverNote = endpoint({
  name: 'carePlan.handOver',
  method: 'POST',
  path: '/patients/:patientId/care-team/notes',
  summary: 'Leave the others who look after this person a word; one who is named is told',
  gate: { permission: 'care-plan.read', audit: { action: 'care-team.note', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({ id: z.uuid(), text: freeText(2, 1000), toId: staffId.nullable().default(null) }),
  output: z.object({ kept: z.boolean() }),
  problems: ['TeamMemberUnfit'],
})

export const seeNote = endpoint({
  name: 'carePlan.seeNote',
  method: 'POST',
  path: '/patients/:patientId/care-team/notes/:noteId/seen',
  summary: 'Say that one has read what a colleague handed over',
  gate: { permission: 'care-plan.read', audit: { action: 'care-team.note-seen', patient: 'patientId' } },
  params: ofPatient.extend({ noteId: z.uuid() }),
  body: z.object({}),
  output: z.object({ seen: z.boolean() }),
})

const ofMember = ofPatient.extend({ staffId })

export const joinTeam = endpoint({
  name: 'carePlan.joinTeam',
  method: 'PUT',
  path: '/patients/:patientId/care-team/members/:staffId',
  summary: 'Take a colleague into the team of a person, or change what they do in it; the file opens to them',
  gate: {
    permission: 'care-plan.write',
    audit: { action: 'care-team.join', patient: 'patientId', subject: 'staffId' },
  },
  params: ofMember,
  body: z.object({ role: z.enum(MEMBER_ROLES) }),
  output: z.object({ joined: z.boolean() }),
  problems: ['TeamMemberUnfit'],
})

export const leaveTeam = endpoint({
  name: 'carePlan.leaveTeam',
  method: 'DELETE',
  path: '/patients/:patientId/care-team/members/:staffId',
  summary: 'Take a colleague out of the team; the file that it opened closes',
  gate: {
    permission: 'care-plan.write',
    audit: { action: 'care-team.leave', patient: 'patientId', subject: 'staffId' },
  },
  params: ofMember,
  output: z.object({ left: z.boolean() }),
})

const ofPlan = z.object({ patientId, planId })

export const addHomework = endpoint({
  name: 'carePlan.addHomework',
  method: 'POST',
  path: '/patients/:patientId/care-plans/:planId/homework',
  summary: 'An exercise of the counsellor beside the plan: all who look after the person see it',
  gate: {
    permission: 'counselling.note',
    audit: { action: 'care-plan.homework', patient: 'patientId', subject: 'planId' },
  },
  params: ofPlan,
  body: z.object({
    id: z.uuid(),
    title: pii('health', z.string().trim().min(2).max(60)),
    words: freeText(0, 400),
    cadence,
    ask: asked,
  }),
  output: z.object({ kept: z.boolean() }),
  problems: ['CarePlanNotActive'],
})

export const endHomework = endpoint({
  name: 'carePlan.endHomework',
  method: 'DELETE',
  path: '/patients/:patientId/care-plans/:planId/homework/:homeworkId',
  summary: 'Take an exercise out from today on; what was ticked stays',
  gate: {
    permission: 'counselling.note',
    audit: { action: 'care-plan.end-homework', patient: 'patientId', subject: 'planId' },
  },
  params: ofPlan.extend({ homeworkId: id('homework') }),
  output: z.object({ ended: z.boolean() }),
})

const noteId = id('counselling-note')
const ofNote = ofPatient.extend({ noteId })
const noteBody = z.object({ heldOn: calendarDate, text: freeText(2, 20_000) })
const noteLine = z.object({
  id: noteId,
  heldOn: calendarDate,
  writtenAt: instant,
  correctedAt: instant.nullable(),
})
const noteView = noteLine.extend({
  text: freeText(0, 20_000),
  because: freeText(0, 300),
  /** Earlier wordings, newest first. */
  former: z.array(z.object({ text: freeText(0, 20_000), writtenAt: instant, because: freeText(0, 300) })),
})

export const listNotes = endpoint({
  name: 'counselling.list',
  method: 'GET',
  path: '/patients/:patientId/counselling-notes',
  summary: 'One’s own counselling notes of a person: days only; nobody else’s',
  gate: { permission: 'counselling.note', audit: { action: 'counselling-note.list', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({ notes: z.array(noteLine) }),
})

export const readNote = endpoint({
  name: 'counselling.read',
  method: 'GET',
  path: '/patients/:patientId/counselling-notes/:noteId',
  summary: 'Open one of one’s own notes',
  gate: {
    permission: 'counselling.note',
    audit: { action: 'counselling-note.open', patient: 'patientId', subject: 'noteId' },
  },
  params: ofNote,
  output: noteView,
})

export const writeNote = endpoint({
  name: 'counselling.write',
  method: 'POST',
  path: '/patients/:patientId/counselling-notes',
  summary: 'Write a counselling note; only oneself reads it',
  gate: { permission: 'counselling.note', audit: { action: 'counselling-note.write', patient: 'patientId' } },
  params: ofPatient,
  body: noteBody.extend({ id: z.uuid() }),
  output: z.object({ id: noteId }),
})

export const correctNote = endpoint({
  name: 'counselling.correct',
  method: 'POST',
  path: '/patients/:patientId/counselling-notes/:noteId/corrections',
  summary: 'Correct a note: the former wording stays beneath',
  gate: {
    permission: 'counselling.note',
    audit: { action: 'counselling-note.correct', patient: 'patientId', subject: 'noteId' },
  },
  params: ofNote,
  body: noteBody.extend({ id: z.uuid(), because: freeText(2, 300) }),
  output: z.object({ id: noteId }),
  problems: ['NoteSuperseded'],
})
