import { sql } from 'kysely'
import type { AuditEntry } from '../../../platform/context/context.ts'
import { PREPARED, type Db, type Transaction } from '../../../platform/database/database.ts'
import type { Ids } from '../../../platform/ids.ts'
import './table.ts'

/** Keeps one line of the log; one statement, so that it costs one round trip. The sealer links it within a second. */
export async function recordAudit(db: Db | Transaction, entry: AuditEntry, at: Date, ids: Ids): Promise<void> {
  await sql`${sql.raw(PREPARED)}
    with entry as (
      insert into audit_entry (organization_id, id, at, actor_kind, actor_id, actor_name, action, outcome, patient_id,
        subject_id, detail, request_id, address)
      values (${entry.organizationId}, ${ids.next()}, ${at}, ${entry.actor.kind}, ${entry.actor.id}, ${entry.actor.name},
        ${entry.action}, ${entry.outcome}, ${entry.patientId}, ${entry.subjectId}, ${JSON.stringify(entry.detail)}::jsonb,
        ${entry.requestId}, ${entry.address})
      returning organization_id, id)
    insert into audit_unsealed (organization_id, entry_id) select organization_id, id from entry`.execute(db)
}
