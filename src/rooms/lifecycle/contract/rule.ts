import { z } from 'zod'
import { bilingual, endpoint, instant } from '../../../platform/contract/index.ts'
import { VERSION_STATES } from '../../../platform/versions/table.ts'
import { counted, draftCount } from '../../segment/contract/segment.ts'
import { size } from '../../segment/contract/words.ts'
import { stage, stageRule } from './words.ts'

const content = { none: 'rules and numbers, nothing of a patient' } as const

const version = z.object({
  version: z.number().int(),
  state: z.enum(VERSION_STATES),
  revision: z.number().int(),
  definition: stageRule,
  sentence: bilingual.nullable(),
  changedAt: instant,
  changedBy: z.string(),
  publishedAt: instant.nullable(),
  publishedBy: z.string().nullable(),
  can: z.object({ publish: z.boolean() }),
})
export type RuleVersion = z.output<typeof version>

const ruleOfStage = z.object({
  stage,
  /** How many living people of the organization stand there. */
  size,
  current: version.nullable(),
  draft: version.nullable(),
})
export type RuleOfStage = z.output<typeof ruleOfStage>

export const listStageRules = endpoint({
  name: 'lifecycle.rules',
  method: 'GET',
  path: '/relationship-rules',
  summary: 'The rule of each stage, its draft, and how many people of the organization stand there',
  gate: { permission: 'lifecycle.rule.read', audit: content },
  output: z.object({ of: z.number().int(), rules: z.array(ruleOfStage), can: z.object({ write: z.boolean() }) }),
})

export const readStageRule = endpoint({
  name: 'lifecycle.rule',
  method: 'GET',
  path: '/relationship-rules/:stage',
  summary: 'All versions of the rule of a stage, newest first',
  gate: { permission: 'lifecycle.rule.read', audit: content },
  params: z.object({ stage }),
  output: z.object({ versions: z.array(version), can: z.object({ write: z.boolean() }) }),
})

export const draftStageRule = endpoint({
  name: 'lifecycle.draftRule',
  method: 'PUT',
  path: '/relationship-rules/:stage/draft',
  summary: 'Keep a draft of the rule of a stage; it counts once a second person has put it in force',
  gate: { permission: 'lifecycle.rule.write', audit: { action: 'lifecycle.rule-draft' } },
  params: z.object({ stage }),
  body: z.strictObject({ definition: stageRule, revision: z.number().int().min(0) }),
  output: version,
  problems: ['ChangedMeanwhile', 'StageRuleFaulty'],
})

export const publishStageRule = endpoint({
  name: 'lifecycle.publishRule',
  method: 'POST',
  path: '/relationship-rules/:stage/draft/publication',
  summary: 'Put the draft in force; people are looked at anew, and nobody is set back by it',
  gate: { permission: 'lifecycle.rule.publish', audit: { action: 'lifecycle.rule-publish' } },
  params: z.object({ stage }),
  body: z.strictObject({ revision: z.number().int().positive() }),
  output: version,
  problems: ['ChangedMeanwhile', 'OwnStageRule', 'StageRuleFaulty'],
})

export const discardStageRule = endpoint({
  name: 'lifecycle.discardRule',
  method: 'DELETE',
  path: '/relationship-rules/:stage/draft',
  summary: 'Throw the draft of a rule away',
  gate: { permission: 'lifecycle.rule.write', audit: { action: 'lifecycle.rule-discard' } },
  params: z.object({ stage }),
  output: z.object({ discarded: z.boolean() }),
})

export const countStageRule = endpoint({
  name: 'lifecycle.countRule',
  method: 'POST',
  path: '/relationship-rules/count',
  summary: 'For how many living people a condition holds; a number, never a name, and few as “fewer than”',
  gate: { permission: 'lifecycle.rule.read', audit: content },
  body: draftCount,
  output: counted,
})
