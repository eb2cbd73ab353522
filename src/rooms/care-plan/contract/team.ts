import { z } from 'zod'
import { calendarDate, endpoint, id, instant, patientId, pii, staffId } from '../../../platform/contract/index.ts'
import { asked, cadence, planId } from './words.ts'

const ofPatient = z.object({ patientId })
const freeText = (least: number, most: number) => pii('free-text', z.string().trim().min(least).max(most))

export const CARER_ROLES = ['doctor', 'manager', 'counsellor'] as const

export const careTeam = endpoint({
  name: 'carePlan.team',
  method: 'GET',
  path: '/patients/:patientId/care-team',
  summary: 'Who looks after a person, with what they handed over to each other',
  gate: { permission: 'care-plan.read', audit: { action: 'care-team.open', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    carers: z.array(z.object({ role: z.enum(CARER_ROLES), id: staffId, name: z.string() })),
    notes: z.array(z.object({ id: z.string(), text: freeText(0, 1000), byName: z.string(), at: instant })),
  }),
})

export const handOverNote = endpoint({
  name: 'carePlan.handOver',
  method: 'POST',
  path: '/patients/:patientId/care-team/notes',
  summary: 'Leave the others who look after this person a word',
  gate: { permission: 'care-plan.read', audit: { action: 'care-team.note', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({ id: z.uuid(), text: freeText(2, 1000) }),
  output: z.object({ kept: z.boolean() }),
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
