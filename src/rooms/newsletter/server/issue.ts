import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { controlCampaign, layOutCampaign } from '../../campaign/server/index.ts'
import { campaignDefinition } from '../../campaign/contract/definition.ts'
import { putTemplateInForce } from '../../message/server/index.ts'
import { templateDefinition } from '../../message/contract/template.ts'
import type * as contract from '../contract/newsletter.ts'
import { newsletterProblem } from '../contract/problems.ts'
import { issueDefinition } from '../contract/words.ts'
import { campaignOf, letterOf } from './rules/letter.ts'
import { deleteIssue, findIssues, insertIssue, lockIssue, setIssue, type IssueRow } from './store.ts'
import { previewOfIssue, showIssue } from './view.ts'

/** @throws Problem IssueMonthTaken, IssueNumberTaken */
export async function create(ctx: WriteContext, { month, number }: InputOf<typeof contract.createIssue>['body']) {
  const id = ctx.ids.next<string>()
  const row = { organization_id: ctx.organizationId, id, month, number, ...hand(ctx, []) }
  const definition = JSON.stringify(issueDefinition.parse({ title: {}, lead: {} }))
  if (!(await insertIssue(ctx.tx, { ...row, definition }))) {
    const taken = (await findIssues(ctx.db, ctx.organizationId)).some((one) => one.month === month)
    throw newsletterProblem(taken ? 'IssueMonthTaken' : 'IssueNumberTaken', {}, taken ? 'body.month' : 'body.number')
  }
  ctx.audit.subjectId = id
  ctx.audit.detail = { month, number }
  return showIssue(ctx, id)
}

/** @throws Problem IssueNotDraft, ChangedMeanwhile */
export async function save(ctx: WriteContext, id: string, body: InputOf<typeof contract.saveIssue>['body']) {
  const row = await lockDraft(ctx, id, body.revision)
  await setIssue(ctx.tx, ctx.organizationId, id, {
    definition: JSON.stringify(body.definition),
    revision: row.revision + 1,
    ...hand(ctx, row.edited_by),
  })
  return showIssue(ctx, id)
}

/** @throws Problem IssueNotDraft */
export async function drop(ctx: WriteContext, id: string) {
  const row = await lockIssue(ctx.tx, ctx.organizationId, id)
  if (!row) return { dropped: false }
  // What was once approved has a campaign and stays, so that nothing of it is forgotten.
  if (row.state !== 'draft' || row.campaign_id) throw newsletterProblem('IssueNotDraft')
  await deleteIssue(ctx.tx, ctx.organizationId, id)
  ctx.audit.detail = { month: row.month, number: row.number }
  return { dropped: true }
}

/** @throws Problem IssueNotDraft, IssueUnfit, ChangedMeanwhile */
export async function submit(ctx: WriteContext, id: string, revision: number) {
  const row = await lockDraft(ctx, id, revision)
  await refuseUnfit(ctx, row)
  await setIssue(ctx.tx, ctx.organizationId, id, { state: 'submitted', ...hand(ctx, row.edited_by) })
  return showIssue(ctx, id)
}

/**
 * Another hand approves: with it the letter is in force and its campaign laid out, or neither. Given back it is a draft again.
 * @throws Problem IssueNotSubmitted, IssueOwnHand, IssueUnfit, ChangedMeanwhile
 */
export async function decide(
  ctx: WriteContext,
  id: string,
  { revision, approve, note }: InputOf<typeof contract.decideIssue>['body'],
) {
  const row = await lockIssue(ctx.tx, ctx.organizationId, id)
  if (!row) throw platformProblem('NotFound')
  if (row.state !== 'submitted') throw newsletterProblem('IssueNotSubmitted')
  if (row.revision !== revision) throw platformProblem('ChangedMeanwhile')
  if (ctx.actor.id === null || row.edited_by.includes(ctx.actor.id)) throw newsletterProblem('IssueOwnHand')
  ctx.audit.detail = { approve }
  const decided = { decided_at: ctx.clock.now(), decided_by: ctx.actor.id, decided_by_name: ctx.actor.name, note }
  if (!approve) {
    await setIssue(ctx.tx, ctx.organizationId, id, { state: 'draft', revision: revision + 1, ...decided })
    return showIssue(ctx, id)
  }
  await refuseUnfit(ctx, row)
  const by = { editedBy: row.edited_by, author: row.changed_by_name }
  await putTemplateInForce(ctx, templateDefinition.parse(letterOf(row)), by)
  const campaign = await layOutCampaign(ctx, campaignDefinition.parse(campaignOf(row)), by)
  await setIssue(ctx.tx, ctx.organizationId, id, { state: 'approved', campaign_id: campaign, ...decided })
  return showIssue(ctx, id)
}

/** @throws Problem IssueNotApproved, and those of the campaign it starts */
export async function send(ctx: WriteContext, id: string) {
  const row = await lockIssue(ctx.tx, ctx.organizationId, id)
  if (row?.state !== 'approved' || !row.campaign_id) throw newsletterProblem('IssueNotApproved')
  await controlCampaign(ctx, row.campaign_id, { act: 'start', missed: 'leave-out' })
  await setIssue(ctx.tx, ctx.organizationId, id, { state: 'sent', sent_at: ctx.clock.now() })
  ctx.audit.detail = { campaign: row.campaign_id }
  return showIssue(ctx, id)
}

/** @throws Problem IssueNotApproved */
export async function reopen(ctx: WriteContext, id: string) {
  const row = await lockIssue(ctx.tx, ctx.organizationId, id)
  if (row?.state !== 'approved' && row?.state !== 'submitted') throw newsletterProblem('IssueNotApproved')
  // The campaign that was approved is not that of the words to come.
  if (row.state === 'approved') await controlCampaign(ctx, row.campaign_id!, { act: 'cancel', missed: 'leave-out' })
  await setIssue(ctx.tx, ctx.organizationId, id, {
    state: 'draft',
    revision: row.revision + 1,
    ...hand(ctx, row.edited_by),
  })
  return showIssue(ctx, id)
}

async function lockDraft(ctx: WriteContext, id: string, revision: number): Promise<IssueRow> {
  const row = await lockIssue(ctx.tx, ctx.organizationId, id)
  if (!row) throw platformProblem('NotFound')
  if (row.state !== 'draft') throw newsletterProblem('IssueNotDraft')
  if (row.revision !== revision) throw platformProblem('ChangedMeanwhile')
  return row
}

async function refuseUnfit(ctx: ReadContext, row: IssueRow): Promise<void> {
  const { faults, findings } = await previewOfIssue(ctx, row)
  const count = faults.length + findings.length
  if (count > 0) throw newsletterProblem('IssueUnfit', { count })
}

function hand(ctx: WriteContext, before: readonly string[]) {
  const own = ctx.actor.kind === 'staff' && ctx.actor.id ? [ctx.actor.id] : []
  return {
    edited_by: [...new Set([...before, ...own])],
    changed_at: ctx.clock.now(),
    changed_by_name: ctx.actor.name,
  }
}
