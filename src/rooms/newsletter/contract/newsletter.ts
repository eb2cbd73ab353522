import { z } from 'zod'
import { bilingual, endpoint, instant, pii } from '../../../platform/contract/index.ts'
import { campaignId, campaignState } from '../../campaign/contract/words.ts'
import { templateDefinition, templateFinding } from '../../message/contract/template.ts'
import { article, issueDefinition, issueFault, issueId, issueMonth, issueNumber, issueState } from './words.ts'

const ofIssue = z.object({ issueId })

export const issueLine = z.object({
  id: issueId,
  month: issueMonth,
  number: z.number().int(),
  title: bilingual,
  state: issueState,
  articles: z.number().int(),
  changedBy: z.string(),
  changedAt: instant,
  sentAt: instant.nullable(),
})
export type IssueLine = z.infer<typeof issueLine>

export const listIssues = endpoint({
  name: 'newsletter.list',
  method: 'GET',
  path: '/newsletter-issues',
  summary: 'All issues of the newsletter, newest month first: those that went out and those being written',
  gate: { permission: 'campaign.read', audit: { none: 'content of the house, nobody in it' } },
  output: z.object({
    rows: z.array(issueLine),
    /** What the next issue is offered as. */
    next: z.object({ month: issueMonth, number: z.number().int() }),
    can: z.object({ write: z.boolean() }),
  }),
})

export const issueShown = issueLine.extend({
  definition: issueDefinition,
  revision: z.number().int(),
  editors: z.array(z.string()),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  note: z.string(),
  campaign: z.object({ id: campaignId, state: campaignState }).nullable(),
  can: z.object({
    write: z.boolean(),
    submit: z.boolean(),
    decide: z.boolean(),
    send: z.boolean(),
    reopen: z.boolean(),
  }),
})
export type IssueShown = z.infer<typeof issueShown>

export const readIssue = endpoint({
  name: 'newsletter.read',
  method: 'GET',
  path: '/newsletter-issues/:issueId',
  summary: 'One issue: its words, who wrote and approved it, and the campaign it went out by',
  gate: { permission: 'campaign.read', audit: { none: 'content of the house, nobody in it' } },
  params: ofIssue,
  output: issueShown,
})

export const listArticles = endpoint({
  name: 'newsletter.articles',
  method: 'GET',
  path: '/newsletter-articles',
  summary: 'Cards of advice in force, as articles to begin with; never those on mood and mind',
  gate: { permission: 'campaign.read', audit: { none: 'content of the house, nobody in it' } },
  output: z.object({
    articles: z.array(
      article.extend({
        kind: z.string(),
        /** The months of earlier issues that had it. */
        before: z.array(issueMonth),
      }),
    ),
  }),
})
export type OfferedArticle = z.infer<typeof listArticles.output>['articles'][number]

export const createIssue = endpoint({
  name: 'newsletter.create',
  method: 'POST',
  path: '/newsletter-issues',
  summary: 'Begin the issue of a month; there is one for each month',
  gate: { permission: 'campaign.write', audit: { action: 'newsletter.create', subject: 'issueId' } },
  body: z.object({ month: issueMonth, number: issueNumber }),
  output: issueShown,
  problems: ['IssueMonthTaken', 'IssueNumberTaken'],
})

export const saveIssue = endpoint({
  name: 'newsletter.save',
  method: 'PUT',
  path: '/newsletter-issues/:issueId/draft',
  summary: 'Keep the draft of an issue, whole or not',
  gate: { permission: 'campaign.write', audit: { action: 'newsletter.save', subject: 'issueId' } },
  params: ofIssue,
  body: z.object({ definition: issueDefinition, revision: z.number().int() }),
  output: issueShown,
  problems: ['IssueNotDraft', 'ChangedMeanwhile'],
})

export const dropIssue = endpoint({
  name: 'newsletter.drop',
  method: 'DELETE',
  path: '/newsletter-issues/:issueId',
  summary: 'Throw a draft away; the month and its number are free again',
  gate: { permission: 'campaign.write', audit: { action: 'newsletter.drop', subject: 'issueId' } },
  params: ofIssue,
  output: z.object({ dropped: z.boolean() }),
  problems: ['IssueNotDraft'],
})

const sheet = z.object({
  subject: pii('free-text', z.string()),
  text: pii('free-text', z.string()),
  html: pii('free-text', z.string()),
})

export const previewIssue = endpoint({
  name: 'newsletter.preview',
  method: 'POST',
  path: '/newsletter-issues/preview',
  summary: 'An issue as the letter it becomes, for a fictitious person, and what still stands in the way',
  gate: { permission: 'campaign.read', audit: { none: 'content of the house for a fictitious person' } },
  body: z.object({ month: issueMonth, number: issueNumber, definition: issueDefinition }),
  output: z.object({
    zh: sheet.nullable(),
    en: sheet.nullable(),
    faults: z.array(issueFault),
    findings: z.array(templateFinding),
    /** The letter as a template, to look at as one of one's own people. */
    template: templateDefinition,
  }),
})

export const submitIssue = endpoint({
  name: 'newsletter.submit',
  method: 'POST',
  path: '/newsletter-issues/:issueId/submission',
  summary: 'Hand a sound issue in for approval',
  gate: { permission: 'campaign.write', audit: { action: 'newsletter.submit', subject: 'issueId' } },
  params: ofIssue,
  body: z.object({ revision: z.number().int() }),
  output: issueShown,
  problems: ['IssueNotDraft', 'IssueUnfit', 'ChangedMeanwhile'],
})

export const decideIssue = endpoint({
  name: 'newsletter.decide',
  method: 'POST',
  path: '/newsletter-issues/:issueId/decision',
  summary: 'Approve an issue, or give it back with a word; by somebody whose hand is not in it',
  gate: { permission: 'campaign.approve', audit: { action: 'newsletter.decide', subject: 'issueId' } },
  params: ofIssue,
  body: z
    .object({ revision: z.number().int(), approve: z.boolean(), note: z.string().trim().max(500).default('') })
    .refine(({ approve, note }) => approve || note.length > 1, { message: 'a word why', path: ['note'] }),
  output: issueShown,
  problems: ['IssueNotSubmitted', 'IssueOwnHand', 'IssueUnfit', 'ChangedMeanwhile'],
})

export const sendIssue = endpoint({
  name: 'newsletter.send',
  method: 'POST',
  path: '/newsletter-issues/:issueId/dispatch',
  summary: 'Let an approved issue go out, as the campaign that was laid out with its approval',
  gate: { permission: 'campaign.run', audit: { action: 'newsletter.send', subject: 'issueId' } },
  params: ofIssue,
  output: issueShown,
  problems: ['IssueNotApproved', 'CampaignFaulty', 'CampaignNotReady', 'CampaignOver'],
})

export const reopenIssue = endpoint({
  name: 'newsletter.reopen',
  method: 'POST',
  path: '/newsletter-issues/:issueId/reopening',
  summary: 'Take up again what was handed in or approved and has not gone; it is approved anew afterwards',
  gate: { permission: 'campaign.write', audit: { action: 'newsletter.reopen', subject: 'issueId' } },
  params: ofIssue,
  output: issueShown,
  problems: ['IssueNotApproved'],
})
