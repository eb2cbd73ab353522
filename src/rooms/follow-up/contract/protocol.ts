import { z } from 'zod'
import { bilingual } from '../../../platform/contract/index.ts'
import { condition } from '../../tag/contract/condition.ts'
import { protocolCode, visitAction, visitClass } from './words.ts'

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

/** Who gets into the protocol without being entered by hand. */
export const entry = z.union([
  /** Whoever meets the condition, in the language of tags; `leaves`: ends when it is met no more. */
  z.strictObject({ condition, leaves: z.boolean().default(false) }),
  /** A procedure of this kind that was recorded at most so many days after it was performed; the newest one counts. */
  z.strictObject({
    procedure: z.enum(['surgery', 'endoscopy', 'other']),
    withinDays: z.number().int().min(1).max(366),
  }),
  /** Whoever a tag sends here (`then: protocol`); ends with the tag. */
  z.strictObject({ tag: z.literal(true) }),
  z.strictObject({ hand: z.literal(true) }),
])
export type Entry = z.infer<typeof entry>

export const step = z.strictObject({
  code: protocolCode,
  name: bilingual,
  /** Steps of one track follow each other: at any time one of them is open. */
  track: protocolCode,
  kind: z.enum(['visit', 'task', 'message']),
  /** From the anchor for the first of its track; null: only what a visit's action leads to. */
  first: interval.nullable().default(null),
  /** From the actual visit, or from the due date of one that was missed. */
  after: interval.nullable().default(null),
  /** The step that comes next when nothing else is decided; its own code repeats it; null ends the track. */
  next: protocolCode.nullable().default(null),
  /** What an action of the visit leads to instead. */
  branches: z.array(z.strictObject({ action: visitAction, next: protocolCode })).default([]),
  window: z.strictObject({ before: margin, after: margin }),
  way: z.enum(['face-to-face', 'phone', 'any', 'message']),
  owner: z.enum(['manager', 'doctor']),
  /** Whose task it becomes when its window has passed and nobody did it; null: it only counts as missed. */
  escalation: z.enum(['manager', 'doctor']).nullable().default(null),
  /** The form that completes it; null: a note is enough. */
  form: protocolCode.nullable().default(null),
  /** What the patient gets when the window opens. */
  message: protocolCode.nullable().default(null),
  /** How soon it wants to be seen in a list: 0 before 1 before 2. */
  rank: z.number().int().min(0).max(2).default(2),
})
export type Step = z.infer<typeof step>

/** A value of a form is in order while it is on this side of the limit, for people of this age on. */
export const target = z.strictObject({
  item: z.string(),
  op: z.enum(['<', '<=', '>', '>=']),
  value: z.number(),
  fromAge: z.number().int().min(0).max(130).default(0),
  source: z.string(),
})
export type Target = z.infer<typeof target>

/** How a visit is classed; see `server/rules/classify.ts`. */
export const classing = z.union([
  z.strictObject({
    kind: z.literal('control'),
    targets: z.array(target).min(1),
    emergency: z.array(z.strictObject({ item: z.string(), op: z.enum(['<', '<=', '>', '>=']), value: z.number() })),
    /** The item whose ticks are emergency signs. */
    signs: z.string(),
    source: z.string(),
  }),
  /** A survey: an answer that its option marks as abnormal makes the visit abnormal. */
  z.strictObject({ kind: z.literal('survey'), signs: z.string().nullable().default(null), source: z.string() }),
])
export type Classing = z.infer<typeof classing>

export const protocolDefinition = z
  .strictObject({
    code: protocolCode,
    name: bilingual,
    goal: bilingual,
    population: bilingual,
    entry,
    anchor: z.enum(['enrolment', 'condition-onset', 'condition-recorded', 'procedure', 'discharge']),
    /** Where the anchor lies too far back to count from, the day of enrolment counts. */
    steps: z.array(step).min(1).max(20),
    classing: classing.nullable().default(null),
    classes: z.array(visitClass).default([]),
    /** So many visits of a kind a year: ≥4 face to face. */
    quotas: z
      .array(
        z.strictObject({
          way: z.enum(['face-to-face', 'phone', 'any']),
          perYear: z.number().int().min(1).max(60),
          track: protocolCode,
        }),
      )
      .default([]),
    /** A plan that has an end stays open this long after its last window, for what is entered late. */
    closesAfterDays: z.number().int().min(0).max(366).default(30),
    attempts: z
      .strictObject({ most: z.number().int().min(1).max(10), channels: z.number().int().min(1).max(5) })
      .default({ most: 3, channels: 2 }),
    source: z.string().min(2),
    licence: z.string().min(2),
    reviewer: z.string().nullable().default(null),
  })
  .superRefine((protocol, check) => {
    const codes = new Set(protocol.steps.map((s) => s.code))
    if (codes.size !== protocol.steps.length)
      check.addIssue({ code: 'custom', message: 'step codes repeat', path: ['steps'] })
    protocol.steps.forEach((s, index) => {
      for (const code of [s.next, ...s.branches.map((b) => b.next)])
        if (code !== null && !codes.has(code))
          check.addIssue({ code: 'custom', message: `no step ${code}`, path: ['steps', index] })
      const targets = [s.next, ...s.branches.map((b) => b.next)].map((code) =>
        protocol.steps.find((other) => other.code === code),
      )
      if (targets.some((to) => to && (to.after === null || to.track !== s.track)))
        check.addIssue({
          code: 'custom',
          message: 'what follows stands in the same track and says after how long',
          path: ['steps', index],
        })
    })
    if (!protocol.steps.some((s) => s.first))
      check.addIssue({ code: 'custom', message: 'nothing begins', path: ['steps'] })
  })
export type ProtocolDefinition = z.infer<typeof protocolDefinition>
