import { z } from 'zod'
import { whyNode } from '../../../platform/condition/contract.ts'
import { toldFact } from '../../../platform/condition/contract.ts'
import {
  bilingual,
  calendarDate,
  endpoint,
  instant,
  pageOf,
  pageQuery,
  patientId,
  pii,
} from '../../../platform/contract/index.ts'
import { MOVE_KINDS, moveId, REST_DAYS, REST_DAYS_MAX, stage } from './words.ts'

const ofPatient = z.object({ patientId })
const because = pii('free-text', z.string().trim().min(2).max(300))

const move = z.object({
  id: moveId,
  kind: z.enum(MOVE_KINDS),
  from: stage.nullable(),
  to: stage,
  at: instant,
  by: z.string(),
  because: pii('free-text', z.string()),
  /** Of a rule: its version, and the facts that it held for; none for who may not read the record. */
  ruleVersion: z.number().int().nullable(),
  facts: z.array(toldFact),
  restsUntil: calendarDate.nullable(),
  /** It was taken back later. */
  undone: z.boolean(),
})
export type Move = z.output<typeof move>

export const readRelationship = endpoint({
  name: 'lifecycle.read',
  method: 'GET',
  path: '/patients/:patientId/relationship',
  summary: 'How far somebody and the house have come, what brings the next stage, their pathways, and the way so far',
  gate: { permission: 'lifecycle.read', audit: { action: 'lifecycle.read', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    /** Null: nobody and nothing has looked yet. */
    stage: stage.nullable(),
    sinceAt: instant.nullable(),
    /** Names the state that was read; 0 while there is none. */
    revision: z.number().int(),
    /** Rules leave the person alone until this day. */
    restsUntil: calendarDate.nullable(),
    stages: z.array(z.object({ stage, meaning: bilingual, sentence: bilingual.nullable() })),
    /** The other axis: where each running pathway stands; null for who may not see follow-ups. */
    pathways: z
      .array(
        z.object({
          id: z.string(),
          name: bilingual,
          phase: bilingual.nullable(),
          step: bilingual.nullable(),
          dueOn: calendarDate.nullable(),
          startedAt: instant,
        }),
      )
      .nullable(),
    /** Newest first. */
    moves: z.array(move),
    can: z.object({ write: z.boolean(), undo: z.boolean(), resume: z.boolean() }),
  }),
})
export type Relationship = z.output<typeof readRelationship.output>

const seen = z.number().int().min(0)

export const moveRelationship = endpoint({
  name: 'lifecycle.move',
  method: 'POST',
  path: '/patients/:patientId/relationship/moves',
  summary: 'Set somebody forward or back, with a reason; set back, rules leave them alone for a while',
  gate: { permission: 'lifecycle.write', audit: { action: 'lifecycle.move', patient: 'patientId' } },
  params: ofPatient,
  body: z.strictObject({
    to: stage,
    revision: seen,
    because,
    /** Of a move back alone. */
    restDays: z.number().int().min(1).max(REST_DAYS_MAX).default(REST_DAYS),
  }),
  output: z.object({ moveId }),
  problems: ['ChangedMeanwhile', 'RelationshipSame', 'RelationshipPatientGone'],
})

export const undoMove = endpoint({
  name: 'lifecycle.undo',
  method: 'POST',
  path: '/patients/:patientId/relationship/undo',
  summary: 'Take back the last move, if a person made it',
  gate: { permission: 'lifecycle.write', audit: { action: 'lifecycle.undo', patient: 'patientId' } },
  params: ofPatient,
  body: z.strictObject({ revision: seen }),
  output: z.object({ moveId }),
  problems: ['ChangedMeanwhile', 'RelationshipNothingToUndo', 'RelationshipPatientGone'],
})

export const resumeRules = endpoint({
  name: 'lifecycle.resume',
  method: 'POST',
  path: '/patients/:patientId/relationship/resumption',
  summary: 'Let the rules decide about somebody again, before the day that was set',
  gate: { permission: 'lifecycle.write', audit: { action: 'lifecycle.resume', patient: 'patientId' } },
  params: ofPatient,
  body: z.strictObject({ revision: seen }),
  output: z.object({ moveId }),
  problems: ['ChangedMeanwhile', 'RelationshipNotResting', 'RelationshipPatientGone'],
})

export const explainStage = endpoint({
  name: 'lifecycle.explain',
  method: 'GET',
  path: '/patients/:patientId/relationship/stages/:stage/explanation',
  summary: 'Why the rule of a stage holds for somebody or not',
  gate: { permission: 'lifecycle.read', audit: { action: 'lifecycle.explain', patient: 'patientId' } },
  params: ofPatient.extend({ stage }),
  output: z.object({ tree: whyNode.nullable() }),
})

export const countStages = endpoint({
  name: 'lifecycle.counts',
  method: 'GET',
  path: '/relationships/counts',
  summary: 'How many of the reader’s own people stand in each stage, with what each stage means',
  gate: { permission: 'lifecycle.read', audit: { none: 'numbers of the reader’s own people, nothing of one person' } },
  output: z.object({
    of: z.number().int(),
    stages: z.array(
      z.object({
        stage,
        meaning: bilingual,
        count: z.number().int(),
        /** In percent with its 95 % interval; null where there are too few people for one. */
        share: z.object({ percent: z.number(), low: z.number(), high: z.number() }).nullable(),
      }),
    ),
  }),
})

export const listRelationships = endpoint({
  name: 'lifecycle.list',
  method: 'GET',
  path: '/relationships',
  summary: 'The reader’s own people in a stage, longest first',
  gate: { permission: 'lifecycle.read', audit: { action: 'lifecycle.list' } },
  query: pageQuery.extend({ stage }),
  output: pageOf(
    z.object({
      patient: z.object({
        id: patientId,
        name: pii('name', z.string()),
        doctorName: z.string().nullable(),
        managerName: z.string().nullable(),
      }),
      sinceAt: instant,
      days: z.number().int(),
      /** How the person came into it, and why where a person said so. */
      kind: z.enum(MOVE_KINDS),
      by: z.string(),
      because: pii('free-text', z.string()),
      restsUntil: calendarDate.nullable(),
    }),
  ),
})
