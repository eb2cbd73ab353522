import type { ReadContext } from '../../../platform/context/context.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import { cards, type CardRow } from './cards.ts'
import { bestFor } from './rules/topic.ts'

type Reading = Pick<ReadContext, 'db' | 'organizationId' | 'today'>

export interface MediaFor {
  code: string
  version: number
  title: Bilingual
  summary: Bilingual
  topics: string[]
  /** On the own pages of patients; opens in any of their sessions. */
  path: string
}

/** What people are shown: in force and not over. */
export async function cardsInForce(ctx: Reading): Promise<CardRow[]> {
  return (await cards.inForce(ctx)).filter(({ definition }) => definition.expiresOn > ctx.today)
}

/**
 * Cards on any of these topics, those that meet most of them first: for pages of other rooms that want to show a picture
 * beside their words.
 * @param topics `indicator:ldl`, `condition:I10`, `organ:lung`, `procedure:colonoscopy`, `instrument:china-par`
 */
export async function mediaFor(ctx: Reading, topics: readonly string[]): Promise<MediaFor[]> {
  const all = (await cardsInForce(ctx)).map(({ code, version, definition: { title, summary, topics: about } }) => ({
    code,
    version,
    title,
    summary,
    topics: about,
    path: `/my/media/${code}`,
  }))
  return bestFor(all, topics)
}
