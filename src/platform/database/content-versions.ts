import { sql } from 'kysely'
import type { Db, Transaction } from './database.ts'

/**
 * Content that an organization keeps in versions (rules, protocols, cards, templates) stands in tables of one shape:
 * organization, code, version, state, definition, at most one draft and one version in force of a code. This is what
 * they share; how a version is written stays with the room.
 */
export interface ContentTable {
  name: string
  /** The room's own word for a version in force. */
  inForce: 'published' | 'active' | 'confirmed'
}

export interface ContentVersion {
  code: string
  version: number
  state: 'draft' | 'in-force' | 'retired'
  definition: unknown
}

/** Of each code the version in force and the draft, and the newest retired one where neither stands. */
export async function findContent(
  db: Db,
  organizationId: string,
  { name, inForce }: ContentTable,
  codes: readonly string[],
): Promise<ContentVersion[]> {
  if (codes.length === 0) return []
  const table = sql.table(name)
  const { rows } = await sql<ContentVersion>`
    select c.code, c.version, case c.state when ${inForce} then 'in-force' else c.state end state, c.definition
    from ${table} c where c.organization_id = ${organizationId} and c.code = any(${[...codes]}::text[])
      and (c.state <> 'retired' or c.version = (
        select max(o.version) from ${table} o where o.organization_id = c.organization_id and o.code = c.code))
    order by c.code, c.version desc`.execute(db)
  const standing = new Set(rows.filter(({ state }) => state !== 'retired').map(({ code }) => code))
  return rows.filter(({ state, code }) => state !== 'retired' || !standing.has(code))
}

/** Takes what is in force of a code out of force. @returns whether there was anything */
export async function retireContent(
  tx: Transaction,
  organizationId: string,
  { name, inForce }: ContentTable,
  code: string,
): Promise<boolean> {
  const { rows } = await sql`
    update ${sql.table(name)} set state = 'retired'
    where organization_id = ${organizationId} and code = ${code} and state = ${inForce} returning version`.execute(tx)
  return rows.length > 0
}

/** Throws a draft away that was never in force. @returns whether it was still a draft */
export async function dropContentDraft(
  tx: Transaction,
  organizationId: string,
  { name }: ContentTable,
  code: string,
  version: number,
): Promise<boolean> {
  const { rows } = await sql`
    delete from ${sql.table(name)} where organization_id = ${organizationId} and code = ${code} and version = ${version}
      and state = 'draft' returning version`.execute(tx)
  return rows.length > 0
}
