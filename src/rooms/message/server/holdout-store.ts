import { sql } from 'kysely'
import type { Transaction } from '../../../platform/database/database.ts'
import './table.ts'

/** Which share of people each campaign leaves out, fixed by whoever asks first. */
export async function findHoldouts(
  tx: Transaction,
  organizationId: string,
  campaigns: readonly string[],
  percent: number,
  now: Date,
): Promise<Map<string, number>> {
  if (campaigns.length === 0) return new Map()
  const codes = [...new Set(campaigns)].toSorted()
  // What the first message of a campaign has found is what counts for all that follow.
  await sql`
    insert into message_holdout (organization_id, campaign, percent, since)
    select ${organizationId}::uuid, code, ${percent}, ${now} from unnest(${codes}::text[]) code on conflict do nothing`.execute(
    tx,
  )
  const rows = await tx
    .selectFrom('message_holdout')
    .select(['campaign', 'percent'])
    .where('organization_id', '=', organizationId)
    .where('campaign', 'in', codes)
    .execute()
  return new Map(rows.map((row) => [row.campaign, row.percent]))
}
