import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { adviceCards } from '../../advice/server/index.ts'
import { campaignState } from '../../campaign/server/index.ts'
import { templateDefinition } from '../../message/contract/template.ts'
import { previewTemplate } from '../../message/server/index.ts'
import { staffNames } from '../../staff/server/index.ts'
import type * as contract from '../contract/newsletter.ts'
import { articleOf, faultsOf, letterOf, nextMonth, type Issue } from './rules/letter.ts'
import { findIssue, findIssues, type IssueRow } from './store.ts'

const may = (ctx: ReadContext, permission: 'campaign.write' | 'campaign.approve' | 'campaign.run') =>
  ctx.actor.permissions.has(permission)

export async function showIssues(ctx: ReadContext): Promise<AnswerOf<typeof contract.listIssues>> {
  const rows = await findIssues(ctx.db, ctx.organizationId)
  const month = nextMonth(
    rows.map((row) => row.month),
    ctx.today,
  )
  const number = 1 + Math.max(0, ...rows.map((row) => row.number))
  return { rows: rows.map(lineOf), next: { month, number }, can: { write: may(ctx, 'campaign.write') } }
}

function lineOf(row: IssueRow) {
  return {
    id: row.id as never,
    month: row.month,
    number: row.number,
    title: row.definition.title,
    state: row.state,
    articles: row.definition.articles.length,
    changedBy: row.changed_by_name,
    changedAt: row.changed_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
  }
}

/** @throws Problem NotFound */
export async function showIssue(ctx: ReadContext, id: string): Promise<AnswerOf<typeof contract.readIssue>> {
  const row = await findIssue(ctx.db, ctx.organizationId, id)
  if (!row) throw platformProblem('NotFound')
  const names = await staffNames(ctx, row.edited_by)
  const state = row.campaign_id ? await campaignState(ctx, row.campaign_id) : undefined
  const write = may(ctx, 'campaign.write')
  return {
    ...lineOf(row),
    definition: row.definition,
    revision: row.revision,
    editors: row.edited_by.map((one) => names.get(one) ?? ''),
    decidedBy: row.decided_by_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    note: row.note,
    campaign:
      state && row.state !== 'draft' && row.state !== 'submitted' ? { id: row.campaign_id as never, state } : null,
    can: {
      write: write && row.state === 'draft',
      submit: write && row.state === 'draft',
      decide: may(ctx, 'campaign.approve') && row.state === 'submitted' && !row.edited_by.includes(ctx.actor.id ?? ''),
      send: may(ctx, 'campaign.run') && row.state === 'approved',
      reopen: write && (row.state === 'approved' || row.state === 'submitted'),
    },
  }
}

/** Cards of the house that may become articles. Mood and mind are spoken of with a person, not sent to all. */
async function cardsForAll(ctx: ReadContext) {
  return (await adviceCards(ctx)).map(({ definition }) => definition).filter(({ kind }) => kind !== 'mind')
}

export async function offerArticles(ctx: ReadContext): Promise<AnswerOf<typeof contract.listArticles>> {
  const issues = await findIssues(ctx.db, ctx.organizationId)
  return {
    articles: (await cardsForAll(ctx)).map((card) => ({
      ...articleOf(card),
      kind: card.kind,
      before: issues
        .filter(({ definition }) => definition.articles.some((one) => one.card === card.code))
        .map(({ month }) => month),
    })),
  }
}

export async function previewOfIssue(ctx: ReadContext, issue: Issue): Promise<AnswerOf<typeof contract.previewIssue>> {
  const template = templateDefinition.parse(letterOf(issue))
  const { zh, en, findings } = await previewTemplate(ctx, template)
  const cards = new Set((await cardsForAll(ctx)).map(({ code }) => code))
  // What is empty is said by its place in the issue.
  const words = findings.filter(({ kind }) => kind !== 'block-empty')
  return { zh, en, faults: faultsOf(issue.definition, cards), findings: words, template }
}
