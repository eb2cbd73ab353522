import { join, resolve } from 'node:path'
import pg from 'pg'
import { assemble, type AssembledHouse } from '../src/apps/assemble.ts'
import { readKey } from '../src/apps/config.ts'
import { loadPopulation } from '../src/apps/demo/load.ts'
import { installContent } from '../src/apps/demo/seed.ts'
import { upgrade } from '../src/apps/open-database.ts'
import { systemActor, type Tenant } from '../src/platform/context/context.ts'
import { write } from '../src/platform/context/house.ts'
import { startEmbedded } from '../src/platform/database/embedded.ts'
import { APPLICATION_ROLE } from '../src/platform/database/migrate.ts'
import { silent } from '../src/platform/log.ts'
import { bindManager, createOrganizationWithAccounts, insertStaff } from '../src/rooms/staff/server/index.ts'

/** A large organization to measure on: loaded once into a data folder of its own and kept for the next run. */
export interface Ground extends AssembledHouse {
  tenant: Tenant
  /** As the owner. */
  databaseUrl: string
  dataFolder: string
  patients: number
}

export async function openGround(patients: number): Promise<Ground> {
  const dataFolder = resolve(process.env['PEIBAN_BENCH_DATA'] ?? 'data', `bench-${patients}`)
  const server = await startEmbedded({ folder: join(dataFolder, 'postgresql'), settings: { max_connections: 100 } })
  await upgrade(server.url, silent)
  const assembled = await assemble({
    databaseUrl: server.url,
    role: APPLICATION_ROLE,
    key: readKey(dataFolder, {}),
    filesFolder: join(dataFolder, 'files'),
    log: silent,
    poolMax: 20,
  })
  const tenant = (await assembled.house.tenants())[0] ?? (await load(assembled, server.url, patients))
  await calm(server.url)
  const close = async (): Promise<void> => {
    await assembled.close()
    await server.stop()
  }
  return { ...assembled, close, tenant, databaseUrl: server.url, dataFolder, patients }
}

/** What fell due since the ground was laid, or was woken by a newer version, is set aside: a measure meets its own work. */
async function calm(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rowCount } = await client.query(
    `update agenda set due_at = null, reason = 'set aside by the bench' where due_at <= now() + interval '1 hour'`,
  )
  if ((rowCount ?? 0) > 10_000) await client.query('vacuum analyze agenda')
  // Lists that came with a newer version sweep through everybody once, for a quarter of an hour.
  await client.query('update segment_fill set finished_at = now() where finished_at is null')
  await client.end()
}

async function load({ house }: AssembledHouse, url: string, patients: number): Promise<Tenant> {
  const started = performance.now()
  const { tenant } = await createOrganizationWithAccounts(house, { slug: 'bench', name: '量一量体检中心' })
  await installContent(house, tenant)
  const teams = await hireTeams(house, tenant, Math.max(2, Math.round(patients / 20_000)))
  const loaded = await loadPopulation(
    url,
    { organizationId: tenant.id, sealer: house.sealer, ids: house.ids, now: house.clock.now(), teams, dueAt: null },
    { seed: 1, count: patients, years: 1, today: house.clock.today(tenant.timeZone), shape: 'uniform' },
    (count) => process.stderr.write(`\rloading ${count} / ${patients}`),
  )
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  // Empty tables are left alone: a plan made for none of a table's rows would be kept when it has filled.
  const { rows } = await client.query<{ name: string }>(
    `select oid::regclass::text name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_relation_size(oid) > 0`,
  )
  for (const { name } of rows) await client.query(`vacuum analyze ${name}`)
  await client.end()
  process.stderr.write('\n')
  print('load', { ...loaded, seconds: seconds(started) })
  return tenant
}

/** Physicians with three managers each, so that everybody's own customers are as many as in a real centre. */
async function hireTeams(house: AssembledHouse['house'], tenant: Tenant, physicians: number) {
  return write(house, { tenant, actor: systemActor(tenant.id, 'bench') }, async (ctx) => {
    const teams: { doctorId: string; managerId: string }[] = []
    const hire = async (login: string, role: string): Promise<string> => {
      const id = ctx.ids.next<string>()
      await insertStaff(ctx.tx, {
        organizationId: tenant.id,
        id,
        login,
        name: login,
        state: 'active',
        passwordHash: null,
        roles: [role],
        now: ctx.clock.now(),
      })
      return id
    }
    for (let n = 0; n < physicians; n++) {
      const doctorId = await hire(`doctor${n}`, 'physician')
      for (let m = 0; m < 3; m++) {
        const managerId = await hire(`manager${n}-${m}`, 'service-manager')
        await bindManager(ctx.tx, tenant.id, doctorId, managerId, ctx.clock.now())
        teams.push({ doctorId, managerId })
      }
    }
    return teams
  })
}

/** One JSON line per measure. */
export function print(measure: string, values: Record<string, unknown>): void {
  console.log(JSON.stringify({ measure, ...values }))
}

export function seconds(since: number): number {
  return Math.round(performance.now() - since) / 1000
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits))
}
