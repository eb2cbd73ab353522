import { z } from 'zod'
import { toldFact, whyNode } from '../../../platform/condition/contract.ts'
import { bilingual, endpoint, instant, patientId } from '../../../platform/contract/index.ts'
import { condition } from './condition.ts'
import { tagCode, tagDefinition } from './rule.ts'

const ofPatient = z.object({ patientId })
const oneTag = z.object({ patientId, tagCode })
const ofRule = z.object({ code: tagCode })

/** One fact that fired a rule, as the reader may see it. */
export const tagFact = z.looseObject({ kind: z.string() })

export const patientTag = z.object({
  code: tagCode,
  name: bilingual,
  group: bilingual,
  tone: z.enum(['neutral', 'info', 'caution', 'danger']),
  explanation: bilingual,
  source: z.enum(['rule', 'manual', 'room']),
  state: z.enum(['active', 'suppressed']),
  ruleVersion: z.number().int().nullable(),
  /** Where the threshold is from. */
  ruleSource: z.string().nullable(),
  condition: condition.nullable(),
  facts: z.array(tagFact),
  note: z.string(),
  setAt: instant,
  setBy: z.string().nullable(),
  expiresAt: instant.nullable(),
  suppressedAt: instant.nullable(),
  suppressedBy: z.string().nullable(),
  suppressedBecause: z.string().nullable(),
  /** Since when the person wishes nothing to be recommended by it; care goes by it all the same. */
  refusedAt: instant.nullable(),
})
export type PatientTag = z.infer<typeof patientTag>

export const listPatientTags = endpoint({
  name: 'tag.listOfPatient',
  method: 'GET',
  path: '/patients/:patientId/tags',
  summary: 'The tags of a patient with their reasons; readers of service tags get those alone and no facts',
  gate: { permission: 'tag.read-service', audit: { action: 'tag.read', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({ tags: z.array(patientTag), can: z.object({ write: z.boolean() }) }),
})

export const tellTagFacts = endpoint({
  name: 'tag.facts',
  method: 'GET',
  path: '/patients/:patientId/tags/:tagCode/facts',
  summary: 'The facts that set a tag, in words, each with its value, its day and where it is from',
  gate: { permission: 'tag.read', audit: { action: 'tag.read', patient: 'patientId' } },
  params: oneTag,
  output: z.object({ facts: z.array(toldFact) }),
})

export const tagHistory = endpoint({
  name: 'tag.history',
  method: 'GET',
  path: '/patients/:patientId/tags/history',
  summary: 'What was set, cleared and suppressed, newest first',
  gate: { permission: 'tag.read', audit: { action: 'tag.read', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    events: z.array(
      z.object({
        id: z.string(),
        code: tagCode,
        name: bilingual,
        source: z.string(),
        change: z.string(),
        facts: z.array(tagFact),
        because: z.string().nullable(),
        by: z.string().nullable(),
        at: instant,
      }),
    ),
  }),
})

const reason = z.string().trim().min(2).max(200)

export const setManualTag = endpoint({
  name: 'tag.setManual',
  method: 'POST',
  path: '/patients/:patientId/tags',
  summary: 'Set a tag by hand; no rule touches it',
  gate: { permission: 'tag.write', audit: { action: 'tag.set', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({
    code: tagCode,
    note: z.string().trim().max(200).default(''),
    days: z.number().int().min(1).max(3660).nullable().default(null),
  }),
  output: z.object({ set: z.boolean() }),
  problems: ['TagUnknown'],
})

export const removeManualTag = endpoint({
  name: 'tag.removeManual',
  method: 'DELETE',
  path: '/patients/:patientId/tags/:tagCode',
  summary: 'Take away a tag that was set by hand',
  gate: { permission: 'tag.write', audit: { action: 'tag.remove', patient: 'patientId' } },
  params: oneTag,
  output: z.object({ removed: z.boolean() }),
  problems: ['TagNotByHand'],
})

export const suppressTag = endpoint({
  name: 'tag.suppress',
  method: 'POST',
  path: '/patients/:patientId/tags/:tagCode/suppression',
  summary: "Set a rule's tag aside with a reason; it stays on record and comes back when undone",
  gate: { permission: 'tag.write', audit: { action: 'tag.suppress', patient: 'patientId' } },
  params: oneTag,
  body: z.object({ because: reason }),
  output: z.object({ suppressed: z.boolean() }),
  problems: ['TagNotStanding'],
})

export const unsuppressTag = endpoint({
  name: 'tag.unsuppress',
  method: 'DELETE',
  path: '/patients/:patientId/tags/:tagCode/suppression',
  summary: 'Let a suppressed tag show again',
  gate: { permission: 'tag.write', audit: { action: 'tag.unsuppress', patient: 'patientId' } },
  params: oneTag,
  output: z.object({ shown: z.boolean() }),
  problems: ['TagNotStanding'],
})

export const fault = z.object({ code: z.string(), value: z.string() })

export const ruleView = z.object({
  code: tagCode,
  version: z.number().int(),
  state: z.enum(['draft', 'published', 'retired']),
  origin: z.enum(['shipped', 'organization']),
  definition: tagDefinition,
  /** Its condition in words, without a full stop; null for one by hand. */
  sentence: bilingual.nullable(),
  author: z.string().nullable(),
  createdAt: instant,
  publishedBy: z.string().nullable(),
  publishedAt: instant.nullable(),
})
export type RuleView = z.infer<typeof ruleView>

const noPatient = { none: 'a rule holds nothing of a patient' }

export const listRules = endpoint({
  name: 'tag.listRules',
  method: 'GET',
  path: '/tag-rules',
  summary: 'All tags with their published rule and draft',
  gate: { permission: 'tag.rule.read', audit: noPatient },
  output: z.object({ rules: z.array(ruleView), can: z.object({ write: z.boolean(), publish: z.boolean() }) }),
})

export const ruleVersions = endpoint({
  name: 'tag.ruleVersions',
  method: 'GET',
  path: '/tag-rules/:code/versions',
  summary: 'All versions of one tag, newest first',
  gate: { permission: 'tag.rule.read', audit: noPatient },
  params: ofRule,
  output: z.object({ versions: z.array(ruleView) }),
})

export const saveDraft = endpoint({
  name: 'tag.saveDraft',
  method: 'PUT',
  path: '/tag-rules/:code/draft',
  summary: 'Save the draft of a tag; it is checked as a whole',
  gate: { permission: 'tag.rule.write', audit: { action: 'tag.rule.draft' } },
  params: ofRule,
  body: z.object({ definition: tagDefinition }),
  output: ruleView,
  problems: ['RuleFaulty', 'CodeMismatch'],
})

export const discardDraft = endpoint({
  name: 'tag.discardDraft',
  method: 'DELETE',
  path: '/tag-rules/:code/draft',
  summary: 'Throw a draft away',
  gate: { permission: 'tag.rule.write', audit: { action: 'tag.rule.discard' } },
  params: ofRule,
  output: z.object({ discarded: z.boolean() }),
})

export const publishDraft = endpoint({
  name: 'tag.publish',
  method: 'POST',
  path: '/tag-rules/:code/publication',
  summary: 'Publish a draft that somebody else wrote; everybody is looked at anew',
  gate: { permission: 'tag.rule.publish', audit: { action: 'tag.rule.publish' } },
  params: ofRule,
  body: z.object({ version: z.number().int() }),
  output: z.object({ published: z.number().int() }),
  problems: ['NoDraft', 'OwnDraft', 'RuleFaulty'],
})

export const retireRule = endpoint({
  name: 'tag.retire',
  method: 'DELETE',
  path: '/tag-rules/:code/publication',
  summary: 'Stop a rule; its tags are taken away, those set by hand stay',
  gate: { permission: 'tag.rule.publish', audit: { action: 'tag.rule.retire' } },
  params: ofRule,
  output: z.object({ retired: z.boolean() }),
})

export const previewCondition = endpoint({
  name: 'tag.preview',
  method: 'POST',
  path: '/tag-rules/preview',
  summary: 'How many patients a condition holds for, and what is wrong with it; a number, never a name',
  gate: { permission: 'tag.rule.read', audit: noPatient },
  body: z.object({ condition, code: tagCode.optional() }),
  output: z.object({
    count: z.number().int().nullable(),
    of: z.number().int(),
    milliseconds: z.number(),
    sentence: bilingual.nullable(),
    faults: z.array(fault),
  }),
})

export const explainCondition = endpoint({
  name: 'tag.explain',
  method: 'GET',
  path: '/patients/:patientId/tag-rules/:code/explanation',
  summary: 'Why a person has a tag or has it not: each part of the rule with its answer and its facts',
  gate: { permission: 'tag.read', audit: { action: 'tag.explain', patient: 'patientId' } },
  params: z.object({ patientId, code: tagCode }),
  output: z.object({ holds: z.boolean(), tree: whyNode }),
})
