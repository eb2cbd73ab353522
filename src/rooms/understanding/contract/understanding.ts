import { z } from 'zod'
import { calendarDate, endpoint, instant, patientId, pii } from '../../../platform/contract/index.ts'
import { ACTS, entryId, entryKind, said, source, speaker, whyEnded } from './words.ts'

const ofPatient = z.object({ patientId })
const ofEntry = z.object({ patientId, entryId })

const entry = z.object({
  id: entryId,
  kind: entryKind,
  words: pii('free-text', z.string()),
  speaker,
  relation: z.string(),
  source,
  heardOn: calendarDate,
  by: z.string(),
  writtenAt: instant,
  /** Heard longer ago than is good: worth asking again. */
  isOld: z.boolean(),
})
export type Entry = z.output<typeof entry>

const former = entry.extend({
  endedAt: instant,
  endedBy: z.string(),
  endedByPatient: z.boolean(),
  because: pii('free-text', z.string()),
  /** Corrected: other words stand in its place. */
  corrected: z.boolean(),
})
export type FormerEntry = z.output<typeof former>

/** A line that follows from a fact, with where the fact is from and when. Nothing in it is guessed. */
const personaLine = z.object({
  code: z.enum([
    'called',
    'age',
    'dialect',
    'goodHours',
    'leaveAlone',
    'mainWorry',
    'condition',
    'pathway',
    'relationship',
    'doctor',
    'manager',
    'counsellor',
  ]),
  value: pii('free-text', z.string()),
  valueEn: pii('free-text', z.string()),
  source: z.enum(['file', 'worry', 'record', 'follow-up', 'lifecycle', 'carers']),
  at: z.string().nullable(),
  by: z.string().nullable(),
  /** Of the patient's page, where the fact stands. */
  to: z.string(),
})
export type PersonaLine = z.output<typeof personaLine>

export const readUnderstanding = endpoint({
  name: 'understanding.read',
  method: 'GET',
  path: '/patients/:patientId/understanding',
  summary:
    'The understanding card: what somebody has said of themselves, and what follows from facts, each with its source',
  gate: { permission: 'understanding.read', audit: { action: 'understanding.read', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    persona: z.array(personaLine),
    entries: z.array(entry),
    former: z.array(former),
    acts: z.array(
      z.object({
        entryId,
        kind: entryKind,
        act: z.enum(ACTS),
        by: z.string(),
        byPatient: z.boolean(),
        at: instant,
      }),
    ),
    can: z.object({ write: z.boolean() }),
  }),
})
export type Understanding = z.output<typeof readUnderstanding.output>

export const writeEntry = endpoint({
  name: 'understanding.write',
  method: 'POST',
  path: '/patients/:patientId/understanding',
  summary: 'Write down what somebody has said, in their words, with where and when',
  gate: { permission: 'understanding.write', audit: { action: 'understanding.write', patient: 'patientId' } },
  params: ofPatient,
  body: z.strictObject({ kind: entryKind, said }),
  output: z.object({ entryId }),
  problems: ['UnderstandingBarred', 'UnderstandingHeardLater', 'UnderstandingPatientGone'],
})

export const correctEntry = endpoint({
  name: 'understanding.correct',
  method: 'POST',
  path: '/patients/:patientId/understanding/:entryId/correction',
  summary: 'Other words in the place of these; the former ones stay to be seen',
  gate: {
    permission: 'understanding.write',
    audit: { action: 'understanding.correct', patient: 'patientId', subject: 'entryId' },
  },
  params: ofEntry,
  body: z.strictObject({ said, because: whyEnded.default('') }),
  output: z.object({ entryId }),
  problems: ['ChangedMeanwhile', 'UnderstandingBarred', 'UnderstandingHeardLater', 'UnderstandingPatientGone'],
})

export const endEntry = endpoint({
  name: 'understanding.end',
  method: 'POST',
  path: '/patients/:patientId/understanding/:entryId/end',
  summary: 'It is no longer so; it stays to be seen among the former',
  gate: {
    permission: 'understanding.write',
    audit: { action: 'understanding.end', patient: 'patientId', subject: 'entryId' },
  },
  params: ofEntry,
  body: z.strictObject({ because: whyEnded.default('') }),
  output: z.object({ entryId }),
  problems: ['ChangedMeanwhile', 'UnderstandingBarred', 'UnderstandingPatientGone'],
})

export const restoreEntry = endpoint({
  name: 'understanding.restore',
  method: 'POST',
  path: '/patients/:patientId/understanding/:entryId/restoration',
  summary: 'It is so after all; what the person has ended is theirs alone to restore',
  gate: {
    permission: 'understanding.write',
    audit: { action: 'understanding.restore', patient: 'patientId', subject: 'entryId' },
  },
  params: ofEntry,
  body: z.strictObject({}),
  output: z.object({ entryId }),
  problems: ['ChangedMeanwhile', 'UnderstandingPatientGone'],
})

const ownEntry = entry.omit({ isOld: true })
export type OwnEntry = z.output<typeof ownEntry>

export const readOwnUnderstanding = endpoint({
  name: 'understanding.mine',
  method: 'GET',
  path: '/my/understanding',
  summary: 'What colleagues have written down of what the person said',
  gate: { permission: 'patient', audit: { action: 'understanding.mine' } },
  output: z.object({ entries: z.array(ownEntry), ended: z.array(ownEntry) }),
})

export const endOwnEntry = endpoint({
  name: 'understanding.endMine',
  method: 'POST',
  path: '/my/understanding/:entryId/end',
  summary: 'The person says that it is not so, or no longer',
  gate: { permission: 'patient', audit: { action: 'understanding.end-mine', subject: 'entryId' } },
  params: z.object({ entryId }),
  body: z.strictObject({ because: whyEnded.default('') }),
  output: z.object({ entryId }),
  problems: ['ChangedMeanwhile'],
})

export const restoreOwnEntry = endpoint({
  name: 'understanding.restoreMine',
  method: 'POST',
  path: '/my/understanding/:entryId/restoration',
  summary: 'The person takes that back',
  gate: { permission: 'patient', audit: { action: 'understanding.restore-mine', subject: 'entryId' } },
  params: z.object({ entryId }),
  body: z.strictObject({}),
  output: z.object({ entryId }),
  problems: ['ChangedMeanwhile'],
})
