import { addDays } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { mayPublish } from '../../../platform/versions/index.ts'
import type { CardSummary, CardView, listCards, SHOWN } from '../contract/cards.ts'
import { adviceProblem } from '../contract/problems.ts'
import { KINDS, type CardDefinition } from '../contract/words.ts'
import { cards, contentOf, type CardRow } from './card-store.ts'
import { cardFaults } from './rules/wording.ts'

/** How long before its day a card asks to be renewed. */
const SOON_DAYS = 90

/** @throws Problem NotFound for a cursor that is none of ours */
export async function listPage(
  ctx: ReadContext,
  { cursor, limit, kind, show }: InputOf<typeof listCards>['query'],
): Promise<AnswerOf<typeof listCards>> {
  if (cursor && !PLACE.test(cursor)) throw platformProblem('NotFound')
  const found = (await cards.current(ctx))
    .map((row) => summaryOf(row, ctx.today))
    .filter((card) => (!kind || card.kind === kind) && (!show || IS_SHOWN[show](card)))
    .map((card) => ({ card, place: placeOf(card) }))
    .toSorted((a, b) => (a.place < b.place ? -1 : 1))
  const rest = cursor ? found.filter(({ place }) => place > cursor) : found
  const shown = rest.slice(0, limit)
  return {
    rows: shown.map(({ card }) => card),
    next: rest.length > limit ? shown.at(-1)!.place : null,
    total: found.length,
  }
}

const IS_SHOWN: Record<(typeof SHOWN)[number], (card: CardSummary) => boolean> = {
  renew: ({ expired, expiresSoon }) => expired || expiresSoon,
  drafts: ({ state }) => state === 'draft',
}

/** What is over waits for somebody, and what soon will be; the rest stands by kind and name, the newest version first. */
const placeOf = ({ expired, expiresSoon, kind, code, version }: CardSummary) =>
  [expired ? 0 : expiresSoon ? 1 : 2, KINDS.indexOf(kind), code, String(VERSIONS - version).padStart(6, '0')].join(' ')
const VERSIONS = 999_999
const PLACE = /^\d \d+ \S+ \d{6}$/

/** @throws Problem AdviceCardUnknown */
export async function readVersion(ctx: ReadContext, code: string, version: number): Promise<CardView> {
  const row = await cards.find(ctx, code, version)
  if (!row) throw adviceProblem('AdviceCardUnknown', { code })
  return viewOf(ctx, row)
}

/** @throws Problem AdviceCardUnknown */
export async function versionsOf(ctx: ReadContext, code: string) {
  const rows = await cards.history(ctx, code)
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
  const row = await cards.keep(ctx, contentOf(definition), revision)
  ctx.audit.detail = { code, version: row.version, revision: row.revision }
  return viewOf(ctx, row)
}

/**
 * Puts a draft in force. Whoever wrote it last does not publish it, and its words must pass.
 * @throws Problem OwnAdviceCard, AdviceCardFaulty, ChangedMeanwhile
 */
export async function publish(ctx: WriteContext, code: string, revision: number): Promise<CardView> {
  const row = await cards.publish(ctx, code, revision, {
    own: () => adviceProblem('OwnAdviceCard'),
    check: ({ definition }) => {
      const faults = cardFaults(definition, ctx.today)
      if (faults.length > 0) throw adviceProblem('AdviceCardFaulty', { count: faults.length, first: faults[0]!.text })
    },
  })
  ctx.audit.detail = { code, version: row.version }
  return viewOf(ctx, row)
}

export async function discard(ctx: WriteContext, code: string): Promise<{ discarded: boolean }> {
  ctx.audit.detail = { code }
  return { discarded: await cards.discard(ctx, code) }
}

export async function retire(ctx: WriteContext, code: string): Promise<{ retired: boolean }> {
  ctx.audit.detail = { code }
  return { retired: await cards.retire(ctx, code) }
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
  const { permissions } = ctx.actor
  return {
    ...summaryOf(row, ctx.today),
    definition: row.definition,
    revision: row.revision,
    faults: cardFaults(row.definition, ctx.today),
    can: {
      edit: permissions.has('advice.content.write') && row.state !== 'retired',
      publish: mayPublish(row, ctx.actor, 'advice.content.publish'),
      retire: row.state === 'active' && permissions.has('advice.content.publish'),
    },
  }
}
