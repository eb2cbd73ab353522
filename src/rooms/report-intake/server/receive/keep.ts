import { sql } from 'kysely'
import type { Db } from '../../../../platform/database/database.ts'
import type { Sealer } from '../../../../platform/pii/sealer.ts'
import type {} from '../table.ts'
import { sealOriginal } from './original.ts'
import type { Received } from './received.ts'

/**
 * Keeps what was received, hundreds in one statement. Writing the same ids again changes nothing, so a try whose
 * outcome was lost with its connection may simply be repeated.
 */
export async function keepReceived(
  db: Db,
  sealer: Sealer,
  organizationId: string,
  rows: readonly Received[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return
  const described = rows.map(({ bytes, organizationId: _, ...row }) => ({ ...row, size: bytes.byteLength }))
  const sealed = rows.map((row) => sealOriginal(sealer, organizationId, row.bytes))
  await sql`
    insert into intake (organization_id, id, channel, format, source, peer, message_type, control_id, answer, received_at,
      sealed, size_bytes, state, reason, detail)
    select ${organizationId}::uuid, r.id, r.channel, r.format, r.source, r.peer, r."messageType", r."controlId", r.answer, ${at}::timestamptz,
      r.sealed, r.size, r.state, r.reason, r.detail
    from rows from (
      json_to_recordset(${JSON.stringify(described)}::json) as (id uuid, channel text, format text, source text, peer text,
        "messageType" text, "controlId" text, answer text, state text, reason text, detail jsonb, size int),
      unnest(${sealed}::bytea[])
    ) as r (id, channel, format, source, peer, "messageType", "controlId", answer, state, reason, detail, size, sealed)
    on conflict do nothing`.execute(db)
}
