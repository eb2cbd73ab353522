import { z } from 'zod'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { cardCode, cardDefinition, type CardDefinition, type CardView } from '../contract/card.ts'
import { noduleProblem } from '../contract/problems.ts'
import educations from '../content/education.json' with { type: 'json' }
import worries from '../content/worries.json' with { type: 'json' }
import { findCards, insertShipped, lockDraft, putDraft, putInForce, type CardRow } from './card-store.ts'

const shipped = z.object({ code: cardCode, definition: cardDefinition })
/** Peiban's own texts; no physician has reviewed them yet, and each says so. */
export const shippedCards = z.array(shipped).parse([...educations.cards, ...worries.cards])

/** Puts the shipped cards in force where an organization has never had them; what it has changed stays. */
export function installShippedNoduleCards(ctx: WriteContext): Promise<void> {
  return insertShipped(ctx.tx, ctx.organizationId, shippedCards, ctx.clock.now())
}

export async function listCards(ctx: ReadContext, drafts: boolean): Promise<{ rows: CardView[] }> {
  const rows = await findCards(ctx.db, ctx.organizationId, drafts)
  return { rows: rows.map((row) => viewOf(ctx, row)) }
}

export async function draftCard(ctx: WriteContext, code: string, definition: CardDefinition): Promise<CardView> {
  const row = await putDraft(ctx.tx, ctx.organizationId, code, definition, ctx.actor, ctx.clock.now())
  ctx.audit.detail = { card: code, version: row.version }
  return viewOf(ctx, row)
}

/** @throws Problem NoduleCardUnknown, NoduleOwnCard, ChangedMeanwhile */
export async function publishCard(ctx: WriteContext, code: string, version: number): Promise<CardView> {
  const draft = await lockDraft(ctx.tx, ctx.organizationId, code)
  if (!draft) throw noduleProblem('NoduleCardUnknown')
  if (draft.version !== version) throw platformProblem('ChangedMeanwhile')
  if (draft.changed_by !== null && draft.changed_by === ctx.actor.id) throw noduleProblem('NoduleOwnCard')
  ctx.audit.detail = { card: code, version }
  return viewOf(ctx, await putInForce(ctx.tx, ctx.organizationId, draft, ctx.actor, ctx.clock.now()))
}

function viewOf({ actor }: ReadContext, row: CardRow): CardView {
  const may = (permission: string) => actor.permissions.has(permission)
  const publishes = row.state === 'draft' && may('advice.content.publish') && row.changed_by !== actor.id
  return {
    code: row.code,
    version: row.version,
    state: row.state,
    definition: row.definition,
    title: row.definition.title,
    changedByName: row.changed_by_name,
    changedAt: row.changed_at.toISOString(),
    publishedByName: row.published_by_name,
    can: [...(may('advice.content.write') ? (['edit'] as const) : []), ...(publishes ? (['publish'] as const) : [])],
  }
}

/** The card for a settled category; nothing where none speaks of it. */
export function cardFor(
  cards: readonly CardRow[],
  organ: string,
  system: string,
  category: string,
): CardRow | undefined {
  return cards.find(({ definition }) => {
    if (definition.kind !== 'education' || definition.organ !== organ) return false
    return definition.for.some((one) => one.system === system && one.categories.includes(category))
  })
}
