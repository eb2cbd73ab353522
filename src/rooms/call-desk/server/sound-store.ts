import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { SoundState } from '../contract/sound.ts'
import type { CallOutcome } from '../contract/words.ts'
import type { CallSoundTable } from './table.ts'
import './table.ts'

export type SoundRow = Selectable<CallSoundTable>
export type NamedSound = SoundRow & { patient_name: string | null }

/** Notes what was told, unless it was told before. @returns the row as it stands */
export async function insertSound(tx: Transaction, row: Insertable<CallSoundTable>): Promise<SoundRow> {
  await tx
    .insertInto('call_sound')
    .values(row)
    .onConflict((oc) => oc.columns(['organization_id', 'key']).doNothing())
    .execute()
  return tx
    .selectFrom('call_sound')
    .selectAll()
    .where('organization_id', '=', row.organization_id)
    .where('key', '=', row.key)
    .executeTakeFirstOrThrow()
}

export async function lockSound(tx: Transaction, organizationId: string, id: string): Promise<SoundRow | undefined> {
  const { rows } = await sql<SoundRow>`
    select * from call_sound where organization_id = ${organizationId} and id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function changeSound(
  tx: Transaction,
  organizationId: string,
  id: string,
  change: Partial<Omit<SoundRow, 'organization_id' | 'id'>>,
): Promise<void> {
  await tx
    .updateTable('call_sound')
    .set(change)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}

export interface SoundPage {
  state: SoundState | 'open'
  after: { at: string; id: string } | undefined
  limit: number
}

/** Newest first. @param only one of them */
export async function findSounds(
  db: Db,
  organizationId: string,
  { state, after, limit }: SoundPage,
  only?: string,
): Promise<NamedSound[]> {
  const states = state === 'open' ? ['awaiting', 'waiting'] : [state]
  const { rows } = await sql<NamedSound>`
    select s.*, p.name patient_name from call_sound s
    left join call_session c on c.organization_id = s.organization_id and c.id = s.session_id
    left join patient p on p.organization_id = c.organization_id and p.id = c.patient_id
    where s.organization_id = ${organizationId} ${only ? sql`and s.id = ${only}` : sql`and s.state = any(${states}::text[])`}
      ${after ? sql`and (s.began_at, s.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by s.began_at desc, s.id desc limit ${limit}`.execute(db)
  return rows
}

export interface NearRow {
  id: string
  patient_id: string
  patient_name: string
  phone_masked: string | null
  staff_id: string
  staff_name: string
  subject_kind: 'follow-up' | 'task'
  subject_id: string
  claimed_at: Date
  ended_at: Date | null
  outcome: CallOutcome | null
  same_phone: boolean
}

/** Calls of the desk at about the time of a recording, and the one it names, whatever its time. */
export async function findNear(
  db: Db,
  organizationId: string,
  row: Pick<SoundRow, 'began_at' | 'phone_index' | 'call_id'>,
  hours: number,
): Promise<NearRow[]> {
  const at = row.began_at.getTime()
  const [from, to] = [new Date(at - hours * 3_600_000), new Date(at + hours * 3_600_000)]
  const { rows } = await sql<NearRow>`
    select c.id, c.patient_id, p.name patient_name, p.phone_masked, c.staff_id, c.staff_name, c.subject_kind, c.subject_id, c.claimed_at, c.ended_at, c.outcome,
      coalesce(${row.phone_index}::bytea in (p.phone_index, p.guardian_phone_index), false) same_phone
    from call_session c join patient p on p.organization_id = c.organization_id and p.id = c.patient_id
    where c.organization_id = ${organizationId} and c.state <> 'handed-back'
      and (c.id = ${row.call_id}::uuid or c.claimed_at between ${from} and ${to})
    order by same_phone desc, abs(extract(epoch from c.claimed_at - ${row.began_at}::timestamptz)), c.id limit 200`.execute(
    db,
  )
  return rows
}
