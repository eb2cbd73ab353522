import { z } from 'zod'
import { id } from '../../../platform/contract/index.ts'

export const campaignId = id('campaign')

/** What a campaign is for; without one it cannot be kept (S3-5). */
export const GOALS = ['knowledge', 'after-visit', 'satisfaction', 'membership'] as const
export const goal = z.enum(GOALS)
export type Goal = z.infer<typeof goal>

/** By what it is told whether the goal was reached. */
export const MEASURES = ['delivered', 'read', 'clicked', 'condition'] as const
export type Measure = (typeof MEASURES)[number]

export const CAMPAIGN_STATES = ['preparing', 'running', 'paused', 'finished', 'cancelled'] as const
export const campaignState = z.enum(CAMPAIGN_STATES)
export type CampaignState = z.infer<typeof campaignState>

/** A draft is handed in, approved by a second person, and followed by the next version. */
export const VERSION_STATES = ['draft', 'submitted', 'approved', 'retired'] as const
export const versionState = z.enum(VERSION_STATES)
export type VersionState = z.infer<typeof versionState>

/** Facts of the record that may begin a journey, and whose day its timers hang on. */
export const FACTS = ['visit', 'discharge', 'procedure', 'report', 'registration'] as const
export const factWord = z.enum(FACTS)
export type FactWord = z.infer<typeof factWord>

/** What is fixed with a person at a moment that may move. */
export const DATE_KINDS = ['appointment', 'interpretation'] as const
export const dateKind = z.enum(DATE_KINDS)
export type DateKind = z.infer<typeof dateKind>

/** `baseline`: met the condition before the campaign began, so it does not begin for them. */
export const RUN_STATES = ['waiting', 'held', 'done', 'left', 'cancelled', 'baseline'] as const
export const runState = z.enum(RUN_STATES)
export type RunState = z.infer<typeof runState>

/** Why a person is held or has left; texts under `runReason` in the locales. */
export const RUN_REASONS = [
  'anchor-missing',
  'called-off',
  'template-missing',
  'template-expired',
  'away',
  'fault',
  'died',
  'merged',
  'condition',
  'exit',
  'cancelled',
  'left-out',
] as const
export type RunReason = (typeof RUN_REASONS)[number]

/** Steps of a path are named by their author, so that a later version can be compared with an earlier one. */
export const stepId = z.string().regex(/^[a-z][a-z0-9-]{0,29}$/)
/** 09:30 */
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
