import { z } from 'zod'
import { calendarDate, endpoint, patientId } from '../../../platform/contract/index.ts'
import { INVITE_PROBLEMS, newRelative, relativeView } from './own.ts'
import { relativeId, WORD_KINDS } from './words.ts'

const ofPatient = z.object({ patientId })
const ofOne = z.object({ patientId, relativeId })
const gate = (action: string, subject?: string) => ({
  permission: 'patient-access.send' as const,
  audit: { action, patient: 'patientId', ...(subject ? { subject } : {}) },
})

export const familyOf = endpoint({
  name: 'family.ofPatient',
  method: 'GET',
  path: '/patients/:patientId/family',
  summary: 'Whom a patient has let in to their own pages',
  gate: gate('family.read'),
  params: ofPatient,
  output: z.object({
    rows: z.array(relativeView.extend({ word: z.object({ kind: z.enum(WORD_KINDS), note: z.string() }).nullable() })),
    ready: z.boolean(),
    /** The person lives and was not merged away, and a date of birth is known. */
    isActive: z.boolean(),
    forGuardian: z.boolean(),
    ownAgeSoonOn: calendarDate.nullable(),
  }),
})

export const inviteFor = endpoint({
  name: 'family.inviteFor',
  method: 'POST',
  path: '/patients/:patientId/family',
  summary:
    'Let a relative in on the patient’s own word, which is written down; the patient is told and may take it back',
  gate: gate('family.invite'),
  params: ofPatient,
  body: newRelative.extend({
    word: z.object({
      kind: z.enum(WORD_KINDS),
      /** What the patient said, to whom, or where the paper lies. */
      note: z.string().trim().min(4).max(300),
    }),
  }),
  output: z.object({ id: relativeId, link: z.string(), expiresAt: z.string() }),
  problems: INVITE_PROBLEMS,
})

export const linkFor = endpoint({
  name: 'family.linkFor',
  method: 'POST',
  path: '/patients/:patientId/family/:relativeId/link',
  summary: 'A new link for a relative who has lost theirs',
  gate: gate('family.link', 'relativeId'),
  params: ofOne,
  output: z.object({ id: relativeId, link: z.string(), expiresAt: z.string() }),
  problems: ['FamilyNotIn'],
})

export const endFor = endpoint({
  name: 'family.endFor',
  method: 'POST',
  path: '/patients/:patientId/family/:relativeId/end',
  summary: 'Take it back on the patient’s word',
  gate: gate('family.end', 'relativeId'),
  params: ofOne,
  output: z.object({ ended: z.boolean() }),
})
