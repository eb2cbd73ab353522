import { z } from 'zod'
import { id } from '../../../platform/contract/index.ts'
import { ATTEMPT_OUTCOMES } from '../../follow-up/contract/words.ts'

/** What a call is about: a follow-up that is due, or a call that somebody asked for. */
export const SUBJECT_KINDS = ['follow-up', 'task'] as const
export type SubjectKind = (typeof SUBJECT_KINDS)[number]

/**
 * `claimed`: taken, nobody rung yet · `talking` · `ended` with an outcome · `handed-back` unmade, with a reason ·
 * `expired`: nothing was heard of it for as long as a claim lasts.
 */
export const SESSION_STATES = ['claimed', 'talking', 'ended', 'handed-back', 'expired'] as const
export type SessionState = (typeof SESSION_STATES)[number]
export const ACTIVE_STATES = ['claimed', 'talking'] as const

/** 接通 · 无人接听 · 占线 · 关机 · 空号 · 拒接 · 家属接听 · 约定回拨: the words of tries to reach somebody. */
export const OUTCOMES = ATTEMPT_OUTCOMES
export const outcome = z.enum(OUTCOMES)
export type CallOutcome = z.infer<typeof outcome>

export const ANSWERED_BY = ['self', 'family', 'other'] as const
export const answeredBy = z.enum(ANSWERED_BY)
export type AnsweredBy = z.infer<typeof answeredBy>

/** Why somebody gives a person back without having called. */
export const HAND_BACK_REASONS = ['not-now', 'no-number', 'needs-doctor', 'knows-each-other', 'other'] as const
export const handBackReason = z.enum(HAND_BACK_REASONS)
/** Those that a person chooses, and what the house itself says. */
export const HOUSE_REASONS = ['died', 'merged'] as const

/** Why something is not called about any more until somebody decides: the ladder is spent, or the person does not want it. */
export const HOLDS = ['spent', 'refused', 'wrong-number'] as const
export type Hold = (typeof HOLDS)[number]

/** Why a person is not called at all. */
export const BLOCK_REASONS = ['opt-out', 'complaint', 'crisis', 'wrong-number', 'other', 'deceased'] as const
export const BLOCKS_BY_HAND = ['opt-out', 'complaint', 'crisis', 'wrong-number', 'other'] as const
export type BlockReason = (typeof BLOCK_REASONS)[number]

export const sessionId = id('call-session')
export const blockId = id('do-not-call')
export const subject = z.strictObject({ kind: z.enum(SUBJECT_KINDS), id: z.uuid() })
export type Subject = z.infer<typeof subject>
