import { sql } from 'kysely'
import type { WriteContext } from '../context/context.ts'
import { ask, names, type Table } from './rows.ts'

/** Under whose name shipped content stands. */
const SHIPPED_BY = 'Peiban'

interface Content {
  code: string
  definition: object
  columns: object
}

/**
 * Codes that an organization has never had, and the next version of those that no person of it has touched and that say
 * something else now. Three statements, however much is shipped; the rows travel as JSON, which the table's own type reads.
 * @returns how many came
 */
export async function ship(
  table: Table,
  { tx, organizationId }: Pick<WriteContext, 'tx' | 'organizationId'>,
  contents: readonly Content[],
  at: Date,
): Promise<number> {
  const rows = contents.map(({ code, definition, columns }) => ({
    ...columns,
    organization_id: organizationId,
    code,
    version: 1,
    state: 'active',
    definition,
    revision: 1,
    changed_at: at,
    changed_by: null,
    changed_by_name: SHIPPED_BY,
    published_at: at,
    published_by: null,
    published_by_name: SHIPPED_BY,
  }))
  const [first] = rows
  if (!first) return 0
  const sent = (those: typeof rows) => sql`json_populate_recordset(null::${table}, ${JSON.stringify(those)}::json) s`
  const former = await ask(
    tx,
    sql`update ${table} c set state = 'retired' from ${sent(rows)}
      where c.organization_id = ${organizationId} and c.code = s.code and c.state = 'active' and c.definition <> s.definition
        and c.changed_by is null and c.published_by is null
        and not exists (select from ${table} d where d.organization_id = c.organization_id and d.code = c.code and d.version > c.version)
      returning c.code, c.version`,
  )
  const known = await ask(tx, sql`select distinct code from ${table} where organization_id = ${organizationId}`)
  const versionOf = new Map(former.map(({ code, version }) => [code, version + 1]))
  const isKnown = new Set(known.map(({ code }) => code))
  const coming = rows
    .filter(({ code }) => versionOf.has(code) || !isKnown.has(code))
    .map((row) => ({ ...row, version: versionOf.get(row.code) ?? 1 }))
  if (coming.length === 0) return 0
  const columns = names(Object.keys(first))
  const came = await ask(
    tx,
    sql`insert into ${table} (${columns}) select ${columns} from ${sent(coming)} on conflict do nothing returning code`,
  )
  return came.length
}
