import type { ReadContext } from '../../../platform/context/context.ts'
import { sql } from 'kysely'
import type { ConsentPurpose } from '../contract/card.ts'
import { findCardsOf } from './store.ts'
import type { StoredConsent } from './table.ts'

/** What a person last said about each purpose, over all their cards; a purpose never asked about is missing. */
export async function consentsOf(
  ctx: Pick<ReadContext, 'db' | 'organizationId'>,
  patientId: string,
): Promise<Map<ConsentPurpose, StoredConsent>> {
  const cards = await findCardsOf(ctx.db, ctx.organizationId, patientId, sql<boolean>`true`)
  const answers = cards.flatMap((card) => card.consents as StoredConsent[]).toSorted((a, b) => (a.at < b.at ? -1 : 1))
  return new Map(answers.map((answer) => [answer.purpose, answer]))
}
