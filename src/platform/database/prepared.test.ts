import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { PREPARED } from './database.ts'

const house = await aHouse()

test('a marked statement is planned once per connection and gives what it is asked each time; others are not kept', async () => {
  await house.write(async ({ tx }) => {
    const twice = (n: number) => sql<{ twice: number }>`${sql.raw(PREPARED)} select ${n}::int * 2 as twice`.execute(tx)
    const answers = [await twice(1), await twice(2), await twice(21)]
    expect(answers.map(({ rows }) => rows[0]!.twice)).toEqual([2, 4, 42])
    const kept = await sql<{ calls: number }>`
      select (generic_plans + custom_plans)::int calls from pg_prepared_statements where statement like '%as twice'`.execute(tx)
    expect(kept.rows).toEqual([{ calls: 3 }])
    await sql`select 1 as plain`.execute(tx)
    expect((await sql`select from pg_prepared_statements where statement like '%as plain'`.execute(tx)).rows).toEqual([])
  })
})
