import { z } from 'zod'
import { endpoint, instant } from '../../../platform/contract/index.ts'

/** The numbers of the house. */
export const medicationPolicy = z.strictObject({
  /** So many doses one after the other, each noted as left out, become a task. */
  skippedRun: z.number().int().min(2).max(30),
  /** So many days without any note become a task that asks, and blames nobody; null: never. */
  silentDays: z.number().int().min(2).max(21).nullable(),
  /** A reminder that could only come later than so many minutes after its time is left out. */
  validMinutes: z.number().int().min(15).max(240),
})
export type MedicationPolicy = z.output<typeof medicationPolicy>

const ruleVersion = z.object({
  /** 0: as it comes with Peiban. */
  version: z.number().int(),
  policy: medicationPolicy,
  because: z.string(),
  by: z.string().nullable(),
  at: instant.nullable(),
})
export type MedicationRule = z.output<typeof ruleVersion>

export const getMedicationRule = endpoint({
  name: 'medication.rule',
  method: 'GET',
  path: '/medication-rule',
  summary: 'When somebody is asked to call about medicines, and how long a reminder is worth sending',
  gate: { permission: 'medication.rule.write', audit: { none: 'says nothing of anybody' } },
  output: z.object({ current: ruleVersion, history: z.array(ruleVersion) }),
})

export const changeMedicationRule = endpoint({
  name: 'medication.changeRule',
  method: 'PUT',
  path: '/medication-rule',
  summary: 'Set these numbers; they count from now on',
  gate: { permission: 'medication.rule.write', audit: { action: 'medication.rule-change' } },
  body: z.strictObject({
    policy: medicationPolicy,
    /** The version that was read. */
    version: z.number().int().min(0),
    because: z.string().trim().min(2).max(300),
  }),
  output: ruleVersion,
  problems: ['MedicationRulesChanged'],
})
