import { z } from 'zod'
import { id, instant, pii, staffId } from '../../../platform/contract/index.ts'
import { conditionSchema } from '../../../platform/condition/grammar.ts'
import { recordFactWords } from '../../observation/contract/fact-words.ts'
import { patientFactWords } from '../../patient/contract/fact-words.ts'
import { segmentFactWords } from './fact-words.ts'

export const segmentId = id('segment')
export type SegmentId = z.output<typeof segmentId>
export const worklistId = id('worklist')
export type WorklistId = z.output<typeof worklistId>

/** What is asked of the person, the record and segments is held to its form here; later rooms' kinds by the server. */
export const condition = conditionSchema([...patientFactWords, ...recordFactWords, ...segmentFactWords])

/** dynamic: follows the facts; frozen: as it was at one moment, until somebody refreshes it. */
export const MODES = ['dynamic', 'frozen'] as const
export const mode = z.enum(MODES)
export type Mode = z.infer<typeof mode>

export const segmentName = z.object({ zh: z.string().trim().min(2).max(40), en: z.string().trim().max(80) })
/** What it is for, in the owner's words: shown wherever the segment is. */
export const purposeText = z.string().trim().min(4).max(300)

/** One version of a segment. There is no field for what somebody could be talked into, and none may come (R2). */
export const segmentDefinition = z.strictObject({ name: segmentName, purpose: purposeText, mode, condition })
export type SegmentDefinition = z.infer<typeof segmentDefinition>

export const segmentState = z.enum(['draft', 'active', 'retired'])
export type SegmentState = z.infer<typeof segmentState>

/** Somebody who works here, as pages name them. */
export const colleague = z.object({ id: staffId, name: z.string() })

/**
 * How many. Below the threshold of `FEW` whoever may not see patients learns no more than that: `count` is null then, and
 * `fewerThan` says the threshold. Both null: not counted yet.
 */
export const size = z.object({ count: z.number().int().nullable(), fewerThan: z.number().int().nullable() })
export type Size = z.infer<typeof size>

/** Fewer people than this could be recognised by the condition that chose them. */
export const FEW = 5

/** How far the members of a version that was just saved have been brought in. */
export const filling = z.object({ share: z.number().min(0).max(1), startedAt: instant })

export const note = pii('free-text', z.string().trim().max(500))
