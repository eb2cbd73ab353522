import { sql, type Expression, type SqlBool } from 'kysely'

/**
 * Whether a person has followed a link of the mail `alias`; what machines did does not count. Somebody who does not want
 * their reading counted has followed none.
 * @param alias of the table `message` in the caller's statement
 */
export function followedByPerson(alias: string): Expression<SqlBool> {
  const of = (column: string) => sql.ref(`${alias}.${column}`)
  return sql<SqlBool>`exists (select from message_reading f
    where f.organization_id = ${of('organization_id')} and f.message_id = ${of('id')} and f.clicked)`
}
