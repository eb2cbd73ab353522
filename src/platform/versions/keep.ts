import { sql } from 'kysely'
import type { WriteContext } from '../context/context.ts'
import { platformProblem } from '../http/problems.ts'
import { ask, assigned, names, ofCode, type AnyRow, type Table } from './rows.ts'
import { isOwnDraft } from './rules.ts'

type Writing = Pick<WriteContext, 'tx' | 'organizationId' | 'actor' | 'clock'>
interface Content {
  code: string
  definition: object
  columns: object
}

export interface Publication<Row> {
  /** The refusal for whoever wrote the draft last. */
  own: () => Error
  /** Throws where the draft may be kept, but not count. */
  check?: (draft: Row) => void
}

/** Keeps a draft: the first time (revision 0), or over the one that was read. @throws Problem ChangedMeanwhile */
export async function keep(
  table: Table,
  { tx, organizationId, actor, clock }: Writing,
  { code, definition, columns }: Content,
  revision: number,
): Promise<AnyRow> {
  const values = {
    definition: JSON.stringify(definition),
    changed_at: clock.now(),
    changed_by: actor.id,
    changed_by_name: actor.name,
    ...columns,
  }
  const change = sql`update ${table} set revision = revision + 1, ${assigned(values)}
    where ${ofCode(organizationId, code)} and state = 'draft' and revision = ${revision} returning *`
  // Two who begin at once: one is kept, whichever key they meet at.
  const begin = sql`insert into ${table} (organization_id, code, version, state, ${names(Object.keys(values))})
    values (${organizationId}, ${code}, (select coalesce(max(version), 0) + 1 from ${table} where ${ofCode(organizationId, code)}),
      'draft', ${sql.join(Object.values(values))})
    on conflict do nothing returning *`
  const [row] = await ask(tx, revision > 0 ? change : begin)
  if (!row) throw platformProblem('ChangedMeanwhile')
  return row
}

/** The draft of this revision takes the place of what was in force. @throws Problem ChangedMeanwhile, and what `how` refuses with */
export async function publish(
  table: Table,
  { tx, organizationId, actor, clock }: Writing,
  code: string,
  revision: number,
  { own, check }: Publication<AnyRow>,
): Promise<AnyRow> {
  // All versions of the code in one order, so that two publications wait for each other.
  const rows = await ask(
    tx,
    sql`select * from ${table} where ${ofCode(organizationId, code)} order by version for update`,
  )
  const draft = rows.find((row) => row.state === 'draft' && row.revision === revision)
  if (!draft) throw platformProblem('ChangedMeanwhile')
  if (isOwnDraft(draft, actor)) throw own()
  check?.(draft)
  await retire(table, { tx, organizationId }, code)
  const published = {
    state: 'active',
    published_at: clock.now(),
    published_by: actor.id,
    published_by_name: actor.name,
  }
  const [row] = await ask(
    tx,
    sql`update ${table} set ${assigned(published)} where ${ofCode(organizationId, code)} and version = ${draft.version} returning *`,
  )
  return row!
}

/** @returns whether the code was in force */
export async function retire(
  table: Table,
  { tx, organizationId }: Pick<Writing, 'tx' | 'organizationId'>,
  code: string,
): Promise<boolean> {
  const rows = await ask(
    tx,
    sql`update ${table} set state = 'retired' where ${ofCode(organizationId, code)} and state = 'active' returning code`,
  )
  return rows.length > 0
}

/** @returns whether there was a draft */
export async function discard(table: Table, { tx, organizationId }: Writing, code: string): Promise<boolean> {
  const rows = await ask(
    tx,
    sql`delete from ${table} where ${ofCode(organizationId, code)} and state = 'draft' returning code`,
  )
  return rows.length > 0
}
