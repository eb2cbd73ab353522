import { z } from 'zod'
import { calendarDate, endpoint, instant } from '../../../platform/contract/index.ts'
import { milestone } from './words.ts'

const one = z.strictObject({ on: z.boolean() })

/** What is praised here. */
export const praisePolicy = z.strictObject({
  /** So many days in a row on which something of the plan was noted. */
  'days-in-a-row': one.extend({ days: z.number().int().min(3).max(21) }),
  'goal-met': one,
  'first-visit': one,
})
export type PraisePolicy = z.output<typeof praisePolicy>

const ruleVersion = z.object({
  /** 0: as it comes with Peiban. */
  version: z.number().int(),
  policy: praisePolicy,
  because: z.string(),
  by: z.string().nullable(),
  at: instant.nullable(),
})
export type PraiseRule = z.output<typeof ruleVersion>

export const getPraiseRule = endpoint({
  name: 'praise.rule',
  method: 'GET',
  path: '/praise-rule',
  summary: 'What is praised, by which words, and how often it was in the last four weeks',
  gate: { permission: 'praise.rule.write', audit: { none: 'says nothing of anybody' } },
  output: z.object({
    current: ruleVersion,
    history: z.array(ruleVersion),
    /** In the last four weeks. */
    given: z.array(z.object({ milestone, count: z.number().int(), template: z.string() })),
  }),
})

export const changePraiseRule = endpoint({
  name: 'praise.changeRule',
  method: 'PUT',
  path: '/praise-rule',
  summary: 'Switch milestones on or off; counts from now on',
  gate: { permission: 'praise.rule.write', audit: { action: 'praise.rule-change' } },
  body: z.strictObject({
    policy: praisePolicy,
    /** The version that was read. */
    version: z.number().int().min(0),
    because: z.string().trim().min(2).max(300),
  }),
  output: ruleVersion,
  problems: ['PraiseRulesChanged'],
})

export const myPraise = endpoint({
  name: 'praise.my',
  method: 'GET',
  path: '/my/praise',
  summary: 'What I have reached lately',
  gate: { permission: 'patient', audit: { action: 'praise.open-own' } },
  output: z.object({ rows: z.array(z.object({ milestone, on: calendarDate, days: z.number().int().nullable() })) }),
})
