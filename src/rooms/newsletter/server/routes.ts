import { reads, writes, type Route } from '../../../platform/context/room.ts'
import * as contract from '../contract/newsletter.ts'
import * as issue from './issue.ts'
import { offerArticles, previewOfIssue, showIssue, showIssues } from './view.ts'

export const routes: Route[] = [
  reads(contract.listIssues, (ctx) => showIssues(ctx)),
  reads(contract.listArticles, (ctx) => offerArticles(ctx)),
  writes(contract.previewIssue, (ctx, { body }) => previewOfIssue(ctx, body)),
  writes(contract.createIssue, (ctx, { body }) => issue.create(ctx, body)),
  reads(contract.readIssue, (ctx, { params }) => showIssue(ctx, params.issueId)),
  writes(contract.saveIssue, (ctx, { params, body }) => issue.save(ctx, params.issueId, body)),
  writes(contract.dropIssue, (ctx, { params }) => issue.drop(ctx, params.issueId)),
  writes(contract.submitIssue, (ctx, { params, body }) => issue.submit(ctx, params.issueId, body.revision)),
  writes(contract.decideIssue, (ctx, { params, body }) => issue.decide(ctx, params.issueId, body)),
  writes(contract.sendIssue, (ctx, { params }) => issue.send(ctx, params.issueId)),
  writes(contract.reopenIssue, (ctx, { params }) => issue.reopen(ctx, params.issueId)),
]
