import { sql, type Expression, type Selectable, type SqlBool } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import '../../organization/server/table.ts'
import '../../patient/server/table.ts'
import type { CardState } from '../contract/card.ts'
import type { CardEventKind, CardEventTable, CardTable, StoredConsent } from './table.ts'

export type CardRow = Selectable<CardTable>
export type CardEventRow = Selectable<CardEventTable>

function visibleCards(db: Db, organizationId: string, scope: Expression<SqlBool>) {
  return db
    .selectFrom('card')
    .innerJoin('patient', (join) =>
      join.onRef('patient.organization_id', '=', 'card.organization_id').onRef('patient.id', '=', 'card.patient_id'),
    )
    .selectAll('card')
    .where('card.organization_id', '=', organizationId)
    .where(scope)
}

/** A card, when its patient may be seen. */
export function findCard(
  db: Db,
  organizationId: string,
  cardId: string,
  scope: Expression<SqlBool>,
): Promise<CardRow | undefined> {
  return visibleCards(db, organizationId, scope).where('card.id', '=', cardId).executeTakeFirst()
}

export function findCardsOf(
  db: Db,
  organizationId: string,
  patientId: string,
  scope: Expression<SqlBool>,
): Promise<CardRow[]> {
  return visibleCards(db, organizationId, scope)
    .where('card.patient_id', '=', patientId)
    .orderBy('card.id', 'desc')
    .execute()
}

/** Any card of a patient that is not closed. */
export function findOpenCard(tx: Transaction, organizationId: string, patientId: string): Promise<CardRow | undefined> {
  return tx
    .selectFrom('card')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('state', '<>', 'closed')
    .executeTakeFirst()
}

/** @returns false when the number is taken */
export async function insertCard(
  tx: Transaction,
  card: {
    organizationId: string
    id: string
    patientId: string
    number: string
    consents: readonly StoredConsent[]
    by: string | null
    at: Date
  },
): Promise<boolean> {
  const result = await tx
    .insertInto('card')
    .values({
      organization_id: card.organizationId,
      id: card.id,
      patient_id: card.patientId,
      number: card.number,
      consents: JSON.stringify(card.consents),
      opened_by: card.by,
      opened_at: card.at,
      activated_at: null,
      closed_at: null,
    })
    .onConflict((c) => c.columns(['organization_id', 'number']).doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

/** Moves a card from one of these states to another. @returns the state it was in, undefined when it was in none of them */
export async function moveState(
  tx: Transaction,
  organizationId: string,
  cardId: string,
  step: { from: readonly CardState[]; to: CardState },
  at: Date,
): Promise<CardState | undefined> {
  const { rows } = await sql<{ was: CardState }>`
    update card set state = ${step.to},
      activated_at = case when card.activated_at is null and ${step.to}::text = 'active' then ${at}::timestamptz else card.activated_at end,
      closed_at = case when ${step.to}::text = 'closed' then ${at}::timestamptz end
    from (select state from card where organization_id = ${organizationId} and id = ${cardId} and state = any(${step.from}::text[]) for update) was
    where card.organization_id = ${organizationId} and card.id = ${cardId} and card.state = was.state
    returning was.state as was`.execute(tx)
  return rows[0]?.was
}

export async function updateConsents(
  tx: Transaction,
  organizationId: string,
  cardId: string,
  consents: readonly StoredConsent[],
): Promise<void> {
  await tx
    .updateTable('card')
    .set({ consents: JSON.stringify(consents) })
    .where('organization_id', '=', organizationId)
    .where('id', '=', cardId)
    .execute()
}

export interface CardLine {
  organizationId: string
  id: string
  cardId: string
  kind: CardEventKind
  from: CardState | null
  to: CardState
  reason?: string
  detail?: unknown
  byId: string | null
  byName: string
  at: Date
}

export async function insertCardEvent(tx: Transaction, line: CardLine): Promise<void> {
  await tx
    .insertInto('card_event')
    .values({
      organization_id: line.organizationId,
      id: line.id,
      card_id: line.cardId,
      kind: line.kind,
      from_state: line.from,
      to_state: line.to,
      reason: line.reason ?? '',
      detail: JSON.stringify(line.detail ?? {}),
      by_id: line.byId,
      by_name: line.byName,
      at: line.at,
    })
    .execute()
}

export async function findCardEvents(
  db: Db,
  organizationId: string,
  cardIds: readonly string[],
): Promise<CardEventRow[]> {
  if (cardIds.length === 0) return []
  return db
    .selectFrom('card_event')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('card_id', 'in', [...cardIds])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
}

/** Gives all cards of one patient to another. @returns the cards that moved */
export function moveCards(tx: Transaction, organizationId: string, fromId: string, intoId: string): Promise<CardRow[]> {
  return tx
    .updateTable('card')
    .set({ patient_id: intoId })
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', fromId)
    .returningAll()
    .execute()
}

/** Gives back the cards that a merge had moved, as far as they are still where it put them. */
export async function moveCardsBack(
  tx: Transaction,
  organizationId: string,
  merge: { mergeId: string; fromId: string; intoId: string },
): Promise<CardRow[]> {
  const { rows } = await sql<CardRow>`
    update card set patient_id = ${merge.fromId}
    where organization_id = ${organizationId} and patient_id = ${merge.intoId} and id in (
      select card_id from card_event where organization_id = ${organizationId} and kind = 'moved' and detail ->> 'mergeId' = ${merge.mergeId})
    returning *`.execute(tx)
  return rows
}

export async function organizationSettings(db: Db, organizationId: string): Promise<Record<string, unknown>> {
  const row = await db.selectFrom('organization').select('settings').where('id', '=', organizationId).executeTakeFirst()
  return (row?.settings ?? {}) as Record<string, unknown>
}
