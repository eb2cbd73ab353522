import type { Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import { versionsIn, type Versioned } from '../../../platform/versions/index.ts'
import type { CardDefinition } from '../contract/words.ts'
import './table.ts'
import type { AdviceCardTable } from './table.ts'

export type CardRow = Selectable<AdviceCardTable>

export const cards = versionsIn<AdviceCardTable>('advice_card')

/** A card as it is kept: what SQL asks for stands beside the definition. */
export function contentOf(
  definition: CardDefinition,
  origin: AdviceCardTable['origin'] = 'organization',
): Versioned<AdviceCardTable> {
  const { code, kind, expiresOn } = definition
  return { code, definition, columns: { kind, expires_on: expiresOn, origin } }
}

/** What is in force and not over on `today`. */
export async function findInForce(db: Db, organizationId: string, today: string): Promise<CardRow[]> {
  const rows = await cards.inForce({ db, organizationId })
  return rows.filter(({ expires_on }) => expires_on > today)
}

/** Shipped cards, and newer versions of those that the organization has left as they were. @returns how many came */
export function insertShipped(
  tx: Transaction,
  organizationId: string,
  shipped: readonly CardDefinition[],
  at: Date,
): Promise<number> {
  return cards.ship(
    { tx, organizationId },
    shipped.map((card) => contentOf(card, 'shipped')),
    at,
  )
}
