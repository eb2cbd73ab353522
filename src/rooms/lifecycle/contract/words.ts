import { z } from 'zod'
import { recordFactWords } from '../../observation/contract/fact-words.ts'
import { patientFactWords } from '../../patient/contract/fact-words.ts'
import { conditionSchema } from '../../../platform/condition/grammar.ts'
import { bilingual, id } from '../../../platform/contract/index.ts'

/**
 * How far somebody and the house have come together, in this order. It says nothing of illness (that is the stage of care)
 * and nothing of what somebody may be worth. The way ends in leaving in good health, not in needing us for ever (R8).
 */
export const STAGES = ['acquainted', 'joined', 'in-care', 'together', 'graduated'] as const
export type Stage = (typeof STAGES)[number]
export const stage = z.enum(STAGES)
export const moveId = id('relationship-move')

/** rule: facts; hand: a person, with a reason; undo: taken back; resumed: rules decide again; merge, unmerge: of two files. */
export const MOVE_KINDS = ['rule', 'hand', 'undo', 'resumed', 'merge', 'unmerge'] as const
export type MoveKind = (typeof MOVE_KINDS)[number]

/** How long rules leave somebody alone whom a person has set back. */
export const REST_DAYS = 90
export const REST_DAYS_MAX = 365

export const condition = conditionSchema([...patientFactWords, ...recordFactWords])
const text = (least: number, most: number) =>
  bilingual.refine(({ zh, en }) => [zh, en].every((one) => one.trim().length >= least && one.length <= most), 'other')

/** What brings somebody into a stage. Without a condition nobody comes into it by rule. */
export const stageRule = z.strictObject({
  meaning: text(4, 200),
  condition: condition.nullable(),
  /** Where it is from. */
  source: z.string().trim().min(2).max(300),
  /** Who has read it for Peiban; null as long as nobody has. */
  reviewer: z.string().nullable().default(null),
})
export type StageRule = z.output<typeof stageRule>
