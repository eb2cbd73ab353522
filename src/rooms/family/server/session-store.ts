import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { RelativeCodeTable, RelativeSessionTable } from './table.ts'

export type CodeRow = Selectable<RelativeCodeTable>
export type SessionRow = Selectable<RelativeSessionTable>

/** Codes to one phone go one after the other, so that two who ask at once cannot both find the limit free. */
export async function holdPhone(tx: Transaction, phoneIndex: Buffer): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${phoneIndex.toString('hex')}, 4145))`.execute(tx)
}

export async function codesSent(
  tx: Transaction,
  organizationId: string,
  phoneIndex: Buffer,
  since: Date,
): Promise<Date[]> {
  const rows = await tx
    .selectFrom('relative_code')
    .select('created_at')
    .where('organization_id', '=', organizationId)
    .where('phone_index', '=', phoneIndex)
    .where('created_at', '>', since)
    .execute()
  return rows.map((row) => row.created_at)
}

export async function insertCode(tx: Transaction, code: Omit<CodeRow, 'tries' | 'used_at'>): Promise<void> {
  await tx
    .insertInto('relative_code')
    .values({ ...code, used_at: null })
    .execute()
}

/** The last code of a relative, locked: tries are counted one after the other. */
export function lockLastCode(
  tx: Transaction,
  organizationId: string,
  relativeId: string,
): Promise<CodeRow | undefined> {
  return tx
    .selectFrom('relative_code')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('relative_id', '=', relativeId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
}

export async function countTry(tx: Transaction, organizationId: string, codeId: string): Promise<void> {
  await tx
    .updateTable('relative_code')
    .set({ tries: sql`tries + 1` })
    .where('organization_id', '=', organizationId)
    .where('id', '=', codeId)
    .execute()
}

export async function markUsed(tx: Transaction, organizationId: string, codeId: string, at: Date): Promise<void> {
  await tx
    .updateTable('relative_code')
    .set({ used_at: at })
    .where('organization_id', '=', organizationId)
    .where('id', '=', codeId)
    .execute()
}

export async function insertSession(tx: Transaction, session: SessionRow): Promise<void> {
  await tx.insertInto('relative_session').values(session).execute()
}

export function findSession(db: Db, organizationId: string, hash: Buffer): Promise<SessionRow | undefined> {
  return db
    .selectFrom('relative_session')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('token_hash', '=', hash)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
}

export async function endSession(tx: Transaction, organizationId: string, hash: Buffer, now: Date): Promise<void> {
  await tx
    .updateTable('relative_session')
    .set({ ended_at: now })
    .where('organization_id', '=', organizationId)
    .where('token_hash', '=', hash)
    .where('ended_at', 'is', null)
    .execute()
}

/** When it was used last, of the session and of the permission it used. */
export async function touch(
  db: Db,
  organizationId: string,
  { sessionId, relativeId, now }: { sessionId: string; relativeId: string; now: Date },
): Promise<void> {
  await sql`update relative_session set last_seen_at = ${now} where organization_id = ${organizationId} and id = ${sessionId}
    and ended_at is null`.execute(db)
  await sql`update relative set last_seen_at = ${now} where organization_id = ${organizationId} and id = ${relativeId}
    and ended_at is null`.execute(db)
}

/** Codes have no use after a day; who came in is what the log remembers. */
export async function forgetOld(
  db: Db,
  organizationId: string,
  before: { codes: Date; sessions: Date },
): Promise<void> {
  await sql`delete from relative_code where organization_id = ${organizationId} and created_at < ${before.codes}`.execute(
    db,
  )
  await sql`delete from relative_session where organization_id = ${organizationId} and expires_at < ${before.sessions}`.execute(
    db,
  )
}
