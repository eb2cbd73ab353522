import { z } from 'zod'
import { bilingual, endpoint, instant, pii } from '../../../platform/contract/index.ts'
import { STOP_WHYS } from '../../message/contract/stop.ts'
import { channel, messageState } from '../../message/contract/words.ts'
import { condition } from '../../tag/contract/condition.ts'
import { campaignDefinition } from './definition.ts'
import { campaignId, campaignState, goal, runState, versionState } from './words.ts'

export const FAULTS = [
  'NothingToSend',
  'TooManySteps',
  'StepTwice',
  'SourceMissing',
  'AudienceMissing',
  'AnchorMissing',
  'SharesNot100',
  'ArmTwice',
  'DayUnknown',
  'GeneralOnly',
  'Barred',
  'ConditionFaulty',
  'TemplateUnknown',
  'TemplateExpired',
  'ChannelForeign',
  'ValueMissing',
  'ClickNotCounted',
  'LoginCopyMissing',
] as const
export const campaignFault = z.object({
  code: z.enum(FAULTS),
  /** At which step; null: of the campaign as a whole. */
  step: z.string().nullable(),
  value: z.string(),
})
export type CampaignFault = z.infer<typeof campaignFault>

const ofCampaign = z.object({ campaignId })
const abilities = z.object({
  write: z.boolean(),
  approve: z.boolean(),
  run: z.boolean(),
  people: z.boolean(),
})

export const campaignLine = z.object({
  id: campaignId,
  name: bilingual,
  goal,
  state: campaignState,
  /** Of the newest version. */
  version: z.number().int(),
  versionState,
  trigger: z.string(),
  /** People who have entered, and those still on the way. */
  entered: z.number().int(),
  open: z.number().int(),
  owner: z.string(),
  startedAt: instant.nullable(),
  shipped: z.boolean(),
})
export type CampaignLine = z.infer<typeof campaignLine>

export const listCampaigns = endpoint({
  name: 'campaign.list',
  method: 'GET',
  path: '/campaigns',
  summary: 'All campaigns and journeys, newest first, with how many people are on their way',
  gate: { permission: 'campaign.read', audit: { none: 'counts only' } },
  output: z.object({ rows: z.array(campaignLine), can: z.object({ write: z.boolean() }) }),
})

const version = z.object({
  version: z.number().int(),
  state: versionState,
  definition: campaignDefinition,
  /** Conditions in words: of the audience, of leaving, of success, and of steps by their id. */
  sentences: z.record(z.string(), bilingual),
  /** Names of the templates, by code, and of the day of the calendar. */
  names: z.record(z.string(), bilingual),
  revision: z.number().int(),
  changedBy: z.string(),
  changedAt: instant,
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  note: z.string(),
  faults: z.array(campaignFault),
})
export type CampaignVersion = z.infer<typeof version>

export const runCount = z.object({ state: runState, reason: z.string().nullable(), count: z.number().int() })
export const messageCount = z.object({
  channel,
  state: messageState,
  reason: z.string().nullable(),
  count: z.number().int(),
})

const campaignShown = z.object({
  id: campaignId,
  state: campaignState,
  owner: z.string(),
  startedAt: instant.nullable(),
  pausedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** The engine paused it: it does not know what went out since. */
  awaySince: instant.nullable(),
  /** It paused by itself for what came back; it goes on with a reason. */
  stoppedWhy: z.enum(STOP_WHYS).nullable(),
  /** Started, and the first people are still being entered. */
  isEntering: z.boolean(),
  inForce: version.nullable(),
  open: version.nullable(),
  runs: z.array(runCount),
  messages: z.array(messageCount),
  /** Where those on the way wait: step and how many. */
  waiting: z.array(z.object({ step: z.string().nullable(), count: z.number().int(), next: instant.nullable() })),
  events: z.array(
    z.object({ kind: z.string(), detail: z.record(z.string(), z.unknown()), by: z.string(), at: instant }),
  ),
  can: abilities.extend({ save: z.boolean(), submit: z.boolean(), decide: z.boolean() }),
})
export type CampaignShown = z.infer<typeof campaignShown>

export const readCampaign = endpoint({
  name: 'campaign.read',
  method: 'GET',
  path: '/campaigns/:campaignId',
  summary: 'One campaign: the version in force, the one being written, who is on the way, what became of its messages',
  gate: { permission: 'campaign.read', audit: { none: 'counts only' } },
  params: ofCampaign,
  output: campaignShown,
})

const kept = z.object({ id: campaignId, revision: z.number().int(), faults: z.array(campaignFault) })

export const createCampaign = endpoint({
  name: 'campaign.create',
  method: 'POST',
  path: '/campaigns',
  summary: 'Begin a campaign as a draft; without goal and measure of success it is refused',
  gate: { permission: 'campaign.write', audit: { action: 'campaign.create' } },
  body: z.object({ definition: campaignDefinition }),
  output: kept,
})

export const saveCampaign = endpoint({
  name: 'campaign.save',
  method: 'PUT',
  path: '/campaigns/:campaignId/draft',
  summary: 'Keep a draft, whole or not; of a campaign that runs it is the next version',
  gate: { permission: 'campaign.write', audit: { action: 'campaign.save', subject: 'campaignId' } },
  params: ofCampaign,
  body: z.object({
    definition: campaignDefinition,
    /** The revision that was read; null begins the next version. */
    revision: z.number().int().nullable(),
  }),
  output: kept,
  problems: ['ChangedMeanwhile', 'CampaignOver'],
})

export const submitCampaign = endpoint({
  name: 'campaign.submit',
  method: 'POST',
  path: '/campaigns/:campaignId/submission',
  summary: 'Hand a sound draft in for approval',
  gate: { permission: 'campaign.write', audit: { action: 'campaign.submit', subject: 'campaignId' } },
  params: ofCampaign,
  body: z.object({ revision: z.number().int() }),
  output: kept,
  problems: ['ChangedMeanwhile', 'CampaignNotDraft', 'CampaignFaulty'],
})

export const decideCampaign = endpoint({
  name: 'campaign.decide',
  method: 'POST',
  path: '/campaigns/:campaignId/decision',
  summary: 'Approve what was handed in, or give it back with a word; by somebody whose hand is not in it',
  gate: { permission: 'campaign.approve', audit: { action: 'campaign.decide', subject: 'campaignId' } },
  params: ofCampaign,
  body: z
    .object({ revision: z.number().int(), approve: z.boolean(), note: z.string().trim().max(500).default('') })
    .refine(({ approve, note }) => approve || note.length > 1, { message: 'a word why', path: ['note'] }),
  output: kept,
  problems: ['ChangedMeanwhile', 'CampaignNotSubmitted', 'CampaignOwnHand', 'CampaignFaulty'],
})

export const controlCampaign = endpoint({
  name: 'campaign.control',
  method: 'POST',
  path: '/campaigns/:campaignId/control',
  summary: 'Start, pause, resume or cancel; the answer says how many people and messages it touched',
  gate: { permission: 'campaign.run', audit: { action: 'campaign.control', subject: 'campaignId' } },
  params: ofCampaign,
  body: z.object({
    act: z.enum(['start', 'pause', 'resume', 'cancel']),
    /** After the engine was away: what becomes of what fell due meanwhile. */
    missed: z.enum(['send', 'leave-out']).default('leave-out'),
    /** Why it may go on, after it stopped for what came back. */
    because: pii('free-text', z.string().trim().max(300)).default(''),
  }),
  output: z.object({ state: campaignState, people: z.number().int(), messages: z.number().int() }),
  problems: [
    'CampaignNotReady',
    'CampaignNotRunning',
    'CampaignNotPaused',
    'CampaignOver',
    'CampaignFaulty',
    'CampaignWaitsForReason',
    'SendingStopped',
  ],
})

export const countAudience = endpoint({
  name: 'campaign.countAudience',
  method: 'POST',
  path: '/campaigns/audience',
  summary: 'How many people a condition finds, in words and a number, never a name',
  gate: { permission: 'campaign.read', audit: { none: 'tells a number, never a name' } },
  body: z.object({
    audience: condition.nullable(),
    ask: z
      .string()
      .regex(/^[\w-]{4,64}$/)
      .default('campaign'),
  }),
  output: z.object({
    count: z.number().int().nullable(),
    /** So few that they might be recognised, told to whoever may not see patients. */
    fewerThan: z.number().int().nullable(),
    of: z.number().int(),
    /** Counting was broken off: it took too long, or a newer question came. */
    ended: z.enum(['too-long', 'superseded']).nullable(),
    sentence: bilingual.nullable(),
    faults: z.array(campaignFault),
  }),
})
