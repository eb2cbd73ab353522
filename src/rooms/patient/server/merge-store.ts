import { sql, type Expression, type Selectable, type SqlBool } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { MergeProposalTable, PatientMergeTable, ProposalReason } from './table.ts'

export type ProposalRow = Selectable<MergeProposalTable>
export type MergeRow = Selectable<PatientMergeTable>

export interface ProposedPair {
  id: string
  one: string
  other: string
  because: ProposalReason
}

/** Adds proposals; a pair that was asked about before, in whatever way it ended, is left alone. @returns how many are new */
export async function insertProposals(
  tx: Transaction,
  organizationId: string,
  pairs: readonly ProposedPair[],
  by: string | null,
  at: Date,
): Promise<number> {
  if (pairs.length === 0) return 0
  const added = await tx
    .insertInto('merge_proposal')
    .values(
      pairs.map(({ id, one, other, because }) => ({
        organization_id: organizationId,
        id,
        left_id: one < other ? one : other,
        right_id: one < other ? other : one,
        because,
        proposed_by: by,
        proposed_at: at,
        decided_by: null,
        decided_by_name: null,
        decided_at: null,
      })),
    )
    .onConflict((c) => c.doNothing())
    .returning('id')
    .execute()
  return added.length
}

/** People under one whole name who were born on a day; 200 namesakes are looked at. */
export async function findBySearchWord(
  db: Db,
  organizationId: string,
  word: string,
  birthDate: string,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from (select patient_id from patient_search where organization_id = ${organizationId} and word = ${word} limit 200) s
    join patient p on p.organization_id = ${organizationId} and p.id = s.patient_id
    where p.birth_date = ${birthDate} and p.state <> 'merged' limit 20`.execute(db)
  return rows.map((row) => row.id)
}

/** The undecided or dismissed proposal of a pair. */
export function findProposalOfPair(
  db: Db,
  organizationId: string,
  one: string,
  other: string,
): Promise<ProposalRow | undefined> {
  return db
    .selectFrom('merge_proposal')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('left_id', '=', one < other ? one : other)
    .where('right_id', '=', one < other ? other : one)
    .where('state', '<>', 'merged')
    .executeTakeFirst()
}

export function findProposal(db: Db, organizationId: string, proposalId: string): Promise<ProposalRow | undefined> {
  return db
    .selectFrom('merge_proposal')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', proposalId)
    .executeTakeFirst()
}

/** Proposals whose both sides the caller may see, newest first; `before` is the last id of the page before. */
export async function findProposals(
  db: Db,
  organizationId: string,
  options: {
    state: ProposalRow['state']
    before?: string
    limit: number
    scope: (alias: string) => Expression<SqlBool>
    patientId?: string
  },
): Promise<(ProposalRow & { merge_id: string | null })[]> {
  const { state, before, limit, scope, patientId } = options
  const { rows } = await sql<ProposalRow & { merge_id: string | null }>`
    select m.*, (select x.id from patient_merge x where x.organization_id = m.organization_id and x.proposal_id = m.id and x.undone_at is null limit 1) merge_id
    from merge_proposal m
    join patient l on l.organization_id = m.organization_id and l.id = m.left_id and ${scope('l')}
    join patient r on r.organization_id = m.organization_id and r.id = m.right_id and ${scope('r')}
    where m.organization_id = ${organizationId} and m.state = ${state}
      ${before ? sql`and m.id < ${before}` : sql``}
      ${patientId ? sql`and (m.left_id = ${patientId} or m.right_id = ${patientId})` : sql``}
    order by m.id desc limit ${limit}`.execute(db)
  return rows
}

export async function countOpenProposals(db: Db, organizationId: string, patientId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from merge_proposal
    where organization_id = ${organizationId} and state = 'open' and (left_id = ${patientId} or right_id = ${patientId})`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

/** Decides a proposal once. @returns false when somebody else was faster */
export async function decideProposal(
  tx: Transaction,
  organizationId: string,
  proposalId: string,
  step: {
    from: readonly ProposalRow['state'][]
    to: ProposalRow['state']
    by: string | null
    byName: string
    at: Date
    reason: string
  },
): Promise<boolean> {
  const result = await tx
    .updateTable('merge_proposal')
    .set({
      state: step.to,
      decided_by: step.by,
      decided_by_name: step.byName,
      decided_at: step.at,
      reason: step.reason,
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', proposalId)
    .where('state', 'in', [...step.from])
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function insertMerge(tx: Transaction, merge: Omit<MergeRow, 'undone_by' | 'undone_at'>): Promise<void> {
  const json = (value: unknown) => JSON.stringify(value)
  await tx
    .insertInto('patient_merge')
    .values({
      ...merge,
      chosen: json(merge.chosen),
      before: json(merge.before),
      after: json(merge.after),
      undone_by: null,
      undone_at: null,
    })
    .execute()
}

export function findMerge(db: Db, organizationId: string, mergeId: string): Promise<MergeRow | undefined> {
  return db
    .selectFrom('patient_merge')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', mergeId)
    .executeTakeFirst()
}

/** Whether a person's file was itself merged away after this merge. */
export async function isMergedAway(db: Db, organizationId: string, patientId: string): Promise<boolean> {
  const row = await db
    .selectFrom('patient_merge')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('from_id', '=', patientId)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Marks a merge as undone once. @returns false when it already was */
export async function markUndone(
  tx: Transaction,
  organizationId: string,
  mergeId: string,
  by: string | null,
  at: Date,
): Promise<boolean> {
  const result = await tx
    .updateTable('patient_merge')
    .set({ undone_by: by, undone_at: at })
    .where('organization_id', '=', organizationId)
    .where('id', '=', mergeId)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
