import { addDays } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import type { CardSummary, CardView, listCards } from '../contract/cards.ts'
import { adviceProblem } from '../contract/problems.ts'
import type { CardDefinition } from '../contract/words.ts'
import {
  deleteDraft,
  findCards,
  findVersion,
  findVersions,
  keepDraft,
  lockDraft,
  putInForce,
  setState,
  type CardRow,
} from './card-store.ts'
import { cardFaults } from './rules/wording.ts'

/** How long before its day a card asks to be renewed. */
const SOON_DAYS = 90

export async function listAll(ctx: ReadContext): Promise<AnswerOf<typeof listCards>> {
  const rows = (await findCards(ctx.db, ctx.organizationId)).map((row) => summaryOf(row, ctx.today))
  const { permissions } = ctx.actor
  return {
    // What is over waits for somebody; the rest stands by kind and name.
    rows: rows.toSorted(
      (a, b) => Number(b.expired) - Number(a.expired) || Number(b.expiresSoon) - Number(a.expiresSoon),
    ),
    can: { write: permissions.has('advice.content.write'), publish: permissions.has('advice.content.publish') },
  }
}

/** @throws Problem AdviceCardUnknown */
export async function readVersion(ctx: ReadContext, code: string, version: number): Promise<CardView> {
  const row = await findVersion(ctx.db, ctx.organizationId, code, version)
  if (!row) throw adviceProblem('AdviceCardUnknown', { code })
  return viewOf(ctx, row)
}

/** @throws Problem AdviceCardUnknown */
export async function versionsOf(ctx: ReadContext, code: string) {
  const rows = await findVersions(ctx.db, ctx.organizationId, code)
  if (rows.length === 0) throw adviceProblem('AdviceCardUnknown', { code })
  return { rows: rows.map((row) => summaryOf(row, ctx.today)) }
}

/** @throws Problem AdviceCardUnknown when the code in the path is not the card's, ChangedMeanwhile */
export async function saveDraft(
  ctx: WriteContext,
  code: string,
  { definition, revision }: { definition: CardDefinition; revision: number },
): Promise<CardView> {
  if (definition.code !== code) throw adviceProblem('AdviceCardUnknown', { code }, 'body.definition.code')
  const row = await keepDraft(ctx.tx, ctx.organizationId, definition, revision, ctx.actor, ctx.clock.now())
  if (!row) throw platformProblem('ChangedMeanwhile')
  ctx.audit.detail = { code, version: row.version, revision: row.revision }
  return viewOf(ctx, row)
}

/**
 * Puts a draft in force. Whoever wrote it last does not publish it, and its words must pass.
 * @throws Problem OwnAdviceCard, AdviceCardFaulty, ChangedMeanwhile
 */
export async function publish(ctx: WriteContext, code: string, revision: number): Promise<CardView> {
  const draft = await lockDraft(ctx.tx, ctx.organizationId, code, revision)
  if (!draft) throw platformProblem('ChangedMeanwhile')
  if (draft.changed_by !== null && draft.changed_by === ctx.actor.id) throw adviceProblem('OwnAdviceCard')
  const faults = cardFaults(draft.definition, ctx.today)
  if (faults.length > 0) throw adviceProblem('AdviceCardFaulty', { count: faults.length, first: faults[0]!.text })
  const row = await putInForce(ctx.tx, ctx.organizationId, draft, ctx.actor, ctx.clock.now())
  ctx.audit.detail = { code, version: row.version }
  return viewOf(ctx, row)
}

export async function discard(ctx: WriteContext, code: string): Promise<{ discarded: boolean }> {
  ctx.audit.detail = { code }
  return { discarded: await deleteDraft(ctx.tx, ctx.organizationId, code) }
}

export async function retire(ctx: WriteContext, code: string): Promise<{ retired: boolean }> {
  ctx.audit.detail = { code }
  return { retired: await setState(ctx.tx, ctx.organizationId, code, 'active', 'retired') }
}

function summaryOf(row: CardRow, today: string): CardSummary {
  const { definition } = row
  const inForce = row.state === 'active'
  const expired = inForce && definition.expiresOn <= today
  return {
    code: row.code,
    version: row.version,
    state: row.state,
    kind: row.kind,
    form: definition.form ?? null,
    title: definition.title,
    summary: definition.summary,
    expiresOn: definition.expiresOn,
    expired,
    expiresSoon: inForce && !expired && definition.expiresOn <= addDays(today, SOON_DAYS),
    origin: row.origin,
    source: definition.source,
    reviewer: definition.reviewer,
    changedAt: row.changed_at.toISOString(),
    changedBy: row.changed_by_name,
    publishedAt: row.published_at?.toISOString() ?? null,
    publishedBy: row.published_by_name,
  }
}

function viewOf(ctx: ReadContext, row: CardRow): CardView {
  const { permissions, id } = ctx.actor
  const isDraft = row.state === 'draft'
  return {
    ...summaryOf(row, ctx.today),
    definition: row.definition,
    revision: row.revision,
    faults: cardFaults(row.definition, ctx.today),
    can: {
      edit: permissions.has('advice.content.write') && row.state !== 'retired',
      publish: isDraft && permissions.has('advice.content.publish') && row.changed_by !== id,
      retire: row.state === 'active' && permissions.has('advice.content.publish'),
    },
  }
}
