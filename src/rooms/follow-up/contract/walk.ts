import { z } from 'zod'
import { bilingual, calendarDate, endpoint, patientId } from '../../../platform/contract/index.ts'
import { answers } from './form.ts'
import { protocolDefinition } from './protocol.ts'
import { STEP_KINDS, stepOwner } from './step.ts'
import { protocolCode, visitAction } from './words.ts'

/** What is assumed to come of a step; a step without one is done on its due day, by the normal cycle. */
export const assumedOutcome = z.object({
  step: protocolCode,
  /** Which time of the step, from 1; absent: each time. */
  nth: z.number().int().min(1).max(500).optional(),
  result: z.enum(['done', 'missed']),
  /** Days after its window opens; absent: the day it is due. */
  afterDays: z.number().int().min(0).max(366).optional(),
  action: visitAction.optional(),
  answers: answers.optional(),
})

/**
 * Whether what is asked at a place holds from a day of the walk on. Places: `step:<code>:only-if`,
 * `step:<code>:branch:<index>`, `exit:<code>`, `goal:<code>`. One that is not named goes by the patient's facts of today; of
 * a made-up person the way into a step holds, branches and ways out do not.
 */
export const assumedTruth = z.object({
  place: z.string().max(140),
  holds: z.boolean(),
  fromDay: z.number().int().min(0).max(3660).default(0),
})

export const walkItem = z.object({
  step: protocolCode,
  name: bilingual,
  kind: z.enum(STEP_KINDS),
  track: protocolCode,
  phase: protocolCode.nullable(),
  sequence: z.number().int(),
  windowFrom: calendarDate,
  dueOn: calendarDate,
  windowUntil: calendarDate,
  state: z.enum(['done', 'missed', 'skipped', 'open']),
  /** The day it was settled; null while open. */
  on: calendarDate.nullable(),
  /** Why it was skipped; null: it lay before the beginning. */
  skipped: bilingual.nullable(),
  /** The branch that was taken, by its index in the step, and the step it led to (null: the track ends). */
  branch: z.object({ index: z.number().int(), next: protocolCode.nullable() }).nullable(),
  /** Who gets a task; null: nobody. */
  task: stepOwner.nullable(),
  /** Who gets one besides, because it was missed. */
  escalatedTo: stepOwner.nullable(),
  /** What the person gets as the window opens. */
  message: z
    .object({ template: z.string(), channels: z.array(z.string()).nullable(), at: z.string().nullable() })
    .nullable(),
  forPatient: z.object({ title: bilingual, text: bilingual }).nullable(),
})
export type WalkItemView = z.infer<typeof walkItem>

export const walkView = z.object({
  items: z.array(walkItem),
  /** Null: it goes on beyond the last day. `exit`: code of the rule of leaving; null: nothing more came. */
  ended: z.object({ on: calendarDate, exit: protocolCode.nullable(), name: bilingual.nullable() }).nullable(),
  startOn: calendarDate,
  anchorOn: calendarDate,
  untilOn: calendarDate,
  clashes: z.array(
    z.object({
      code: z.enum(['same-day', 'too-many', 'outside-hours']),
      on: calendarDate,
      steps: z.array(protocolCode),
    }),
  ),
  gaps: z.array(z.object({ from: calendarDate, to: calendarDate, days: z.number().int() })),
  /** How each question of the definition was answered, so that the page can show and turn it. */
  asked: z.array(z.object({ place: z.string(), holds: z.boolean(), from: z.enum(['assumed', 'patient', 'default']) })),
})
export type WalkView = z.infer<typeof walkView>

/** Of a draft as it stands on the screen, kept or not. */
export const walkPathway = endpoint({
  name: 'follow-up.walkPathway',
  method: 'POST',
  path: '/protocols/walk',
  summary:
    'Walk somebody through a pathway in fast time: dates, messages, tasks, branches, clashes and gaps; keeps nothing',
  gate: {
    permission: 'follow-up.protocol.read',
    audit: { action: 'follow-up.protocol.walk' },
  },
  body: z.object({
    definition: protocolDefinition,
    /** Whose facts of today answer its questions and whose anchor counts; absent: a made-up person. */
    patientId: patientId.optional(),
    startOn: calendarDate.optional(),
    anchorOn: calendarDate.optional(),
    /** How far. */
    days: z.number().int().min(1).max(3660).default(365),
    outcomes: z.array(assumedOutcome).max(200).default([]),
    truths: z.array(assumedTruth).max(200).default([]),
  }),
  output: walkView,
  problems: ['NotFound'],
})

export const pathwayFault = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'hint']),
  step: protocolCode.nullable(),
  value: z.string(),
  text: bilingual,
})
export type PathwayFaultView = z.infer<typeof pathwayFault>

export const checkDraft = endpoint({
  name: 'follow-up.checkPathway',
  method: 'POST',
  path: '/protocols/check',
  summary: 'What is wrong with a pathway, or could be better; keeps nothing',
  gate: {
    permission: 'follow-up.protocol.read',
    audit: { none: 'a reckoning on what is being drawn; names no patient' },
  },
  body: z.object({ definition: protocolDefinition }),
  output: z.object({ faults: z.array(pathwayFault) }),
})

/** What the designer may choose from besides the templates, questionnaires and cards of their own rooms. */
export const pathwayContent = endpoint({
  name: 'follow-up.pathwayContent',
  method: 'GET',
  path: '/protocols/content',
  summary: 'Forms with their items, and channels, that a step may name',
  gate: { permission: 'follow-up.protocol.read', audit: { none: 'protocols name no patient' } },
  output: z.object({
    forms: z.array(
      z.object({
        code: z.string(),
        name: bilingual,
        items: z.array(
          z.object({
            linkId: z.string(),
            text: bilingual,
            type: z.string(),
            unit: z.string(),
            options: z.array(z.object({ code: z.string(), text: bilingual })),
          }),
        ),
      }),
    ),
    channels: z.array(z.string()),
  }),
})
