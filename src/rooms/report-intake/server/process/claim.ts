import { sql } from 'kysely'
import type { Transaction } from '../../../../platform/database/database.ts'
import type { IntakeDetail } from '../receive/received.ts'
import type { IntakeState } from '../table.ts'
import type { ClaimedRow } from './read-intake.ts'

/** Claims messages that wait to be read, oldest first; those another worker holds are passed over. */
export async function claimReceived(tx: Transaction, organizationId: string, limit: number): Promise<ClaimedRow[]> {
  const { rows } = await sql<ClaimedRow>`
    select id, channel, format, source, peer, sealed, size_bytes, received_at from intake
    where organization_id = ${organizationId} and state = 'received' order by arrival limit ${limit} for update skip locked`.execute(
    tx,
  )
  return rows
}

export async function claimMessage(tx: Transaction, organizationId: string, id: string): Promise<ClaimedRow[]> {
  const { rows } = await sql<ClaimedRow>`
    select id, channel, format, source, peer, sealed, size_bytes, received_at from intake
    where organization_id = ${organizationId} and id = ${id} and state = 'received' for update skip locked`.execute(tx)
  return rows
}

export interface Outcome {
  id: string
  state: IntakeState
  reason: string
  detail: IntakeDetail | null
  reports: number
  results: number
  waiting: number
  unknownCodes: number
}

export async function settleMessages(
  tx: Transaction,
  organizationId: string,
  outcomes: readonly Outcome[],
  at: Date,
): Promise<void> {
  if (outcomes.length === 0) return
  await sql`
    update intake i set state = o.state, reason = o.reason, detail = o.detail, reports = o.reports, results = o.results,
      waiting = o.waiting, unknown_codes = o."unknownCodes", processed_at = ${at}, attempts = attempts + 1
    from json_to_recordset(${JSON.stringify(outcomes)}::json) as o (id uuid, state text, reason text, detail jsonb, reports int, results int,
      waiting int, "unknownCodes" int)
    where i.organization_id = ${organizationId} and i.id = o.id`.execute(tx)
}
