import { z } from 'zod'
import { calendarDate, id, pii } from '../../../platform/contract/index.ts'

/**
 * What an understanding card holds (S2-1): what somebody cares about and worries about, how they live, who decides with
 * them, what gets in the way, and how they wish to be spoken to. There is no kind for what they could be talked into, and
 * none may come (R2); `understanding.test.ts` holds the list.
 */
export const ENTRY_KINDS = ['cares', 'worry', 'habit', 'decides', 'barrier', 'manner'] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]
export const entryKind = z.enum(ENTRY_KINDS)
export const entryId = id('understanding-entry')

/** Where it was heard. */
export const SOURCES = ['visit', 'phone', 'message', 'questionnaire', 'home-visit'] as const
export const source = z.enum(SOURCES)

/** Whose words they are. Nobody else's stand here: what a colleague thinks of somebody is no understanding. */
export const SPEAKERS = ['person', 'family'] as const
export const speaker = z.enum(SPEAKERS)

export const saidWords = pii('free-text', z.string().trim().min(2).max(300))
export const whyEnded = pii('free-text', z.string().trim().max(200))

/** What is written down: their words, who said them, where and when. */
export const said = z
  .strictObject({
    words: saidWords,
    speaker,
    /** 女儿、老伴: who of the family. */
    relation: z.string().trim().max(20).default(''),
    source,
    heardOn: calendarDate,
  })
  .refine((one) => one.speaker === 'person' || one.relation !== '', { path: ['relation'], message: 'other' })
export type Said = z.output<typeof said>

export const ACTS = ['written', 'corrected', 'ended', 'restored'] as const
export type Act = (typeof ACTS)[number]
