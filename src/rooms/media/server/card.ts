import { addDays } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import { mayPublish } from '../../../platform/versions/index.ts'
import { indicatorByCode } from '../../../clinical/index.ts'
import type { listMedia, MediaSummary, MediaView } from '../contract/items.ts'
import { mediaProblem } from '../contract/problems.ts'
import type { MediaDefinition } from '../contract/words.ts'
import { cards, written, type CardRow } from './cards.ts'
import { countsOf } from './count-store.ts'
import { picturesOf } from './picture.ts'
import { mediaFaults } from './rules/wording.ts'

/** How long before its day a card asks to be renewed. */
const SOON_DAYS = 90

export async function listAll(ctx: ReadContext): Promise<AnswerOf<typeof listMedia>> {
  const found = await cards.current(ctx)
  const kinds = await picturesOf(ctx, found.map(coverOf))
  const rows = found.map((row) => summaryOf(row, ctx.today, kinds.get(coverOf(row))?.kind ?? 'drawing'))
  const { permissions } = ctx.actor
  return {
    rows: rows.toSorted(
      (a, b) => Number(b.expired) - Number(a.expired) || Number(b.expiresSoon) - Number(a.expiresSoon),
    ),
    can: { write: permissions.has('media.write'), publish: permissions.has('media.publish') },
  }
}

/** @throws Problem MediaUnknown */
export async function readVersion(ctx: ReadContext, code: string, version: number): Promise<MediaView> {
  const row = await cards.find(ctx, code, version)
  if (!row) throw mediaProblem('MediaUnknown', { code })
  return viewOf(ctx, row)
}

/** @throws Problem MediaUnknown */
export async function versionsOf(ctx: ReadContext, code: string) {
  const rows = await cards.history(ctx, code)
  if (rows.length === 0) throw mediaProblem('MediaUnknown', { code })
  const kinds = await picturesOf(ctx, rows.map(coverOf))
  return { rows: rows.map((row) => summaryOf(row, ctx.today, kinds.get(coverOf(row))?.kind ?? 'drawing')) }
}

/** @throws Problem MediaUnknown when the code in the path is not the card's, PictureUnknown, ChangedMeanwhile */
export async function saveDraft(
  ctx: WriteContext,
  code: string,
  { definition, revision }: { definition: MediaDefinition; revision: number },
): Promise<MediaView> {
  if (definition.code !== code) throw mediaProblem('MediaUnknown', { code }, 'body.definition.code')
  const keys = definition.steps.map(({ picture }) => picture)
  const known = await picturesOf(ctx, keys)
  const missing = keys.findIndex((key) => !known.has(key))
  if (missing >= 0) throw mediaProblem('PictureUnknown', {}, `body.definition.steps.${missing}.picture`)
  const row = await cards.keep(ctx, written(definition), revision)
  ctx.audit.detail = { code, version: row.version, revision: row.revision }
  return viewOf(ctx, row)
}

/**
 * Puts a draft in force. Whoever wrote it last does not publish it, and its words must pass.
 * @throws Problem OwnMedia, MediaFaulty, ChangedMeanwhile
 */
export async function publish(ctx: WriteContext, code: string, revision: number): Promise<MediaView> {
  const row = await cards.publish(ctx, code, revision, {
    own: () => mediaProblem('OwnMedia'),
    check: ({ definition }) => {
      const [first, ...others] = mediaFaults(definition, ctx.today)
      if (first) throw mediaProblem('MediaFaulty', { count: others.length + 1, first: first.text })
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

const coverOf = ({ definition }: CardRow) => definition.steps[0]!.picture

function summaryOf(row: CardRow, today: string, coverKind: string): MediaSummary {
  const { definition } = row
  const inForce = row.state === 'active'
  const expired = inForce && definition.expiresOn <= today
  return {
    code: row.code,
    version: row.version,
    state: row.state,
    kind: row.kind,
    title: definition.title,
    summary: definition.summary,
    topics: definition.topics,
    words: definition.words,
    cover: { key: coverOf(row), kind: coverKind, alt: definition.steps[0]!.alt },
    steps: definition.steps.length,
    expiresOn: definition.expiresOn,
    expired,
    expiresSoon: inForce && !expired && definition.expiresOn <= addDays(today, SOON_DAYS),
    shipped: row.changed_by === null,
    reviewer: definition.reviewer,
    changedAt: row.changed_at.toISOString(),
    changedBy: row.changed_by_name,
    publishedAt: row.published_at?.toISOString() ?? null,
    publishedBy: row.published_by_name,
  }
}

async function viewOf(ctx: ReadContext, row: CardRow): Promise<MediaView> {
  const { permissions } = ctx.actor
  const { definition } = row
  const pictures = await picturesOf(
    ctx,
    definition.steps.map(({ picture }) => picture),
  )
  return {
    ...summaryOf(row, ctx.today, pictures.get(coverOf(row))?.kind ?? 'drawing'),
    definition,
    pictures: [...pictures.values()],
    revision: row.revision,
    faults: mediaFaults(definition, ctx.today),
    usage: {
      indicators: definition.topics.flatMap(indicatorNames),
      ...(await countsOf(ctx.db, ctx.organizationId, row.code)),
    },
    can: {
      edit: permissions.has('media.write') && row.state !== 'retired',
      publish: mayPublish(row, ctx.actor, 'media.publish'),
      retire: row.state === 'active' && permissions.has('media.publish'),
    },
  }
}

/** The names of a topic that is an indicator: beside its results people find the card. */
export function indicatorNames(topic: string): { zh: string; en: string }[] {
  const indicator = topic.startsWith('indicator:') ? indicatorByCode(topic.slice('indicator:'.length)) : undefined
  return indicator ? [{ zh: indicator.nameZh, en: indicator.nameEn }] : []
}
