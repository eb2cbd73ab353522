import { dateIn } from '../../../platform/clock.ts'
import { ownPatientId, type ReadContext, type WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import { mediaProblem } from '../contract/problems.ts'
import type { myMediaIndex, ShownMedia } from '../contract/my.ts'
import { indicatorNames } from './card.ts'
import { cards, type CardRow } from './cards.ts'
import { addOpening } from './count-store.ts'
import { cardsInForce } from './door.ts'
import { picturesOf } from './picture.ts'
import { findSent } from './sent-store.ts'

/** Everything there is to look at, small enough to be fetched once; and what the person was sent. */
export async function myIndex(ctx: ReadContext): Promise<AnswerOf<typeof myMediaIndex>> {
  const [rows, sent] = await Promise.all([cardsInForce(ctx), findSent(ctx.db, ctx.organizationId, ownPatientId(ctx))])
  const known = new Set(rows.map(({ code }) => code))
  const newest = [...new Map(sent.toReversed().map((row) => [row.code, row])).values()]
  return {
    rows: rows.map(({ code, kind, definition: { title, summary, topics, words } }) => ({
      code,
      kind,
      title,
      summary,
      topics,
      words: wordsFor(topics, words),
    })),
    sent: newest
      .filter(({ code }) => known.has(code))
      .toSorted((a, b) => b.sent_at.getTime() - a.sent_at.getTime())
      .map((row) => ({ code: row.code, sentOn: dateIn(row.sent_at, ctx.tenant.timeZone), sentBy: row.sent_by_name })),
  }
}

/** The card's own words and the names of its indicators, as they stand on reports. */
function wordsFor(topics: readonly string[], words: readonly string[]): string[] {
  const names = topics.flatMap(indicatorNames).flatMap(({ zh, en }) => [zh, en])
  return [...new Set([...words, ...names].map((word) => word.toLowerCase()))]
}

/** @throws Problem MediaUnknown */
export async function readMine(ctx: ReadContext, code: string): Promise<ShownMedia> {
  const row = await cards.inForceOf(ctx, code)
  if (!row || row.definition.expiresOn <= ctx.today) throw mediaProblem('MediaUnknown', { code })
  ctx.audit.detail = { code, version: row.version }
  return shownOf(ctx, row)
}

async function shownOf(ctx: ReadContext, { code, version, kind, definition }: CardRow): Promise<ShownMedia> {
  const { title, summary, steps, honest, reviewer } = definition
  const pictures = await picturesOf(
    ctx,
    steps.map(({ picture }) => picture),
  )
  return {
    code,
    version,
    kind,
    title,
    summary,
    steps: steps.flatMap(({ picture, alt, caption }) => {
      const found = pictures.get(picture)
      return found ? [{ picture: found, alt, caption }] : []
    }),
    honest: honest.map(({ text }) => text),
    sources: sourcesOf([...steps, ...honest]),
    reviewer,
  }
}

/** Each once: several of one line are parted by a semicolon. */
function sourcesOf(lines: readonly { source: string }[]): string[] {
  return [...new Set(lines.flatMap(({ source }) => source.split('；').map((one) => one.trim())))]
}

/** One more in its month; a card that is not there counts nothing. */
export async function count(ctx: WriteContext, code: string): Promise<Record<never, never>> {
  if (await cards.inForceOf(ctx, code)) await addOpening(ctx.tx, ctx.organizationId, code, ctx.today.slice(0, 7))
  return {}
}
