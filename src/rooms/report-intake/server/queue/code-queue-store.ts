import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../../platform/database/database.ts'
import type { LaboratoryCodeTable } from '../table.ts'

export type CodeRow = Selectable<LaboratoryCodeTable> & { reach: number }

const REACH_COUNTED = 100_000
const shown = sql`c.*, (select count(*)::int from (select from laboratory_code_sighting s
  where s.organization_id = c.organization_id and s.code_id = c.id limit ${sql.lit(REACH_COUNTED)}) n) reach`

export async function findCodes(
  db: Db,
  organizationId: string,
  { state, before, limit }: { state: CodeRow['state']; before: string | undefined; limit: number },
): Promise<CodeRow[]> {
  const { rows } = await sql<CodeRow>`
    select ${shown} from laboratory_code c where organization_id = ${organizationId} and state = ${state}
      ${before ? sql`and id < ${before}` : sql``} order by id desc limit ${limit}`.execute(db)
  return rows
}

export async function findCode(db: Db, organizationId: string, id: string): Promise<CodeRow | undefined> {
  const { rows } =
    await sql<CodeRow>`select ${shown} from laboratory_code c where organization_id = ${organizationId} and id = ${id}`.execute(
      db,
    )
  return rows[0]
}

/** Waits for the batches that file under this code just now, and keeps others out until the decision is committed. */
export async function lockCode(
  tx: Transaction,
  organizationId: string,
  id: string,
): Promise<Selectable<LaboratoryCodeTable> | undefined> {
  return tx
    .selectFrom('laboratory_code')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export interface Decision {
  state: 'open' | 'mapped' | 'ignored'
  target: string | null
  asUnit: string | null
  everywhere: boolean
  by: string | null
  byName: string
  at: Date
}

/** Writes a decision; past results are to be rewritten from the beginning. */
export async function decide(tx: Transaction, organizationId: string, id: string, decision: Decision): Promise<void> {
  const isOpen = decision.state === 'open'
  await sql`
    update laboratory_code c set state = ${decision.state}, target = ${decision.target}, as_unit = ${decision.asUnit}, everywhere = ${decision.everywhere},
      settled_by = ${isOpen ? null : decision.by}, settled_by_name = ${isOpen ? null : decision.byName}, settled_at = ${isOpen ? null : decision.at},
      rewrite_state = 'running', rewrite_done = 0, rewrite_after = null, version = version + 1,
      rewrite_total = (select count(*) from laboratory_code_sighting s where s.organization_id = c.organization_id and s.code_id = c.id)
    where organization_id = ${organizationId} and id = ${id}`.execute(tx)
}

/** Open rows of other systems that mean the same item: a decision that holds everywhere settles them as well. */
export async function findSameElsewhere(
  tx: Transaction,
  organizationId: string,
  code: Selectable<LaboratoryCodeTable>,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from laboratory_code where organization_id = ${organizationId} and id <> ${code.id} and state = 'open'
      and code = ${code.code} and name = ${code.name} and unit = ${code.unit} order by id for update`.execute(tx)
  return rows.map((row) => row.id)
}

/** The next reports that hold a code. */
export async function findSightings(
  tx: Transaction,
  organizationId: string,
  codeId: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ report_id: string }>`
    select report_id from laboratory_code_sighting where organization_id = ${organizationId} and code_id = ${codeId}
      ${after ? sql`and report_id > ${after}` : sql``} order by report_id limit ${limit}`.execute(tx)
  return rows.map((row) => row.report_id)
}

/** @returns false when the decision was changed meanwhile and this rewriting is no longer wanted */
export async function noteRewritten(
  tx: Transaction,
  organizationId: string,
  id: string,
  version: number,
  done: number,
  after: string | null,
): Promise<boolean> {
  const result = await sql`
    update laboratory_code set rewrite_done = rewrite_done + ${done}, rewrite_after = ${after}, rewrite_state = ${after === null ? 'done' : 'running'}
    where organization_id = ${organizationId} and id = ${id} and version = ${version} and rewrite_state = 'running'`.execute(
    tx,
  )
  return result.numAffectedRows === 1n
}
