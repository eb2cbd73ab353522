import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import './table.ts'
import type { RecordingPieceTable } from './table.ts'

export type PieceRow = Selectable<RecordingPieceTable>

export function findPiece(
  db: Db,
  organizationId: string,
  recordingId: string,
  number: number,
): Promise<PieceRow | undefined> {
  return db
    .selectFrom('recording_piece')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('recording_id', '=', recordingId)
    .where('number', '=', number)
    .executeTakeFirst()
}

/** In the order of speech. */
export function findPieces(db: Db, organizationId: string, recordingId: string): Promise<PieceRow[]> {
  return db
    .selectFrom('recording_piece')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('recording_id', '=', recordingId)
    .orderBy('number')
    .execute()
}

/** Adds a piece and counts it; the recording is locked. @returns how many there are now */
export async function addPiece(tx: Transaction, piece: Insertable<RecordingPieceTable>): Promise<number> {
  await tx.insertInto('recording_piece').values(piece).execute()
  const { rows } = await sql<{ pieces: number }>`
    update recording set pieces = pieces + 1, bytes = bytes + ${piece.size}, sealed_bytes = sealed_bytes + ${piece.sealed_size},
      duration_ms = duration_ms + ${piece.duration_ms}, last_piece_at = ${piece.received_at}
    where organization_id = ${piece.organization_id} and id = ${piece.recording_id} returning pieces`.execute(tx)
  return rows[0]!.pieces
}
