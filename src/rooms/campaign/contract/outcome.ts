import { z } from 'zod'
import { endpoint, instant, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'
import { seenBlock } from '../../message/contract/block-mail.ts'
import { channel, messageState } from '../../message/contract/words.ts'
import { campaignId, runState, stepId } from './words.ts'

const ofCampaign = z.object({ campaignId })

const share = z.object({
  n: z.number().int(),
  count: z.number().int(),
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})

export const readResults = endpoint({
  name: 'campaign.results',
  method: 'GET',
  path: '/campaigns/:campaignId/results',
  summary: 'How far the goal was reached: n, share and 95 % interval, by arm and against those left out',
  gate: { permission: 'campaign.read', audit: { none: 'counts only' } },
  params: ofCampaign,
  output: z.object({
    measure: z.string(),
    targetPercent: z.number(),
    all: share,
    /** Where it was read, people who did so in both places in each; and whose mails only machines fetched, who do not count. */
    reading: z.object({ centre: z.number().int(), mail: z.number().int(), machineOnly: z.number().int() }).nullable(),
    arms: z.array(z.object({ arm: z.string(), result: share })),
    /** Whoever the comparison group kept out; null where the measure cannot be asked of them. */
    leftOut: share.nullable(),
    /** First minus second: the first two arms, or those written to minus those left out. */
    comparison: z
      .object({
        first: z.string(),
        second: z.string(),
        difference: z.number().nullable(),
        low: z.number().nullable(),
        high: z.number().nullable(),
        better: z.enum(['first', 'second']).nullable(),
      })
      .nullable(),
    percentMin: z.number().int(),
    winnerMin: z.number().int(),
  }),
})

export const personLine = z.object({
  patientId,
  patientName: pii('name', z.string()),
  occurrence: z.string(),
  state: runState,
  reason: z.string().nullable(),
  step: z.string().nullable(),
  wakeAt: instant.nullable(),
  arm: z.string().nullable(),
  enteredAt: instant,
  messages: z.array(z.object({ channel, state: messageState, reason: z.string().nullable() })),
})
export type PersonLine = z.infer<typeof personLine>

/** A reason that is asked for, or that there is none. */
const why = z.string().min(1).max(60)
export const NO_REASON = 'none'

/** One line of a campaign's sums: people by where they stand, or by what became of a message of theirs. */
export const peopleFilter = z.object({
  state: runState.optional(),
  reason: why.optional(),
  channel: channel.optional(),
  message: messageState.optional(),
  messageReason: why.optional(),
})
export type PeopleFilter = z.infer<typeof peopleFilter>

export const listPeople = endpoint({
  name: 'campaign.people',
  method: 'GET',
  path: '/campaigns/:campaignId/people',
  summary: 'What became of the people one looks after in a campaign, each with the reason',
  gate: { permission: 'campaign.recipients', audit: { action: 'campaign.people', subject: 'campaignId' } },
  params: ofCampaign,
  query: pageQuery.extend(peopleFilter.shape),
  output: pageOf(personLine),
})

export const previewAsPerson = endpoint({
  name: 'campaign.preview',
  method: 'POST',
  path: '/campaigns/:campaignId/preview',
  summary: 'What a person would get at a step now, and whether they would get it',
  gate: { permission: 'campaign.recipients', audit: { action: 'campaign.preview', subject: 'campaignId' } },
  params: ofCampaign,
  body: z.object({ patientId, step: stepId }),
  output: z.object({
    subject: pii('free-text', z.string()),
    text: pii('free-text', z.string()),
    html: pii('free-text', z.string()),
    verdict: z.enum(['send', 'wait', 'end']),
    reason: z.string().nullable(),
    blocks: z.array(seenBlock),
    inAudience: z.boolean(),
  }),
  problems: ['PersonNotReachable'],
})
