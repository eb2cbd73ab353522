import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { withClient } from '../../../test/database.ts'
import { aHouse } from '../../../test/house.ts'
import { coverageQuery, coveredQuery } from './server/call-figures.ts'
import { installShippedProtocols } from './server/index.ts'

/** What the figures of calls read: the days they ask for, however many years lie behind. */
const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
const FOLLOW_UPS = 20_000
const STEPS = ['hypertension 1 visit']
const week = { from: '2026-02-23', until: '2026-03-01' }

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Plans?: Plan[]
}
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]
const planOf = async (query: ReturnType<typeof coverageQuery> | ReturnType<typeof coveredQuery>) => {
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: Plan }] }>`explain (format json) ${query}`.execute(db)
  return nodes(rows[0]!['QUERY PLAN'][0].Plan)
}

beforeAll(async () => {
  await house.write(installShippedProtocols)
  await withClient(house.databaseUrl, async (client) => {
    await client.query(
      `with people as (
         insert into patient (organization_id, id, name, sex, birth_date, created_at, updated_at)
         select $1, gen_random_uuid(), '客' || n, 'male', '1960-01-01', $2, $2 from generate_series(1, $3) n returning id),
       plans as (
         insert into plan_run (organization_id, id, patient_id, protocol_code, protocol_version, entry_key, anchor_on, state, started_at, started_by_name)
         select $1, gen_random_uuid(), id, 'hypertension', 1, 'test', '2021-01-01', 'active', $2, 'test' from people returning id, patient_id)
       insert into occurrence (organization_id, id, run_id, patient_id, step, track, sequence, window_from, due_on, window_until, state, settled_at, created_at)
       select $1, gen_random_uuid(), id, patient_id, 'visit', 'main', 1, ends, ends, ends, 'missed', $2, $2
       from (select id, patient_id, '2021-01-01'::date + (row_number() over ())::int % 1900 as ends from plans) spread`,
      [house.tenant.id, house.clock.now(), FOLLOW_UPS],
    )
    await client.query('analyze patient; analyze plan_run; analyze occurrence; analyze contact_attempt')
  })
})

test('coverage of a week reads the week by its index', async () => {
  const query = coverageQuery({ organizationId: house.tenant.id }, week, STEPS)
  const plan = await planOf(query)
  expect(plan.map((node) => node['Index Name'])).toContain('occurrence_window_end')
  expect(plan.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'])).not.toContain(
    'occurrence',
  )
  const { rows } = await query.execute(db)
  expect(rows).toHaveLength(7)
  expect(rows.every(({ due, tried }) => due > 0 && tried === 0)).toBe(true)
})

test('so does a page of the rows behind it', async () => {
  const wanted = { ...week, departmentId: undefined, triedOnly: false, after: undefined, limit: 21 }
  const query = coveredQuery({ organizationId: house.tenant.id }, wanted, STEPS)
  const plan = await planOf(query)
  expect(plan.map((node) => node['Index Name'])).toContain('occurrence_window_end')
  const { rows } = await query.execute(db)
  expect(rows).toHaveLength(21)
  const days = rows.map(({ windowUntil }) => windowUntil)
  expect(days).toEqual(days.toSorted().toReversed())
})
