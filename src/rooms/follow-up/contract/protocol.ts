import { z } from 'zod'
import { bilingual } from '../../../platform/contract/index.ts'
import { condition } from '../../tag/contract/condition.ts'
import { encounterClass } from '../../observation/contract/fact-words.ts'
import { pathwayFields } from './pathway.ts'
import { interval, step, type Step } from './step.ts'
import { protocolCode, visitClass } from './words.ts'

export { interval, margin, step, type Branch, type Interval, type Margin, type Step } from './step.ts'

/** Who gets into the protocol without being entered by hand. */
export const entry = z.union([
  /**
   * Whoever meets the condition, in the language of tags; `leaves`: ends when it is met no more. `again`: whoever has been
   * through it may come in again so long after it ended; absent: once.
   */
  z.strictObject({ condition, leaves: z.boolean().default(false), again: interval.optional() }),
  /** A procedure of this kind that was recorded at most so many days after it was performed; the newest one counts. */
  z.strictObject({
    procedure: z.enum(['surgery', 'endoscopy', 'other']),
    withinDays: z.number().int().min(1).max(366),
  }),
  /** A stay or a visit of this class that ended at most so many days ago; the newest one counts, anchored on its last day. */
  z.strictObject({ encounter: encounterClass, withinDays: z.number().int().min(1).max(366) }),
  /** Whoever a tag sends here (`then: protocol`); ends with the tag. */
  z.strictObject({ tag: z.literal(true) }),
  z.strictObject({ hand: z.literal(true) }),
])
export type Entry = z.infer<typeof entry>

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

/**
 * What becomes of a follow-up that falls into a stay in hospital. move: so many days after the discharge, or on its own day if
 * that is later · re-anchor: as far after the discharge as it lay after what was before it · go-on: it takes place all the same.
 */
export const stayRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('move'), days: z.number().int().min(1).max(60) }),
  z.strictObject({ kind: z.literal('re-anchor') }),
  z.strictObject({ kind: z.literal('go-on') }),
])
export type StayRule = z.infer<typeof stayRule>
/** Of a protocol that says nothing of it. */
export const USUAL_STAY: StayRule = { kind: 'move', days: 3 }

export const protocolDefinition = z
  .strictObject({
    code: protocolCode,
    name: bilingual,
    goal: bilingual,
    population: bilingual,
    /** mental: it is for mind and mood, which its way in may not tell; barred from audiences (R2). */
    sensitivity: z.enum(['ordinary', 'mental']).optional(),
    entry,
    /**
     * The day from which it counts; one that lies too far back gives way to the day of enrolment. Of `last-period`, `delivery`
     * and `birth` nothing is too far back: what lay before the plan began is skipped, not missed. `birth` is known by
     * itself; the other two are said by whoever enrols by hand.
     */
    anchor: z.enum([
      'enrolment',
      'condition-onset',
      'condition-recorded',
      'procedure',
      'discharge',
      'last-period',
      'delivery',
      'birth',
    ]),
    steps: z.array(step).min(1).max(40),
    /** Absent: moved to the third day after the discharge. */
    stay: stayRule.optional(),
    ...pathwayFields,
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
    for (const { message, path } of shapeFaults(protocol)) check.addIssue({ code: 'custom', message, path })
  })
export type ProtocolDefinition = z.infer<typeof protocolDefinition>

interface Shape {
  steps: readonly Step[]
  goals?: { code: string }[] | undefined
  phases?: { code: string }[] | undefined
  exits?: { code: string; when: object }[] | undefined
}

/** Every step that a step may lead to. */
export function leadsTo({ next, branches, recurrence }: Step): (string | null)[] {
  return [next, ...branches.map((one) => one.next), recurrence?.then ?? null]
}

/** What no definition may have, not even a draft: the engine would not know where to go. */
function shapeFaults({
  steps,
  goals = [],
  phases = [],
  exits = [],
}: Shape): { message: string; path: PropertyKey[] }[] {
  const faults: { message: string; path: PropertyKey[] }[] = []
  const byCode = new Map(steps.map((one) => [one.code, one]))
  for (const [name, list] of Object.entries({ steps, goals, phases, exits }))
    if (new Set(list.map(({ code }) => code)).size !== list.length)
      faults.push({ message: `${name}: codes repeat`, path: [name] })
  steps.forEach((one, index) => {
    const path = ['steps', index]
    for (const code of leadsTo(one)) {
      const target = code === null ? undefined : byCode.get(code)
      if (code !== null && !target) faults.push({ message: `no step ${code}`, path })
      if (target && (target.after === null || target.track !== one.track))
        faults.push({ message: 'what follows stands in the same track and says after how long', path })
    }
    if (one.phase && !phases.some(({ code }) => code === one.phase))
      faults.push({ message: `no phase ${one.phase}`, path })
    if (one.recurrence && one.next !== one.code) faults.push({ message: 'only what repeats has an end of it', path })
    if (one.kind === 'questionnaire' && !one.questionnaire) faults.push({ message: 'which questionnaire', path })
    if (one.kind === 'education' && !one.cards) faults.push({ message: 'which cards', path })
  })
  exits.forEach(({ when }, index) => {
    const named = 'goals' in when ? (when.goals as string[]) : []
    for (const code of named)
      if (!goals.some((one) => one.code === code)) faults.push({ message: `no goal ${code}`, path: ['exits', index] })
  })
  if (!steps.some((one) => one.first)) faults.push({ message: 'nothing begins', path: ['steps'] })
  return faults
}
