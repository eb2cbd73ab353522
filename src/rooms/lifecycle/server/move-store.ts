import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { MoveKind, Stage } from '../contract/words.ts'
import type { RelationshipMoveTable, RelationshipTable } from './table.ts'
import './table.ts'

export type StandingRow = Selectable<RelationshipTable>
export type MoveRow = Selectable<RelationshipMoveTable>

export function findStanding(db: Db, organizationId: string, patientId: string): Promise<StandingRow | undefined> {
  return db
    .selectFrom('relationship')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .executeTakeFirst()
}

/** Where the person stands, held until the end of the transaction. */
export function lockStanding(tx: Transaction, organizationId: string, patientId: string) {
  return tx
    .selectFrom('relationship')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .forUpdate()
    .executeTakeFirst()
}

const SHOWN = 100

/** Newest first. */
export function findMoves(db: Db, organizationId: string, patientId: string): Promise<MoveRow[]> {
  return db
    .selectFrom('relationship_move')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('id', 'desc')
    .limit(SHOWN)
    .execute()
}

export function findMove(db: Db, organizationId: string, id: string): Promise<MoveRow | undefined> {
  return db
    .selectFrom('relationship_move')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function findMoveOfMerge(db: Db, organizationId: string, mergeId: string): Promise<MoveRow | undefined> {
  return db
    .selectFrom('relationship_move')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('merge_id', '=', mergeId)
    .where('kind', '=', 'merge')
    .executeTakeFirst()
}

/** One person who comes to stand elsewhere. `revision` is that of the standing it was decided on; 0: there was none. */
export interface NewMove {
  id: string
  patientId: string
  revision: number
  kind: MoveKind
  from: Stage | null
  to: Stage
  /** Since when they stand there: now, or the moment that taking back restores. */
  since: Date
  sinceBefore: Date | null
  restBefore: string | null
  restsUntil: string | null
  ruleVersion?: number | null
  facts?: readonly unknown[]
  because?: string
  undoes?: string | null
  mergeId?: string | null
}

/**
 * Moves people, each only if they still stand as it was seen: of two who decide at once, one does. Rows are taken in the
 * order of their keys.
 * @returns ids of the moves that were made
 */
export async function applyMoves(
  tx: Transaction,
  organizationId: string,
  moves: readonly NewMove[],
  by: { id: string | null; name: string },
  now: Date,
): Promise<Set<string>> {
  if (moves.length === 0) return new Set()
  const sorted = moves.toSorted((a, b) => (a.patientId < b.patientId ? -1 : 1))
  const rows = JSON.stringify(sorted.map((move) => ({ facts: [], because: '', ...move })))
  const given = sql`json_to_recordset(${rows}::json) as n (id uuid, "patientId" uuid, revision int, kind text, "from" text, "to" text,
    since timestamptz, "sinceBefore" timestamptz, "restBefore" date, "restsUntil" date, "ruleVersion" int, facts jsonb, because text,
    undoes uuid, "mergeId" uuid)`
  await sql`
    select from relationship where organization_id = ${organizationId}
      and patient_id = any(${sorted.filter(({ revision }) => revision > 0).map(({ patientId }) => patientId)}::uuid[])
    order by patient_id for update`.execute(tx)
  const { rows: changed } = await sql<{ move_id: string }>`
    update relationship r set stage = n."to", since_at = n.since, rests_until = n."restsUntil", revision = r.revision + 1, move_id = n.id
    from ${given}
    where r.organization_id = ${organizationId} and r.patient_id = n."patientId" and n.revision > 0 and r.revision = n.revision
    returning r.move_id`.execute(tx)
  const { rows: begun } = await sql<{ move_id: string }>`
    insert into relationship (organization_id, patient_id, stage, since_at, rests_until, move_id)
    select ${organizationId}::uuid, n."patientId", n."to", n.since, n."restsUntil", n.id from ${given} where n.revision = 0
    on conflict do nothing returning move_id`.execute(tx)
  const made = new Set([...changed, ...begun].map(({ move_id }) => move_id))
  if (made.size > 0)
    await sql`
      insert into relationship_move (organization_id, id, patient_id, kind, from_stage, to_stage, since_before, rest_before, rests_until,
        rule_version, facts, because, undoes, merge_id, by_id, by_name, at)
      select ${organizationId}::uuid, n.id, n."patientId", n.kind, n."from", n."to", n."sinceBefore", n."restBefore", n."restsUntil",
        n."ruleVersion", n.facts, n.because, n.undoes, n."mergeId", ${by.id}::uuid, ${by.name}, ${now}::timestamptz
      from ${given} where n.id = any(${[...made]}::uuid[])`.execute(tx)
  return made
}
