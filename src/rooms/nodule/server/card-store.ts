import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { CardDefinition } from '../contract/card.ts'
import type { NoduleCardTable } from './table.ts'

export interface CardRow extends Omit<Selectable<NoduleCardTable>, 'definition'> {
  definition: CardDefinition
}

const asCard = (row: Selectable<NoduleCardTable>): CardRow => ({ ...row, definition: row.definition as CardDefinition })

/** What is in force and, if asked for, drafts. */
export async function findCards(db: Db, organizationId: string, drafts = false): Promise<CardRow[]> {
  const states = drafts ? (['active', 'draft'] as const) : (['active'] as const)
  const rows = await db
    .selectFrom('nodule_card')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('state', 'in', [...states])
    .orderBy('kind')
    .orderBy('code')
    .orderBy('version', 'desc')
    .execute()
  return rows.map(asCard)
}

export async function findCard(db: Db, organizationId: string, code: string): Promise<CardRow | undefined> {
  return (await findCards(db, organizationId)).find((card) => card.code === code)
}

/** Writes the draft of a code, the next version where there is none. */
export async function putDraft(
  tx: Transaction,
  organizationId: string,
  code: string,
  definition: CardDefinition,
  by: { id: string | null; name: string },
  at: Date,
): Promise<CardRow> {
  const changed = {
    definition: JSON.stringify(definition),
    kind: definition.kind,
    changed_by: by.id,
    changed_by_name: by.name,
    changed_at: at,
  }
  const row = await tx
    .insertInto('nodule_card')
    .values({
      organization_id: organizationId,
      code,
      version: sql`(select coalesce(max(version), 0) + 1 from nodule_card where organization_id = ${organizationId} and code = ${code})`,
      state: 'draft',
      published_by: null,
      published_by_name: null,
      published_at: null,
      ...changed,
    })
    .onConflict((c) => c.columns(['organization_id', 'code']).where('state', '=', 'draft').doUpdateSet(changed))
    .returningAll()
    .executeTakeFirstOrThrow()
  return asCard(row)
}

/** Locks all versions of a code in one order, so that two publications wait for each other. @returns its draft */
export async function lockDraft(tx: Transaction, organizationId: string, code: string): Promise<CardRow | undefined> {
  const { rows } = await sql<Selectable<NoduleCardTable>>`
    select * from nodule_card where organization_id = ${organizationId} and code = ${code} order by version for update`.execute(
    tx,
  )
  const draft = rows.find(({ state }) => state === 'draft')
  return draft ? asCard(draft) : undefined
}

export async function putInForce(
  tx: Transaction,
  organizationId: string,
  { code, version }: { code: string; version: number },
  by: { id: string | null; name: string },
  at: Date,
): Promise<CardRow> {
  await tx
    .updateTable('nodule_card')
    .set({ state: 'retired' })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('state', '=', 'active')
    .execute()
  const row = await tx
    .updateTable('nodule_card')
    .set({ state: 'active', published_by: by.id, published_by_name: by.name, published_at: at })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirstOrThrow()
  return asCard(row)
}

/** First versions, in force at once, of codes that the organization has never had. */
export async function insertShipped(
  tx: Transaction,
  organizationId: string,
  cards: readonly { code: string; definition: CardDefinition }[],
  at: Date,
): Promise<void> {
  await tx
    .insertInto('nodule_card')
    .values(
      cards.map(({ code, definition }) => ({
        organization_id: organizationId,
        code,
        version: 1,
        kind: definition.kind,
        state: 'active' as const,
        definition: JSON.stringify(definition),
        changed_by: null,
        changed_by_name: 'Peiban',
        changed_at: at,
        published_by: null,
        published_by_name: 'Peiban',
        published_at: at,
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute()
}
