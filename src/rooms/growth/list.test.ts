import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { withClient } from '../../../test/database.ts'
import { readContext } from '../../platform/context/house.ts'
import { enrolledQuery } from './server/list-store.ts'

const house = await aHouse()
const ENROLLED = 4000

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  Plans?: Plan[]
}
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]

test('a page of the list walks along its index from where the last one ended, and sorts nothing', async () => {
  const manager = await house.as('service-manager')
  await withClient(house.databaseUrl, async (client) => {
    await client.query(
      `with added as (
         insert into patient (organization_id, id, name, sex, birth_date, manager_id, created_at, updated_at)
         select $1, gen_random_uuid(), '孩' || n, 'male', '2017-01-01', $2, $3, $3 from generate_series(1, $4) n returning id)
       insert into growth_enrolment (organization_id, id, patient_id, started_on, ends_on, own_consent_from, next_on, created_at, created_by_name)
       select $1, gen_random_uuid(), id, '2026-01-01', '2032-01-01', '2031-01-01',
         '2026-01-01'::date + (row_number() over ())::int % 200, $3, 'test' from added`,
      [house.tenant.id, manager.staffId, house.clock.now(), ENROLLED],
    )
    await client.query('analyze patient; analyze growth_enrolment; analyze growth_item; analyze observation')
  })
  const ctx = readContext(house.house, {
    tenant: house.tenant,
    actor: {
      kind: 'staff',
      organizationId: house.tenant.id,
      id: manager.staffId,
      name: '',
      roles: ['service-manager'],
      permissions: new Set(),
    },
  })
  for (const after of [undefined, { nextOn: '2026-05-01', id: '80000000-0000-4000-8000-000000000000' }]) {
    const query = enrolledQuery(ctx, { due: false, after, limit: 51 })
    const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: Plan }] }>`explain (format json) ${query}`.execute(ctx.db)
    const plan = nodes(rows[0]!['QUERY PLAN'][0].Plan)
    expect(plan.map((node) => node['Index Name'])).toContain('growth_enrolment_due')
    expect(plan.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'])).not.toContain(
      'patient',
    )
    expect(
      plan.filter(
        (node) =>
          node['Node Type'] === 'Sort' && nodes(node).some((one) => one['Relation Name'] === 'growth_enrolment'),
      ),
    ).toEqual([])
    const page = await query.execute(ctx.db)
    expect(page.rows).toHaveLength(51)
  }
})
