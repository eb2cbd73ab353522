import { sql, type Insertable, type Selectable, type SelectType } from 'kysely'
import type { ReadContext, WriteContext } from '../context/context.ts'
import type { Database } from '../database/schema.ts'
import { discard, keep, publish, retire, type Publication } from './keep.ts'
import { ask, ofCode } from './rows.ts'
import { ship } from './ship.ts'
import type { VersionColumns } from './table.ts'

type Reading = Pick<ReadContext, 'db' | 'organizationId'>
type Writing = Pick<WriteContext, 'tx' | 'organizationId' | 'actor' | 'clock'>

/** What is written down of a code: its definition, with the values of the table's own columns. */
export interface Versioned<T extends VersionColumns<object>> {
  code: string
  definition: SelectType<T['definition']>
  columns: Omit<Insertable<T>, keyof VersionColumns<object>>
}

/**
 * Content that one person drafts and another publishes, by code and version. All that rooms share of it stands here;
 * what a definition says, and who may do what, is the room's.
 */
export interface Versions<T extends VersionColumns<object>> {
  /** Of each code what is in force and the draft; a retired version only where nothing else is left. By code, newest first. */
  current(ctx: Reading): Promise<Selectable<T>[]>
  /** What is in force, by code. */
  inForce(ctx: Reading): Promise<Selectable<T>[]>
  /** What is in force of one code. */
  inForceOf(ctx: Reading, code: string): Promise<Selectable<T> | undefined>
  find(ctx: Reading, code: string, version: number): Promise<Selectable<T> | undefined>
  /** All versions of a code, newest first. */
  history(ctx: Reading, code: string): Promise<Selectable<T>[]>
  /**
   * Keeps a draft. `revision` 0 begins one, as the version after the last; any other must still stand.
   * @throws Problem ChangedMeanwhile when somebody else has kept theirs
   */
  keep(ctx: Writing, content: Versioned<T>, revision: number): Promise<Selectable<T>>
  /**
   * Puts the draft of this revision in force and retires what was. Of two who publish at once one does.
   * @throws Problem ChangedMeanwhile when the draft has moved on, and what `own` and `check` refuse with
   */
  publish(ctx: Writing, code: string, revision: number, how: Publication<Selectable<T>>): Promise<Selectable<T>>
  /** Takes a code out of force. @returns whether it was in force */
  retire(ctx: Writing, code: string): Promise<boolean>
  /** Throws the draft of a code away. @returns whether there was one */
  discard(ctx: Writing, code: string): Promise<boolean>
  /**
   * Brings shipped content to an organization, in force at once: codes it has never had, and the next version of those
   * that no person of it has touched and that say something else now. What it has written, is writing or has retired
   * stays. For the founding of an organization and a daily round.
   * @returns how many came
   */
  ship(to: Pick<WriteContext, 'tx' | 'organizationId'>, contents: readonly Versioned<T>[], at: Date): Promise<number>
}

/** @param name a table with the columns and indexes of `README.md` */
export function versionsIn<T extends VersionColumns<object>>(name: keyof Database & string): Versions<T> {
  const table = sql.table(name)
  const versions: Versions<VersionColumns<object>> = {
    current: ({ db, organizationId }) =>
      ask(
        db,
        sql`select * from ${table} v where organization_id = ${organizationId} and (state <> 'retired' or version = (
          select max(o.version) from ${table} o where o.organization_id = v.organization_id and o.code = v.code))
          order by code, version desc`,
      ),
    inForce: ({ db, organizationId }) =>
      ask(db, sql`select * from ${table} where organization_id = ${organizationId} and state = 'active' order by code`),
    inForceOf: async ({ db, organizationId }, code) => {
      const rows = await ask(db, sql`select * from ${table} where ${ofCode(organizationId, code)} and state = 'active'`)
      return rows[0]
    },
    find: async ({ db, organizationId }, code, version) => {
      const rows = await ask(
        db,
        sql`select * from ${table} where ${ofCode(organizationId, code)} and version = ${version}`,
      )
      return rows[0]
    },
    history: ({ db, organizationId }, code) =>
      ask(db, sql`select * from ${table} where ${ofCode(organizationId, code)} order by version desc`),
    keep: (ctx, content, revision) => keep(table, ctx, content, revision),
    publish: (ctx, code, revision, how) => publish(table, ctx, code, revision, how),
    retire: (ctx, code) => retire(table, ctx, code),
    discard: (ctx, code) => discard(table, ctx, code),
    ship: (to, contents, at) => ship(table, to, contents, at),
  }
  // The table's own columns come with `select *` and go with `columns`: here they are passed on, never looked at.
  return versions as unknown as Versions<T>
}
