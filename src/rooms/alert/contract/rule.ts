import { z } from 'zod'
import { bilingual, endpoint, instant, staffId } from '../../../platform/contract/index.ts'
import { alertClass, RULE_STATES } from './words.ts'

const noPatient = { none: 'it shows nothing of a patient' } as const

export const ruleCode = z.string().regex(/^[a-z0-9][a-z0-9-]{1,58}$/)

/** One limit in the indicator's own unit. `value` null: still to be set by the site. */
export const ruleTest = z.strictObject({
  code: z.string().min(1).max(80),
  op: z.enum(['<=', '>=']),
  value: z.number().nullable(),
})
export type RuleTest = z.infer<typeof ruleTest>

/**
 * `every`: each result beyond a limit. `first`: only when no earlier result of the record lies beyond it. `worse`: also
 * when the last one did, if this one is worse.
 */
export const OCCURRENCES = ['every', 'first', 'worse'] as const

/** One version of a rule; any of its tests is enough. */
export const ruleDefinition = z.strictObject({
  class: alertClass,
  name: bilingual,
  tests: z.array(ruleTest).min(1).max(4),
  occurs: z.enum(OCCURRENCES).default('every'),
  sex: z.enum(['male', 'female']).nullable().default(null),
  ageFromYears: z.number().int().min(0).max(130).nullable().default(null),
  ageToYears: z.number().int().min(0).max(130).nullable().default(null),
  /** Where the limit, or the range to choose from, is seen. */
  source: z.string().max(300),
  /** Limits seen elsewhere, as text: what the owner chooses from. */
  seen: z.string().max(300).default(''),
})
export type RuleDefinition = z.infer<typeof ruleDefinition>

export const ruleView = z.object({
  code: ruleCode,
  version: z.number().int(),
  state: z.enum(RULE_STATES),
  definition: ruleDefinition,
  /** Name and unit of each tested indicator, in the reader's language. */
  indicators: z.array(z.object({ code: z.string(), name: z.string(), unitPrinted: z.string() })),
  owner: z.object({ id: staffId, name: z.string() }).nullable(),
  confirmedAt: instant.nullable(),
  retiredAt: instant.nullable(),
  can: z.array(z.enum(['change', 'confirm', 'retire'])),
})
export type RuleView = z.output<typeof ruleView>

export const listAlertRules = endpoint({
  name: 'alert.listRules',
  method: 'GET',
  path: '/alert-rules',
  summary: 'Rules in force and drafts',
  gate: { permission: 'alert.rule.read', audit: noPatient },
  output: z.object({ rules: z.array(ruleView), can: z.object({ write: z.boolean() }) }),
})

export const draftAlertRule = endpoint({
  name: 'alert.draftRule',
  method: 'PUT',
  path: '/alert-rules/:code/draft',
  summary: 'Write the next version of a rule; it counts once its owner has confirmed it',
  gate: { permission: 'alert.rule.write', audit: { action: 'alert.rule.draft' } },
  params: z.object({ code: ruleCode }),
  body: z.object({ definition: ruleDefinition, ownerId: staffId.nullable() }),
  output: ruleView,
  problems: ['AlertIndicatorUnknown', 'AlertOwnerUnfit'],
})

export const confirmAlertRule = endpoint({
  name: 'alert.confirmRule',
  method: 'POST',
  path: '/alert-rules/:code/confirm',
  summary: 'The named owner puts the draft in force',
  gate: { permission: 'alert.rule.confirm', audit: { action: 'alert.rule.confirm' } },
  params: z.object({ code: ruleCode }),
  body: z.object({ version: z.number().int() }),
  output: ruleView,
  problems: ['AlertNoDraft', 'AlertNotOwner', 'AlertRuleIncomplete', 'ChangedMeanwhile'],
})

export const retireAlertRule = endpoint({
  name: 'alert.retireRule',
  method: 'POST',
  path: '/alert-rules/:code/retire',
  summary: 'Take a rule out of force; alerts that it has raised stay open',
  gate: { permission: 'alert.rule.confirm', audit: { action: 'alert.rule.retire' } },
  params: z.object({ code: ruleCode }),
  body: z.object({ version: z.number().int() }),
  output: ruleView,
  problems: ['AlertNotOwner', 'ChangedMeanwhile'],
})

const minutes = z.number().int().min(1).max(129_600)
const ofClass = z.strictObject({ acknowledge: minutes, reach: minutes, close: minutes })
/** Minutes for each step by class. */
export const limits = z.strictObject({ A: ofClass, B: ofClass })
export type Limits = z.infer<typeof limits>

export const getAlertLimits = endpoint({
  name: 'alert.getLimits',
  method: 'GET',
  path: '/alert-limits',
  summary: 'Within how many minutes each step is to be done, and who has confirmed it',
  gate: { permission: 'alert.rule.read', audit: noPatient },
  output: z.object({
    limits,
    /** Null: nobody yet; what Peiban proposes is in use. */
    confirmed: z.object({ byName: z.string(), at: instant }).nullable(),
    version: z.number().int(),
    can: z.object({ confirm: z.boolean() }),
  }),
})

export const confirmAlertLimits = endpoint({
  name: 'alert.confirmLimits',
  method: 'PUT',
  path: '/alert-limits',
  summary: 'Confirm the times in one’s own name',
  gate: { permission: 'alert.rule.confirm', audit: { action: 'alert.limits.confirm' } },
  body: z.object({ limits, version: z.number().int() }),
  output: z.object({ version: z.number().int() }),
  problems: ['ChangedMeanwhile'],
})
