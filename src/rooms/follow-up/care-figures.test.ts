import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { withClient } from '../../../test/database.ts'
import { aHouse } from '../../../test/house.ts'
import { ownPatients, withMine, type Reading } from './server/care-figure-parts.ts'
import { rowsQuery, type CareRowsWanted } from './server/care-figure-rows.ts'
import { controlCodes, controlQuery, keptQuery, seenSteps, standingQuery, visitsQuery } from './server/care-figures.ts'
import { installShippedProtocols } from './server/index.ts'
import { findProtocols } from './server/protocol-store.ts'

/** What the figures of care read: the days they ask for, however many years lie behind. */
const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
const PEOPLE = 60_000
const to = { until: '2026-03-01', to: new Date('2026-03-01T16:00:00Z') }
const span = { ...to, from: '2026-02-23', at: new Date('2026-02-22T16:00:00Z') }
/** A fifth of all that is there. */
const year = { ...to, from: '2025-03-02', at: new Date('2025-03-01T16:00:00Z') }
let ctx: Reading
let own: Reading

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  Plans?: Plan[]
}
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]
const planOf = async (query: ReturnType<typeof sql>) => {
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: Plan }] }>`explain (format json) ${query}`.execute(db)
  const all = nodes(rows[0]!['QUERY PLAN'][0].Plan)
  const scanned = all.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'])
  // Rows of one day are put in order by the little; what sorts all of them says so.
  const sorted = all.some((node) => node['Node Type'] === 'Sort')
  return { indexes: all.map((node) => node['Index Name']), scanned, sorted }
}

beforeAll(async () => {
  await house.write(installShippedProtocols)
  const actor = (roles: string[], id: string | null) => ({
    kind: 'staff',
    organizationId: house.tenant.id,
    id,
    name: '',
    roles,
    permissions: new Set<string>(),
  })
  const nurse = await house.as('service-manager')
  const common = { db, organizationId: house.tenant.id, clock: house.clock, today: '2026-03-02' }
  ctx = { ...common, actor: actor(['quality-lead'], house.house.ids.next()) as never }
  own = { ...common, actor: actor(['service-manager'], nurse.staffId) as never }
  await withClient(house.databaseUrl, async (client) => {
    await client.query(
      `with people as (
         insert into patient (organization_id, id, name, sex, birth_date, manager_id, created_at, updated_at)
         select $1, gen_random_uuid(), '客' || n, 'male', '1960-01-01', case when n % 200 = 0 then $4::uuid end, $2, $2 from generate_series(1, $3) n returning id),
       numbered as (select id, (row_number() over ())::int n from people),
       plans as (
         insert into plan_run (organization_id, id, patient_id, protocol_code, protocol_version, entry_key, anchor_on, state, exit_reason, started_at, started_by_name, ended_at)
         select $1, gen_random_uuid(), id, 'hypertension', 1, 'test', '2021-01-01', case when n % 2 = 0 then 'active' else 'exited' end,
           case when n % 2 = 1 then 'lost' end, '2021-01-01'::timestamptz + (n % 1880) * interval '1 day', 'test',
           case when n % 2 = 1 then '2021-01-02'::timestamptz + (n % 1880) * interval '1 day' end
         from numbered returning id, patient_id)
       insert into occurrence (organization_id, id, run_id, patient_id, step, track, sequence, window_from, due_on, window_until, state, class, actual_on, settled_at, created_at)
       select $1, gen_random_uuid(), id, patient_id, 'quarterly', 'visit', 1, ends, ends, ends, 'done', 'satisfied', ends, $2, $2
       from (select id, patient_id, '2021-01-01'::date + (row_number() over ())::int % 1900 as ends from plans) spread`,
      [house.tenant.id, house.clock.now(), PEOPLE, nurse.staffId],
    )
    await client.query('vacuum analyze patient, plan_run, occurrence, contact_attempt')
  })
}, 120_000)

test('each count of the house reads its days by an index', async () => {
  const protocols = await findProtocols(db, house.tenant.id)
  const steps = seenSteps(protocols)
  const nobody = withMine(undefined)
  const asked: [ReturnType<typeof sql>, string, string[]][] = [
    [visitsQuery(ctx, span, steps, false, nobody), 'occurrence_window_end', ['occurrence']],
    [controlQuery(ctx, span, controlCodes(protocols), false, nobody), 'occurrence_classed', ['occurrence']],
    [standingQuery(ctx, span, false, nobody), 'plan_run_ended', []],
    [standingQuery(ctx, span, false, nobody), 'plan_run_going', ['plan_run']],
    [keptQuery(ctx, span, false, nobody), 'plan_run_began', ['plan_run']],
  ]
  for (const [query, index, never] of asked) {
    const { indexes, scanned } = await planOf(query)
    expect(indexes).toContain(index)
    expect(scanned.filter((table) => never.includes(table!))).toEqual([])
  }
})

test('so does a page of the rows behind each, and what somebody asks of their own people never reads everybody', async () => {
  const protocols = await findProtocols(db, house.tenant.id)
  const rowsOf = (figure: CareRowsWanted['figure'], part: CareRowsWanted['part']) => {
    const wanted = { figure, part, protocol: 'hypertension', own: false, after: undefined, limit: 51 }
    return planOf(rowsQuery(ctx, span, wanted, protocols, [], undefined))
  }
  expect((await rowsOf('completion', 'rest')).indexes).toContain('occurrence_window_end')
  expect((await rowsOf('control', 'all')).indexes).toContain('occurrence_classed')
  expect((await rowsOf('lost', 'counting')).indexes).toContain('plan_run_ended')
  expect((await rowsOf('retention', 'all')).indexes).toContain('plan_run_began')
  const mine = withMine(ownPatients(own))
  const queries = [
    visitsQuery(own, span, seenSteps(protocols), true, mine),
    controlQuery(own, span, controlCodes(protocols), true, mine),
    standingQuery(own, span, true, mine),
    keptQuery(own, span, true, mine),
  ]
  for (const query of queries) {
    const { scanned } = await planOf(query)
    expect(scanned.filter((table) => ['patient', 'occurrence', 'plan_run'].includes(table!))).toEqual([])
  }
})

test('a page of the rows of a year takes its rows from the newest on, and neither joins nor sorts the year', async () => {
  const protocols = await findProtocols(db, house.tenant.id)
  for (const figure of ['completion', 'onTime', 'recheck', 'control', 'lost', 'retention'] as const)
    for (const part of ['all', 'counting'] as const)
      for (const protocol of [undefined, 'hypertension']) {
        const wanted = { figure, part, protocol, own: false, after: undefined, limit: 51 }
        const { scanned, sorted } = await planOf(rowsQuery(ctx, year, wanted, protocols, [], undefined))
        expect([figure, part, scanned, sorted]).toEqual([figure, part, [], false])
      }
})
