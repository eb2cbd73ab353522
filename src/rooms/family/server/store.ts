import { sql, type Selectable, type Updateable } from 'kysely'
import { PREPARED, type Db, type Transaction } from '../../../platform/database/database.ts'
import '../../patient/server/table.ts'
import type { EndedBecause } from '../contract/words.ts'
import type { RelativeTable } from './table.ts'

export type RelativeRow = Selectable<RelativeTable>
/** With what decides about the patient. */
export type KnownRelative = RelativeRow & {
  birth_date: string | null
  patient_name: string
  patient_called: string
  patient_active: boolean
}

const known = sql`r.*, r.until_on::text until_on, p.birth_date::text birth_date, p.name patient_name, p.called patient_called,
  p.state = 'active' patient_active`
const joined = sql`relative r join patient p on p.organization_id = r.organization_id and p.id = r.patient_id`

export async function findRelativesOf(db: Db, organizationId: string, patientId: string): Promise<KnownRelative[]> {
  const { rows } = await sql<KnownRelative>`
    select ${known} from ${joined} where r.organization_id = ${organizationId} and r.patient_id = ${patientId}
    order by r.invited_at desc, r.id desc limit 60`.execute(db)
  return rows
}

/** Of people who turn so many years old within these days: whom a guardian may have let in. */
export async function findTurning(
  db: Db,
  organizationId: string,
  { years, from, until }: { years: number; from: string; until: string },
): Promise<KnownRelative[]> {
  // Wide by a day on either side for who was born on 29 February: the rules say the day.
  const { rows } = await sql<KnownRelative>`
    select ${known} from ${joined}
    where r.organization_id = ${organizationId} and r.ended_at is null and p.state = 'active'
      and p.birth_date between (${from}::date - 1 - make_interval(years => ${years}::int))::date and (${until}::date + 1 - make_interval(years => ${years}::int))::date
    order by r.patient_id, r.invited_at`.execute(db)
  return rows
}

/** Those who are reminded with these people; whether their time is over is judged by `stateOf`. */
export async function findToRemind(
  db: Db,
  organizationId: string,
  patientIds: readonly string[],
): Promise<KnownRelative[]> {
  const { rows } = await sql<KnownRelative>`
    select ${known} from ${joined}
    where r.organization_id = ${organizationId} and r.patient_id = any(${[...patientIds]}::uuid[])
      and r.ended_at is null and r.confirmed_at is not null and 'remind' = any (r.scopes)
    order by r.patient_id, r.confirmed_at`.execute(db)
  return rows
}

/** One of a patient's; another's is simply not there. */
export async function findRelative(
  db: Db,
  organizationId: string,
  { patientId, id, lock = false }: { patientId: string; id: string; lock?: boolean },
): Promise<KnownRelative | undefined> {
  const { rows } = await sql<KnownRelative>`
    select ${known} from ${joined} where r.organization_id = ${organizationId} and r.id = ${id} and r.patient_id = ${patientId}
    ${lock ? sql`for update of r` : sql``}`.execute(db)
  return rows[0]
}

export async function findByToken(
  db: Db,
  organizationId: string,
  hash: Buffer,
  { lock = false } = {},
): Promise<KnownRelative | undefined> {
  const { rows } = await sql<KnownRelative>`
    select ${known} from ${joined} where r.organization_id = ${organizationId} and r.token_hash = ${hash}
    ${lock ? sql`for update of r` : sql``}`.execute(db)
  return rows[0]
}

/** Those whom this phone was let in by and who have not taken it back; whether the time is over is judged by `stateOf`. */
export async function findByPhone(db: Db, organizationId: string, phoneIndex: Buffer): Promise<KnownRelative[]> {
  const { rows } = await sql<KnownRelative>`
    select ${known} from ${joined} where r.organization_id = ${organizationId} and r.phone_index = ${phoneIndex}
      and r.ended_at is null and r.confirmed_at is not null and p.state = 'active'
    order by r.confirmed_at limit 30`.execute(db)
  return rows
}

export interface NewRelative {
  id: string
  patientId: string
  name: string
  relation: RelativeRow['relation']
  phone: { sealed: Buffer; index: Buffer; masked: string }
  scopes: RelativeRow['scopes']
  untilOn: string
  tokenHash: Buffer
  at: Date
  by: { id: string; name: string; kind: NonNullable<RelativeRow['word_kind']>; note: string } | null
}

export async function insertRelative(tx: Transaction, organizationId: string, one: NewRelative): Promise<void> {
  await tx
    .insertInto('relative')
    .values({
      organization_id: organizationId,
      id: one.id,
      patient_id: one.patientId,
      name: one.name,
      relation: one.relation,
      phone_sealed: one.phone.sealed,
      phone_index: one.phone.index,
      phone_masked: one.phone.masked,
      scopes: one.scopes,
      until_on: one.untilOn,
      token_hash: one.tokenHash,
      invited_at: one.at,
      invited_by: one.by?.id ?? null,
      invited_by_name: one.by?.name ?? null,
      word_kind: one.by?.kind ?? null,
      word_note: one.by?.note ?? null,
      confirmed_at: null,
      last_seen_at: null,
      ended_at: null,
      ended_because: null,
      ended_by_name: null,
    })
    .execute()
}

/** Changes one that nobody has ended. @returns whether there was one to change */
export async function updateRelative(
  tx: Transaction,
  organizationId: string,
  id: string,
  change: Updateable<RelativeTable>,
): Promise<boolean> {
  const changed = await tx
    .updateTable('relative')
    .set(change)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

export interface Ending {
  because: EndedBecause
  by: string | null
  at: Date
}

/** Ends one of a patient's, or all. @returns those that were not ended yet */
export async function endRelatives(
  tx: Transaction,
  organizationId: string,
  which: { patientId: string; id?: string },
  { because, by, at }: Ending,
): Promise<string[]> {
  const ended = await tx
    .updateTable('relative')
    .set({ ended_at: at, ended_because: because, ended_by_name: by })
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', which.patientId)
    .$if(which.id !== undefined, (query) => query.where('id', '=', which.id!))
    .where('ended_at', 'is', null)
    .returning('id')
    .execute()
  return ended.map(({ id }) => id)
}

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

/** Relatives follow the person; who was let in on both sides is let in once. @returns who ended by that */
export async function moveMerged(
  tx: Transaction,
  organizationId: string,
  { fromId, intoId, mergeId }: Merge,
  now: Date,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update relative r set ended_at = ${now}, ended_because = 'merged'
    where r.organization_id = ${organizationId} and r.patient_id = ${fromId} and r.ended_at is null and exists (
      select from relative o where o.organization_id = r.organization_id and o.patient_id = ${intoId}
        and o.phone_index = r.phone_index and o.ended_at is null)
    returning r.id`.execute(tx)
  await sql`
    update relative set patient_id = ${intoId},
      moved = moved || jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text, 'from', ${fromId}::text))
    where organization_id = ${organizationId} and patient_id = ${fromId}`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Takes a merge back: what it brought goes home, what came since stays. */
export async function moveBack(tx: Transaction, organizationId: string, { intoId, mergeId }: Merge): Promise<void> {
  await sql`
    update relative set patient_id = (moved -> -1 ->> 'from')::uuid, moved = moved - -1
    where organization_id = ${organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
    tx,
  )
}

export interface LiveProxy extends KnownRelative {
  session_id: string
  stays: boolean
  session_seen_at: Date
  session_expires_at: Date
}

/** The permission that a session's phone has of this patient, with the session; whatever the state of either. */
export async function findProxy(
  db: Db,
  organizationId: string,
  { tokenHash, relativeId }: { tokenHash: Buffer; relativeId: string },
): Promise<LiveProxy | undefined> {
  // Every call of a relative asks this.
  const { rows } = await sql<LiveProxy>`${sql.raw(PREPARED)}
    select ${known}, s.id session_id, s.stays, s.last_seen_at session_seen_at, s.expires_at session_expires_at
    from ${joined} join relative_session s on s.organization_id = r.organization_id and s.phone_index = r.phone_index
    where s.organization_id = ${organizationId} and s.token_hash = ${tokenHash} and s.ended_at is null
      and r.id = ${relativeId}`.execute(db)
  return rows[0]
}
