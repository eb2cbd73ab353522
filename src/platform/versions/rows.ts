import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Db, Transaction } from '../database/database.ts'
import type { VersionColumns } from './table.ts'

/** A row of any table of versions; its own columns are there, unseen. */
export type AnyRow = Selectable<VersionColumns<object>>
export type Table = RawBuilder<unknown>

export async function ask(db: Db | Transaction, query: RawBuilder<unknown>): Promise<AnyRow[]> {
  const { rows } = await (query as RawBuilder<AnyRow>).execute(db)
  return rows
}

export const ofCode = (organizationId: string, code: string) =>
  sql`organization_id = ${organizationId} and code = ${code}`
export const names = (columns: readonly string[]) => sql.join(columns.map((column) => sql.ref(column)))
export const assigned = (values: Record<string, unknown>) =>
  sql.join(Object.entries(values).map(([column, value]) => sql`${sql.ref(column)} = ${value}`))
