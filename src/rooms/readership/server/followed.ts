import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely'

/**
 * Whether a person has followed a link of the mail `alias`; what machines did does not count. Somebody who does not want
 * their reading counted has followed none.
 * @param alias of the table `message` in the caller's statement
 */
export function followedByPerson(alias: string): Expression<SqlBool> {
  return readingOf(alias, sql`f.clicked`)
}

/** Whether a person has looked at the mail `alias`: a link that is followed counts as looked at. */
export function seenByPerson(alias: string): Expression<SqlBool> {
  return readingOf(alias, sql`f.seen`)
}

/** Whether something has fetched the mail `alias`, and all of it was machines: a letter box that loads ahead, a gateway. */
export function fetchedByMachine(alias: string): Expression<SqlBool> {
  return readingOf(alias, sql`f.raw and not f.seen`)
}

function readingOf(alias: string, what: RawBuilder<unknown>): Expression<SqlBool> {
  const of = (column: string) => sql.ref(`${alias}.${column}`)
  return sql<SqlBool>`exists (select from message_reading f
    where f.organization_id = ${of('organization_id')} and f.message_id = ${of('id')} and ${what})`
}
