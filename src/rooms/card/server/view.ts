import type { PatientId } from '../../../platform/contract/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { CardView } from '../contract/card.ts'
import { mayAct } from './rules/card-states.ts'
import { findCardEvents, type CardEventRow, type CardRow } from './store.ts'
import type { StoredConsent } from './table.ts'

/** Rows → views with their history, newest first. */
export async function viewCards(ctx: ReadContext, rows: readonly CardRow[]): Promise<CardView[]> {
  const events = await findCardEvents(
    ctx.db,
    ctx.organizationId,
    rows.map((row) => row.id),
  )
  return rows.map((row) =>
    viewCard(
      ctx,
      row,
      events.filter((event) => event.card_id === row.id),
    ),
  )
}

function viewCard({ actor }: ReadContext, row: CardRow, history: readonly CardEventRow[]): CardView {
  const may = (permission: string) => actor.permissions.has(permission)
  return {
    id: row.id as CardView['id'],
    patientId: row.patient_id as PatientId,
    number: row.number,
    state: row.state,
    openedAt: row.opened_at.toISOString(),
    activatedAt: row.activated_at?.toISOString() ?? null,
    closedAt: row.closed_at?.toISOString() ?? null,
    consents: row.consents as StoredConsent[],
    can: {
      sendCode: may('card.open') && mayAct('activate', row.state),
      freeze: may('card.manage') && mayAct('freeze', row.state),
      unfreeze: may('card.manage') && mayAct('unfreeze', row.state),
      close: may('card.manage') && mayAct('close', row.state),
    },
    history: history.map((event) => ({
      id: event.id,
      kind: event.kind,
      from: event.from_state,
      to: event.to_state,
      reason: event.reason,
      by: event.by_name,
      at: event.at.toISOString(),
    })),
  }
}
