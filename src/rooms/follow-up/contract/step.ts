import { z } from 'zod'
import { comparison } from '../../../platform/condition/grammar.ts'
import { bilingual } from '../../../platform/contract/index.ts'
import { condition } from '../../tag/contract/condition.ts'
import { protocolCode, visitAction } from './words.ts'

/**
 * One step of a pathway. Everything below "As a pathway" is optional, and absent means what it meant before there was
 * such a field, so that what was published stays valid and equal to the letter.
 */

/** A distance between calendar dates: `{ "months": 3 }`. */
export const interval = z
  .strictObject({
    days: z.number().int().min(0).max(3660).optional(),
    months: z.number().int().min(1).max(120).optional(),
  })
  .refine((i) => (i.days === undefined) !== (i.months === undefined), { message: 'days or months' })
export type Interval = z.infer<typeof interval>

/** How far before or after the due date: whole days, or a share of the step's interval. */
export const margin = z.union([
  z.strictObject({ days: z.number().int().min(0).max(366) }),
  z.strictObject({ percent: z.number().min(0).max(100) }),
])
export type Margin = z.infer<typeof margin>

/**
 * visit: somebody sees or calls the person and fills the form · call: the same by telephone · home-visit: the same at
 * home · task: done with its task · message: done once it is sent · questionnaire: done once the person has answered it ·
 * education: done once the cards are put forward and the message is sent.
 */
export const STEP_KINDS = ['visit', 'call', 'home-visit', 'task', 'message', 'questionnaire', 'education'] as const
export type StepKind = (typeof STEP_KINDS)[number]

/** Who does it: the person's own manager, doctor or counsellor, and the pool of that role where there is none; else a pool. */
export const STEP_OWNERS = ['manager', 'doctor', 'counsellor', 'front-desk', 'desk-agent', 'quality-lead'] as const
export const stepOwner = z.enum(STEP_OWNERS)
export type StepOwner = z.infer<typeof stepOwner>

/** What the person reads of a step, a phase or the whole: a short title, and plain sentences (held to plain language). */
export const patientWords = z.strictObject({ title: bilingual, text: bilingual })
export type PatientWords = z.infer<typeof patientWords>

/** What a colleague says and asks; approved by whoever publishes the version, never its author. */
export const script = z.strictObject({
  /** How it begins: who is calling, from where, whether it is a good moment. */
  opening: bilingual.optional(),
  say: z.array(bilingual).max(12).optional(),
  ask: z.array(bilingual).max(20).optional(),
  /** What is not said: promises, haste, another's illness. */
  avoid: z.array(bilingual).max(8).optional(),
  closing: bilingual.optional(),
})
export type Script = z.infer<typeof script>

/** What comes next instead of `next`; the first of the list that fits decides. `next: null` ends the track. */
const to = { next: protocolCode.nullable() }
export const branch = z.union([
  /** What the visit decided. */
  z.strictObject({ action: visitAction, ...to }),
  /** An answer of the step's own form, by its linkId: a number against a limit. */
  z.strictObject({ item: z.string().max(60), op: comparison, value: z.number(), ...to }),
  /** An answer of the step's own form: one of these options. */
  z.strictObject({ item: z.string().max(60), in: z.array(z.string().max(60)).min(1).max(20), ...to }),
  /** Asked of the person at the moment the step is settled, in the language of conditions; scores by `score`. */
  z.strictObject({ when: condition, ...to }),
  /** Its window passed and nobody did it. */
  z.strictObject({ missed: z.literal(true), ...to }),
])
export type Branch = z.infer<typeof branch>

/** A step that repeats (`next` names itself) ends here: after so many times, or once its next day lies past `until`. */
export const recurrence = z
  .strictObject({
    /** Of this step in the track, whatever came of each. */
    times: z.number().int().min(1).max(500).optional(),
    /** From the anchor. */
    until: interval.optional(),
    /** The step that then comes; absent or null: the track ends. */
    then: protocolCode.nullable().optional(),
  })
  .refine(({ times, until }) => times !== undefined || until !== undefined, { message: 'times or until' })
export type Recurrence = z.infer<typeof recurrence>

/** How soon it has to be done, in hours from the beginning of the day its window opens (1–8,760). */
export const targetTime = z.strictObject({
  hours: z.number().int().min(1).max(8760),
  /** Whose task it becomes besides when it is not done by then. */
  escalation: stepOwner.optional(),
})

/** Somebody of the house does it. */
export const isStaffStep = ({ kind }: { kind: StepKind }): boolean =>
  kind === 'visit' || kind === 'call' || kind === 'home-visit' || kind === 'task'

export const step = z.strictObject({
  code: protocolCode,
  name: bilingual,
  /** Steps of one track follow each other: at any time one of them is open. */
  track: protocolCode,
  kind: z.enum(STEP_KINDS),
  /** From the anchor for the first of its track; null: only what a visit's action leads to. */
  first: interval.nullable().default(null),
  /** From the actual visit, or from the due date of one that was missed. */
  after: interval.nullable().default(null),
  /** The step that comes next when nothing else is decided; its own code repeats it; null ends the track. */
  next: protocolCode.nullable().default(null),
  /** What leads elsewhere. */
  branches: z.array(branch).max(12).default([]),
  window: z.strictObject({ before: margin, after: margin }),
  /** call: phone; home-visit: face-to-face; message, questionnaire and education: message. */
  way: z.enum(['face-to-face', 'phone', 'any', 'message']),
  owner: stepOwner,
  /** Whose task it becomes when its window has passed and nobody did it; null: it only counts as missed. */
  escalation: stepOwner.nullable().default(null),
  /** The form that completes it; null: a note is enough. */
  form: protocolCode.nullable().default(null),
  /** What the patient gets when the window opens. */
  message: protocolCode.nullable().default(null),
  /** How soon it wants to be seen in a list: 0 before 1 before 2. */
  rank: z.number().int().min(0).max(2).default(2),

  // As a pathway.
  /** Code of one of the definition's phases. */
  phase: protocolCode.optional(),
  /** What this step is for, to the colleague who does it. */
  goal: bilingual.optional(),
  /** What lies there once it is done. */
  deliverable: bilingual.optional(),
  script: script.optional(),
  targetTime: targetTime.optional(),
  recurrence: recurrence.optional(),
  /** Asked when the window opens: whoever does not meet it skips the step, with the reason, and goes on by `next`. */
  onlyIf: z.strictObject({ condition, otherwise: bilingual }).optional(),
  /** What the person reads on their own page. Absent: the step is not shown to them. */
  forPatient: patientWords.optional(),
  /** Ladder for `message`: channels in the order in which they are tried. Absent: those of the template. */
  channels: z
    .array(z.string().regex(/^[a-z][a-z-]{1,30}$/))
    .min(1)
    .max(8)
    .optional(),
  /** At which time of the day the message goes out, in the organization's zone: `09:30`. Absent: as soon as it may. */
  timeOfDay: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  /** For `questionnaire`: the code of one in force. */
  questionnaire: z.string().min(1).max(120).optional(),
  /** For `education`: codes of advice cards. */
  cards: z.array(z.string().min(1).max(80)).min(1).max(5).optional(),
})
export type Step = z.infer<typeof step>
