import { z } from 'zod'
import { addDays } from './day.ts'
import { bilingual, endpoint } from '../../../platform/contract/index.ts'
import { ACTION_KINDS, cadence, COMPARATORS, planKind, type PlanContent } from './words.ts'

const content = { none: 'content, nothing of a patient' } as const
const key = z.string().regex(/^[a-z0-9-]{2,40}$/)
const textOf = (least: number, most: number) =>
  bilingual.refine(
    ({ zh, en }) => [zh, en].every((text) => text.trim().length >= least && text.length <= most),
    'other',
  )

/** What a plan begins from. Dates are days after its beginning; texts stand in both languages. */
export const templateDefinition = z.strictObject({
  kind: planKind,
  title: textOf(2, 60),
  about: textOf(0, 400),
  /** Where it is from, for whoever signs. */
  source: z.string().trim().min(2).max(600),
  licence: z.string().trim().max(100).default('Apache-2.0'),
  /** The clinician who has read it for Peiban; null as long as nobody has. */
  reviewer: z.string().nullable().default(null),
  /** Said to whoever drafts a plan from it: whom it does not suit. */
  cautions: z.array(textOf(2, 200)).max(8).default([]),
  goals: z
    .array(
      z.strictObject({
        key,
        code: z.string().max(80).nullable(),
        comparator: z.enum(COMPARATORS).nullable(),
        value: z.number().nullable(),
        words: textOf(0, 200),
        byDay: z.number().int().min(1).max(400).nullable(),
      }),
    )
    .max(12),
  actions: z
    .array(
      z.strictObject({
        key,
        kind: z.enum(ACTION_KINDS),
        title: textOf(2, 60),
        words: textOf(0, 400),
        cadence: z.union([cadence, z.strictObject({ kind: z.literal('once'), day: z.number().int().min(1).max(400) })]),
        ask: z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('outcome') }),
          z.strictObject({
            kind: z.literal('number'),
            label: textOf(1, 20),
            unit: textOf(0, 12),
            atLeast: z.number().positive().nullable().default(null),
            indicator: z.string().max(80).optional(),
          }),
          z.strictObject({ kind: z.literal('pressure') }),
          z.strictObject({ kind: z.literal('words') }),
        ]),
      }),
    )
    .min(1)
    .max(20),
  steps: z
    .array(z.strictObject({ day: z.number().int().min(1).max(400), title: textOf(2, 60), words: textOf(0, 400) }))
    .max(20),
})
export type TemplateDefinition = z.output<typeof templateDefinition>

/** The plan that a template proposes for somebody who begins on a day, in their language. */
export function contentOf(template: TemplateDefinition, startOn: string, locale: 'zh-CN' | 'en'): PlanContent {
  const say = ({ zh, en }: { zh: string; en: string }) => (locale === 'en' ? en : zh)
  return {
    goals: template.goals.map(({ byDay, words, ...goal }) => ({
      ...goal,
      words: say(words),
      byOn: byDay === null ? null : addDays(startOn, byDay),
    })),
    actions: template.actions.map(({ title, words, cadence: often, ask, ...action }) => ({
      ...action,
      title: say(title),
      words: say(words),
      cadence: 'day' in often ? { kind: 'once', on: addDays(startOn, often.day) } : often,
      ask: ask.kind === 'number' ? { ...ask, label: say(ask.label), unit: say(ask.unit) } : ask,
    })),
    steps: template.steps.map(({ day, title, words }) => ({ day, title: say(title), words: say(words) })),
  }
}

export const TEMPLATE_STATES = ['draft', 'active', 'retired'] as const

const templateLine = z.object({
  code: planKind,
  version: z.number().int(),
  state: z.enum(TEMPLATE_STATES),
  title: bilingual,
  about: bilingual,
  kind: planKind,
  source: z.string(),
  reviewer: z.string().nullable(),
  changedAt: z.string(),
  changedBy: z.string(),
  publishedAt: z.string().nullable(),
  publishedBy: z.string().nullable(),
})
export const templateView = templateLine.extend({
  definition: templateDefinition,
  /** For optimistic locking of a draft. */
  revision: z.number().int(),
  can: z.object({ edit: z.boolean(), publish: z.boolean() }),
})
export type TemplateView = z.output<typeof templateView>

export const listTemplates = endpoint({
  name: 'carePlan.listTemplates',
  method: 'GET',
  path: '/care-plan-templates',
  summary: 'Templates of care plans: of each the version in force and the draft',
  gate: { permission: 'care-plan.template.read', audit: content },
  output: z.object({ rows: z.array(templateLine), can: z.object({ write: z.boolean() }) }),
})

export const readTemplate = endpoint({
  name: 'carePlan.readTemplate',
  method: 'GET',
  path: '/care-plan-templates/:code/versions/:version',
  summary: 'One version of a template',
  gate: { permission: 'care-plan.template.read', audit: content },
  params: z.object({ code: planKind, version: z.coerce.number().int().positive() }),
  output: templateView,
  problems: ['CarePlanTemplateUnknown'],
})

export const saveTemplate = endpoint({
  name: 'carePlan.saveTemplate',
  method: 'PUT',
  path: '/care-plan-templates/:code/draft',
  summary: 'Keep a draft of a template; it counts once a second person has published it',
  gate: { permission: 'care-plan.template.write', audit: { action: 'care-plan.template.draft' } },
  params: z.object({ code: planKind }),
  body: z.object({ definition: templateDefinition, revision: z.number().int().min(0) }),
  output: templateView,
  problems: ['ChangedMeanwhile', 'CarePlanIndicatorUnknown'],
})

export const publishTemplate = endpoint({
  name: 'carePlan.publishTemplate',
  method: 'POST',
  path: '/care-plan-templates/:code/draft/publication',
  summary: 'Put the draft in force; plans that run keep their version',
  gate: { permission: 'care-plan.template.publish', audit: { action: 'care-plan.template.publish' } },
  params: z.object({ code: planKind }),
  body: z.object({ revision: z.number().int().positive() }),
  output: templateView,
  problems: ['ChangedMeanwhile', 'CarePlanTemplateOwn'],
})

export const retireTemplate = endpoint({
  name: 'carePlan.retireTemplate',
  method: 'POST',
  path: '/care-plan-templates/:code/retirement',
  summary: 'Offer it no more; plans made from it stay',
  gate: { permission: 'care-plan.template.publish', audit: { action: 'care-plan.template.retire' } },
  params: z.object({ code: planKind }),
  output: z.object({ retired: z.boolean() }),
})
