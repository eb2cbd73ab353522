import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { withClient } from '../../../test/database.ts'
import { aHouse } from '../../../test/house.ts'
import { createLogger } from '../../platform/log.ts'
import { findDemoLoad, type DemoLoad } from '../../rooms/organization/server/index.ts'
import { createOrganizationWithAccounts } from '../../rooms/staff/server/index.ts'
import { evaluateDue } from '../../rooms/agenda/server/index.ts'
import { careSteps } from '../care.ts'
import { readConfig } from '../config.ts'
import { lacksDemonstration, loadDemonstration } from './in-a-child.ts'
import { seedDemonstration } from './seed.ts'

const { house, databaseUrl } = await aHouse()
const dataFolder = mkdtempSync(join(tmpdir(), 'peiban-demo-'))
afterAll(() => rmSync(dataFolder, { recursive: true, force: true }))
const config = readConfig({ PEIBAN_DATA: dataFolder, DATABASE_URL: databaseUrl })
const wanted = { patients: 9, years: 0, seed: 1 }

let count = 0
let organizationId = ''
/** A demonstration of which some members are still to come. */
async function aHalfLoaded(load: Partial<DemoLoad>): Promise<void> {
  const demoLoad = { patients: 12, years: 0, seed: 3, today: '2026-03-02', loaded: 0, ...load }
  const founded = await createOrganizationWithAccounts(house, { slug: `demo-${++count}`, name: '示范', demoLoad })
  organizationId = founded.tenant.id
}
const numbers = () =>
  withClient(databaseUrl, async (client) => {
    // Of the population: whoever the story brings has no number yet.
    const text =
      'select record_number number from patient where organization_id = $1 and record_number is not null order by 1'
    return (await client.query<{ number: string }>(text, [organizationId])).rows.map((row) => row.number)
  })
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => `P${String(from + n).padStart(8, '0')}`)
const stillToCome = async () => (await findDemoLoad(house.databases.none))?.load

beforeEach(() => withClient(databaseUrl, (client) => client.query('update organization set demo_load = null')))

test('where an organization is whole nothing is loaded', async () => {
  expect(await lacksDemonstration(house)).toBe(false)
  expect(await seedDemonstration(house, databaseUrl, wanted)).toBeUndefined()
})

test('a load goes on behind the last member that is there, with what it was begun with', async () => {
  await aHalfLoaded({ loaded: 5 })
  expect(await lacksDemonstration(house)).toBe(true)
  expect(await seedDemonstration(house, databaseUrl, wanted)).toMatchObject({ load: { patients: 12, loaded: 5 } })
  expect(await numbers()).toEqual(numbered(5, 12))
  expect(await lacksDemonstration(house)).toBe(false)
})

test('interrupted anywhere it knows what it has, and ends with every member once', async () => {
  await aHalfLoaded({ patients: 1100 })
  const stumble = () => {
    throw new Error('stumbled')
  }
  await expect(seedDemonstration(house, databaseUrl, { ...wanted, onProgress: stumble })).rejects.toThrow('stumbled')
  // PostgreSQL may still be ending the chunk that was under way.
  await expect
    .poll(async () => [(await stillToCome())!.loaded, (await numbers()).length])
    .toSatisfy(([said, are]) => said === are)
  await seedDemonstration(house, databaseUrl, wanted)
  expect(await numbers()).toEqual(numbered(0, 1100))
})

test('the follow-ups it begins with are spread over working days', { timeout: 120_000 }, async () => {
  await aHalfLoaded({ patients: 600, years: 1 })
  const { tenant } = (await seedDemonstration(house, databaseUrl, wanted))!
  while ((await evaluateDue(house, tenant, careSteps)) > 0);
  const days = await withClient(databaseUrl, async (client) => {
    const text = `select o.due_on::text as day, extract(isodow from o.due_on)::int as weekday, count(*)::int as n
      from occurrence o join plan_run r on r.organization_id = o.organization_id and r.id = o.run_id
      where o.organization_id = $1 and o.step = 'quarterly' group by 1, 2`
    return (await client.query<{ day: string; weekday: number; n: number }>(text, [tenant.id])).rows
  })
  const all = days.reduce((sum, { n }) => sum + n, 0)
  expect(all).toBeGreaterThan(60)
  expect(days.length).toBeGreaterThanOrEqual(8)
  expect(Math.max(...days.map(({ n }) => n))).toBeLessThan(all / 4)
  expect(days.filter(({ weekday }) => weekday > 5)).toEqual([])

  // Who is found by the first look at everybody begins on different days as well.
  const begins = await withClient(databaseUrl, async (client) => {
    const text = `select begins_on::text as day, count(*)::int as n from plan_wait
      where organization_id = $1 and protocol_code = 'blood-pressure-half-yearly' group by 1`
    return (await client.query<{ day: string; n: number }>(text, [tenant.id])).rows
  })
  const waiting = begins.reduce((sum, { n }) => sum + n, 0)
  expect(waiting).toBeGreaterThan(60)
  expect(begins.length).toBeGreaterThanOrEqual(18)
  expect(Math.max(...begins.map(({ n }) => n))).toBeLessThan(waiting / 15)
})

test('two at once load it once', async () => {
  await aHalfLoaded({ patients: 30 })
  const both = await Promise.all([1, 2].map(() => seedDemonstration(house, databaseUrl, wanted)))
  expect(both.filter((done) => done === undefined)).toHaveLength(1)
  expect(await numbers()).toEqual(numbered(0, 30))
})

test('a process of its own finishes it', { timeout: 60_000 }, async () => {
  await aHalfLoaded({ patients: 40, loaded: 10 })
  await loadDemonstration(house, config)
  expect(await numbers()).toEqual(numbered(10, 40))
  expect(await stillToCome()).toBeUndefined()
})

test('asked to stop it ends the process, and what was loaded by then is known', { timeout: 60_000 }, async () => {
  await aHalfLoaded({ patients: 400_000 })
  const stop = new AbortController()
  const ended = loadDemonstration(house, config, stop.signal)
  ended.catch(() => {})
  await expect.poll(async () => (await stillToCome())?.loaded, { timeout: 50_000 }).toBeGreaterThan(0)
  stop.abort()
  await expect(ended).rejects.toMatchObject({ name: 'AbortError' })
  const loaders = () =>
    withClient(databaseUrl, async (client) => {
      const text = `select from pg_stat_activity where application_name in ('peiban-load', 'peiban-demo') and datname = current_database()`
      return (await client.query(text)).rowCount
    })
  await expect.poll(loaders, { timeout: 10_000 }).toBe(0)
  expect((await stillToCome())!.loaded).toBe((await numbers()).length)
})

test('one that fails is explained, and does not keep the house from starting', { timeout: 60_000 }, async () => {
  const lines = new PassThrough()
  const log = createLogger({ destination: lines })
  const elsewhere = { ...config, databaseUrl: 'postgres://nobody@127.0.0.1:1/nowhere' }
  await loadDemonstration({ ...house, log }, elsewhere)
  expect(String(lines.read())).toContain('下次启动会接着装')
})
