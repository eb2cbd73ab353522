import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { RecogniserFailure } from '../../../platform/speech/recogniser.ts'
import type { RecordingTranscriptionTable, RecordingTranscriptTable } from './table.ts'
import './table.ts'

export type TranscriptionRow = Selectable<RecordingTranscriptionTable>
export type TranscriptRow = Selectable<RecordingTranscriptTable>

/**
 * Puts on the way what is over, has sound, and whose person has said yes to a line that tells of text. One that was cut off
 * waits for the day on which pieces may still come. @returns how many
 */
export async function askForTranscripts(
  tx: Transaction,
  organizationId: string,
  { now, cutOffBefore, limit }: { now: Date; cutOffBefore: Date; limit: number },
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into recording_transcription (organization_id, recording_id, state, next_at, asked_at, changed_at)
    select r.organization_id, r.id, 'waiting', ${now}, ${now}, ${now} from recording r
    where r.organization_id = ${organizationId} and r.sealed_key is not null and r.pieces > 0
      and (r.state = 'ended' or (r.state = 'interrupted' and r.begun_at < ${cutOffBefore}))
      and not exists (select from recording_transcription t where t.organization_id = r.organization_id and t.recording_id = r.id)
      and not exists (select from recording_transcript t where t.organization_id = r.organization_id and t.recording_id = r.id)
      and ${agreedToText()}
    order by r.begun_at limit ${limit} on conflict do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Of a recording `r`: the last word of its person is a yes, to a line that tells of text. */
function agreedToText() {
  return sql`exists (
    select from (select event, line_version from recording_consent c where c.organization_id = r.organization_id and c.recording_id = r.id
      order by c.at desc, c.id desc limit 1) c
    join recording_line l on l.organization_id = r.organization_id and l.version = c.line_version
    where c.event = 'given' and l.transcript)`
}

export async function wasToldOfText(db: Db, organizationId: string, recordingId: string): Promise<boolean> {
  const { rows } = await sql`
    select from recording r where r.organization_id = ${organizationId} and r.id = ${recordingId} and ${agreedToText()}`.execute(
    db,
  )
  return rows.length > 0
}

/** Takes the one that is due first, for as long as the lease lasts. */
export async function claimTranscription(
  db: Db,
  organizationId: string,
  { now, leaseUntil }: { now: Date; leaseUntil: Date },
): Promise<TranscriptionRow | undefined> {
  const { rows } = await sql<TranscriptionRow>`
    update recording_transcription set attempts = attempts + 1, next_at = ${leaseUntil}, changed_at = ${now}
    where organization_id = ${organizationId} and recording_id = (
      select recording_id from recording_transcription where organization_id = ${organizationId} and state = 'waiting' and next_at <= ${now}
      order by next_at, recording_id limit 1 for update skip locked)
    returning *`.execute(db)
  return rows[0]
}

export type Outcome =
  | { state: 'done' }
  | { state: 'waiting'; next_at: Date; why: RecogniserFailure; words: string }
  | { state: 'failed'; why: RecogniserFailure; words: string }

/** @returns false where it is no longer this try's: another has taken it up, or the recording is gone */
export async function settleTranscription(
  tx: Transaction,
  { organization_id, recording_id, attempts }: Pick<TranscriptionRow, 'organization_id' | 'recording_id' | 'attempts'>,
  outcome: Outcome,
  now: Date,
): Promise<boolean> {
  const settled = await tx
    .updateTable('recording_transcription')
    .set({ next_at: null, why: null, words: null, ...outcome, changed_at: now })
    .where('organization_id', '=', organization_id)
    .where('recording_id', '=', recording_id)
    .where('state', '=', 'waiting')
    .where('attempts', '=', attempts)
    .executeTakeFirst()
  return settled.numUpdatedRows === 1n
}

/** @returns false where it had not failed */
export async function tryAgain(
  tx: Transaction,
  organizationId: string,
  recordingId: string,
  now: Date,
): Promise<boolean> {
  const changed = await tx
    .updateTable('recording_transcription')
    .set({ state: 'waiting', attempts: 0, next_at: now, why: null, words: null, changed_at: now })
    .where('organization_id', '=', organizationId)
    .where('recording_id', '=', recordingId)
    .where('state', '=', 'failed')
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

export function findTranscription(db: Db, organizationId: string, id: string): Promise<TranscriptionRow | undefined> {
  return db
    .selectFrom('recording_transcription')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('recording_id', '=', id)
    .executeTakeFirst()
}

/** All versions, the newest first. */
export function findTranscripts(db: Db, organizationId: string, id: string): Promise<TranscriptRow[]> {
  return db
    .selectFrom('recording_transcript')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('recording_id', '=', id)
    .orderBy('version', 'desc')
    .execute()
}

/** @returns false where there is such a version already */
export async function insertTranscript(tx: Transaction, row: TranscriptRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('recording_transcript')
    .values(row)
    .onConflict((conflict) => conflict.columns(['organization_id', 'recording_id', 'version']).doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) > 0
}

export interface TranscriptionCount {
  state: TranscriptionRow['state']
  why: RecogniserFailure | null
  count: number
}

export async function countTranscriptions(db: Db, organizationId: string): Promise<TranscriptionCount[]> {
  const { rows } = await sql<TranscriptionCount>`
    select state, why, count(*)::int count from recording_transcription where organization_id = ${organizationId}
    group by 1, 2 order by 1, 2`.execute(db)
  return rows
}
