import { z } from 'zod'
import { calendarDate, id, instant, patientId, pii, staffId } from '../../../platform/contract/index.ts'
import { flag } from '../../observation/contract/record.ts'
import { sex } from '../../patient/contract/person.ts'

export const CLASSES = ['A', 'B'] as const
/** `safety`: we fear for the person, whatever any result says. */
export const KINDS = ['result', 'safety'] as const
export const STATES = ['raised', 'handed-over', 'acknowledged', 'reached', 'closed'] as const
export const ACTS = ['acknowledge', 'attempt', 'hand-over', 'take-over', 'close'] as const
export const RULE_STATES = ['draft', 'confirmed', 'retired'] as const
export const ATTEMPT_OUTCOMES = ['reached', 'no-answer', 'busy', 'switched-off', 'wrong-number', 'refused'] as const
export const RELATIONS = ['self', 'spouse', 'child', 'parent', 'guardian', 'other'] as const
/** What an alert is closed with. The last four may also close one whose person was never reached. */
export const RESULTS = ['recheck', 'visit', 'declined', 'admitted', 'corrected', 'deceased', 'unreachable'] as const

export const alertId = id('alert')
export type AlertId = z.output<typeof alertId>
export const alertClass = z.enum(CLASSES)
export const alertState = z.enum(STATES)
export type AlertKind = (typeof KINDS)[number]
export type AlertClass = (typeof CLASSES)[number]
export type AlertState = (typeof STATES)[number]
export type Act = (typeof ACTS)[number]
export type RuleState = (typeof RULE_STATES)[number]
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number]
export type Relation = (typeof RELATIONS)[number]
export type Result = (typeof RESULTS)[number]

const person = z.object({ id: staffId, name: z.string() })

/** The result that raised it, with the laboratory's own interval of that point. */
export const alertValue = z.object({
  code: z.string(),
  /** In the reader's language. */
  name: z.string(),
  value: pii('health', z.number()).nullable(),
  comparator: z.string().nullable(),
  decimals: z.number().int(),
  unitPrinted: z.string(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  rangeText: z.string().nullable(),
  flag: flag.nullable(),
})

export const alertLine = z.object({
  id: alertId,
  class: alertClass,
  state: alertState,
  /** The name of the rule, or the words of whoever raised it. */
  title: pii('health', z.string()),
  /** Null where a person raised it without a value. */
  result: alertValue.nullable(),
  patient: z.object({
    id: patientId,
    name: pii('name', z.string()),
    sex,
    ageYears: z.number().int().nullable(),
    phoneMasked: z.string().nullable(),
    doctorName: z.string().nullable(),
    deceased: z.boolean(),
  }),
  effectiveAt: instant,
  raisedAt: instant,
  /** Until when the next step is to be done; null when closed. */
  dueAt: instant.nullable(),
  /** The next step is late, or was passed on since. */
  late: z.boolean(),
  level: z.number().int(),
  handler: person.nullable(),
  correctedAt: instant.nullable(),
  withdrawn: z.boolean(),
  closedAt: instant.nullable(),
  closedResult: z.enum(RESULTS).nullable(),
  version: z.number().int(),
  /** What the reader may do with it now. */
  can: z.array(z.enum(ACTS)),
})
export type AlertLine = z.output<typeof alertLine>

export const attemptView = z.object({
  id: z.string(),
  outcome: z.enum(ATTEMPT_OUTCOMES),
  relation: z.enum(RELATIONS),
  personName: pii('name', z.string()),
  phoneMasked: z.string(),
  readBack: pii('free-text', z.string()),
  note: pii('free-text', z.string()),
  byName: z.string(),
  at: instant,
})

export const eventView = z.object({
  version: z.number().int(),
  kind: z.string(),
  told: z.array(z.object({ name: z.string(), why: z.string() })),
  note: pii('free-text', z.string()),
  /** Values of the step: the former value of a corrected result, the new one of a repeated. */
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  byName: z.string(),
  at: instant,
})

export const alertView = alertLine.extend({
  note: pii('free-text', z.string()),
  rule: z
    .object({
      code: z.string(),
      version: z.number().int(),
      source: z.string(),
      ownerName: z.string().nullable(),
      confirmedAt: instant.nullable(),
    })
    .nullable(),
  acknowledgedAt: instant.nullable(),
  reachedAt: instant.nullable(),
  attempts: z.array(attemptView),
  events: z.array(eventView),
  closing: z.object({ byName: z.string(), text: pii('free-text', z.string()), on: calendarDate.nullable() }).nullable(),
  /** What it may be closed with now. */
  results: z.array(z.enum(RESULTS)),
})
export type AlertView = z.output<typeof alertView>
