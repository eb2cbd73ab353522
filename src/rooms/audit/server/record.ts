import { sql } from 'kysely'
import type { AuditEntry } from '../../../platform/context/context.ts'
import { PREPARED, type Db, type Transaction } from '../../../platform/database/database.ts'
import type { Ids } from '../../../platform/ids.ts'
import './table.ts'

/**
 * Keeps one line of the log: in its transaction, or, for a call that only reads, before this function returns. The sealer
 * links it within a second.
 */
export async function recordAudit(db: Db | Transaction, entry: AuditEntry, at: Date, ids: Ids): Promise<void> {
  const line = { ...entry, id: ids.next(), at }
  await (db.isTransaction ? insert(db, [line]) : insertTogether(db, line))
}

interface Line extends AuditEntry {
  id: string
  at: Date
}

/** Lines that wait for the write under way to end, by the database handle of their organization. */
const waiting = new WeakMap<Db, { lines: Line[]; written: Promise<void> }>()
const underWay = new WeakMap<Db, Promise<void>>()

/**
 * Lines of calls that read at the same time are written together: while one statement is on its way to the disk, the next
 * lines gather. A call that is alone does not wait for others.
 */
async function insertTogether(db: Db, line: Line): Promise<void> {
  const current = underWay.get(db)
  if (!current) return track(db, insert(db, [line]))
  let group = waiting.get(db)
  if (!group) {
    const lines: Line[] = []
    const written = current.then(() => {
      waiting.delete(db)
      return track(db, insert(db, lines))
    })
    // Each call that waits hears of a failure by its own line.
    written.catch(() => {})
    waiting.set(db, (group = { lines, written }))
  }
  group.lines.push(line)
  // One line that cannot be written fails its own call, not those that happened to come with it.
  await group.written.catch(() => insert(db, [line]))
}

function track(db: Db, write: Promise<void>): Promise<void> {
  const over = write.catch(() => {})
  underWay.set(db, over)
  void over.then(() => {
    if (underWay.get(db) === over) underWay.delete(db)
  })
  return write
}

async function insert(db: Db | Transaction, lines: readonly Line[]): Promise<void> {
  const rows = lines.map(({ actor, ...line }) => ({
    ...line,
    // Who acts in a patient's name is who did it; whose file it was stands beside.
    actorKind: actor.proxy ? 'relative' : actor.kind,
    actorId: actor.proxy?.id ?? actor.id,
    actorName: actor.proxy?.name ?? actor.name,
  }))
  await sql`${sql.raw(PREPARED)}
    with entry as (
      insert into audit_entry (organization_id, id, at, actor_kind, actor_id, actor_name, action, outcome, patient_id,
        subject_id, detail, request_id, address)
      select "organizationId", id, at, "actorKind", "actorId", "actorName", action, outcome, "patientId",
        "subjectId", detail, "requestId", address
      from json_to_recordset(${JSON.stringify(rows)}::json) as l ("organizationId" uuid, id uuid, at timestamptz,
        "actorKind" text, "actorId" uuid, "actorName" text, action text, outcome text, "patientId" uuid, "subjectId" uuid,
        detail jsonb, "requestId" text, address text)
      returning organization_id, id)
    insert into audit_unsealed (organization_id, entry_id) select organization_id, id from entry`.execute(db)
}
