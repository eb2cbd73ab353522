import { z } from 'zod'
import { bilingual, endpoint, instant } from '../../../platform/contract/index.ts'
import { organ, system } from './words.ts'

const months = z.array(z.number().int().min(1).max(120)).min(1).max(8)

/**
 * What follows from one row of a guideline. `months` count from the scan on which the category was first found;
 * `earliest` opens the window of each. After the last: the last gap again, or a physician decides.
 */
export const rowPlan = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('recheck'),
    months,
    earliest: months.optional(),
    then: z.enum(['repeat', 'doctor']).default('repeat'),
  }),
  z.object({ act: z.literal('refer') }),
  z.object({ act: z.literal('none') }),
  z.object({ act: z.literal('doctor') }),
])
export type RowPlan = z.output<typeof rowPlan>

export const settingDefinition = z.object({
  system,
  rows: z.record(z.string().max(60), rowPlan),
  /** So many days before the day a recheck may be arranged; where the guideline names a window, that one counts. */
  windowDays: z.number().int().min(0).max(180),
  /** Within how many days of the scan a referral is to have happened. */
  referDays: z.number().int().min(1).max(90),
})
export type SettingDefinition = z.output<typeof settingDefinition>

export const guidelineView = z.object({
  system,
  organ,
  title: bilingual,
  source: z.string(),
  /** Not confirmed in print: the clinic reads it before it counts. */
  unconfirmed: bilingual.nullable(),
  rows: z.array(z.object({ key: z.string(), label: bilingual, plan: rowPlan })),
})
export type GuidelineView = z.output<typeof guidelineView>

/** One question of the form for a scan, as the instrument declares it. */
export const askedField = z.object({
  name: z.string(),
  kind: z.enum(['choice', 'choices', 'yes-no', 'number']),
  of: z.array(z.string()),
  unit: z.string().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  label: bilingual,
  optional: z.boolean(),
  group: z.enum(['category', 'probability']),
})
export type AskedField = z.output<typeof askedField>

export const organSetting = z.object({
  organ,
  current: settingDefinition
    .extend({ version: z.number().int(), title: bilingual, byName: z.string(), at: instant })
    .nullable(),
  guidelines: z.array(guidelineView),
  asked: z.array(askedField),
  /** What a physician may settle, by system. */
  categories: z.array(
    z.object({ system, title: bilingual, codes: z.array(z.object({ code: z.string(), label: bilingual })) }),
  ),
  history: z.array(z.object({ version: z.number().int(), title: bilingual, byName: z.string(), at: instant })),
})
export type OrganSetting = z.output<typeof organSetting>

export const listNoduleSettings = endpoint({
  name: 'nodule.listSettings',
  method: 'GET',
  path: '/nodule-settings',
  summary: 'Which guideline each organ is looked after by, who has set it, and what there is to choose from',
  gate: { permission: 'nodule.read', audit: { none: 'names no person' } },
  output: z.object({ organs: z.array(organSetting), can: z.object({ set: z.boolean() }) }),
})

export const putNoduleSetting = endpoint({
  name: 'nodule.putSetting',
  method: 'PUT',
  path: '/nodule-settings/:organ',
  summary: 'Set the guideline of an organ in one’s own name, as the next version',
  gate: { permission: 'nodule.grade', audit: { action: 'nodule.set-guideline' } },
  params: z.object({ organ }),
  body: z.object({
    definition: settingDefinition,
    /** The version that was looked at; 0 where there was none. */
    version: z.number().int().min(0),
    /** 科室确认后启用: wanted for what is not confirmed in print. */
    confirmed: z.boolean().default(false),
  }),
  output: z.object({ version: z.number().int() }),
  problems: ['NoduleSystemUnfit', 'NoduleRowsWrong', 'NoduleGuidelineUnconfirmed'],
})
