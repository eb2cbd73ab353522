import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { populate } from '../src/apps/demo/seed.ts'
import { careSteps } from '../src/apps/care.ts'
import type { Tenant } from '../src/platform/context/context.ts'
import type { Endpoint } from '../src/platform/contract/index.ts'
import { evaluateDue } from '../src/rooms/agenda/server/index.ts'
import { ROLES, type Role } from '../src/rooms/staff/contract/permissions.ts'
import { installShippedProtocols } from '../src/rooms/follow-up/server/index.ts'
import { installShippedTags } from '../src/rooms/tag/server/index.ts'
import { aHouse, type Caller, type TestHouse } from './house.ts'

/**
 * Two organizations in one database: nothing of the one reaches the other, by whatever call, whoever calls, with
 * whichever of the other's ids. Tried with the row-level policies, and without them, so that each wall holds alone.
 */
describe.each([
  ['with the row-level policies', true],
  ['without them', false],
])('%s', (_name, policies) => {
  let house: TestHouse
  let theirs: Tenant
  /** Everything by which the other organization could be recognised: ids, names, numbers. */
  let traces: string[]
  let idsByTable: Map<string, string[]>
  const callers: Pick<Caller, 'name' | 'try'>[] = []

  beforeAll(async () => {
    house = await aHouse({ policies })
    theirs = await house.anOrganization('别家医院')
    await furnish(house, theirs)
    await furnish(house, house.tenant)
    idsByTable = await idsOf(house, theirs)
    traces = await tracesOf(house, theirs)
    for (const role of Object.keys(ROLES) as Role[]) callers.push(await house.as(role))
    callers.push({ name: 'a patient', ...(await house.asPatient(await aPatientOf(house, house.tenant))) })
  })

  test('the other organization has something to hide', () => {
    expect(idsByTable.get('patient')!.length).toBe(12)
    expect(idsByTable.get('observation')!.length).toBeGreaterThan(100)
    expect(traces.length).toBeGreaterThan(500)
  })

  test('no reading endpoint shows a trace of it, whoever asks for whatever id', async () => {
    const endpoints = house.rooms.flatMap((room) => room.routes ?? []).map((route) => route.endpoint).filter((e) => e.method === 'GET')
    const shown: string[] = []
    let answered = 0
    for (const endpoint of endpoints)
      for (const caller of callers)
        for (const params of paramsFor(endpoint, idsByTable)) {
          const answer = await caller.try(endpoint, { params, query: queryFor(endpoint) } as never)
          if (answer.status === 200) answered++
          if (answer.status >= 500) shown.push(`${endpoint.name} broke: ${answer.raw.body.slice(0, 200)}`)
          const trace = traceIn(answer.raw.body, traces, Object.values(params))
          if (trace) shown.push(`${endpoint.name} as ${caller.name} with ${JSON.stringify(params)} shows ${trace}`)
        }
    expect(shown).toEqual([])
    expect(answered).toBeGreaterThan(endpoints.length / 2)
  }, 900_000)

  test('no writing endpoint changes a row of it', async () => {
    const before = await contentOf(house, theirs)
    const endpoints = house.rooms.flatMap((room) => room.routes ?? []).map((route) => route.endpoint)
    for (const endpoint of endpoints.filter((e) => e.method !== 'GET' && !e.upload && e.gate.permission !== 'public'))
      for (const caller of callers)
        for (const params of paramsFor(endpoint, idsByTable)) {
          const answer = await caller.try(endpoint, { params, body: bodyFor(idsByTable) } as never)
          expect.soft(traceIn(answer.raw.body, traces, Object.values(params)), `${endpoint.name} as ${caller.name}`).toBeUndefined()
        }
    expect(await contentOf(house, theirs)).toEqual(before)
  }, 900_000)

  test.runIf(policies)('the second wall holds alone: a statement without any condition sees one organization', async () => {
    const db = house.house.databases.of(house.tenant.id)
    for (const table of ['patient', 'observation', 'task', 'patient_tag', 'audit_entry', 'staff'] as const) {
      const rows = await db.selectFrom(table).select('organization_id').distinct().execute()
      expect(rows.filter((row) => row.organization_id !== house.tenant.id)).toEqual([])
    }
    expect(await house.house.databases.none.selectFrom('patient').select('id').execute()).toEqual([])
  })
})

async function aPatientOf(house: TestHouse, tenant: Tenant): Promise<string> {
  const patients = house.house.databases.of(tenant.id).selectFrom('patient').select('id').where('organization_id', '=', tenant.id)
  return (await patients.where('state', '=', 'active').where('birth_date', 'is not', null).executeTakeFirstOrThrow()).id
}

async function furnish(house: TestHouse, tenant: Tenant): Promise<void> {
  await house.write(async (ctx) => {
    await installShippedTags(ctx)
    await installShippedProtocols(ctx)
  }, tenant)
  const [doctor, manager] = [await house.as('physician', { tenant }), await house.as('service-manager', { tenant })]
  await house.write(
    (ctx) =>
      ctx.tx
        .insertInto('physician_manager')
        .values({ organization_id: tenant.id, physician_id: doctor.staffId, manager_id: manager.staffId, last_assigned_at: null, created_at: ctx.clock.now() })
        .execute(),
    tenant,
  )
  await populate(house.house, house.databaseUrl, tenant, { patients: 12, years: 2, seed: tenant === house.tenant ? 5 : 6 })
  while ((await evaluateDue(house.house, tenant, careSteps)) > 0);
  await house.settle()
}

async function asOwner<T>(house: TestHouse, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: house.databaseUrl })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

const tenantTables = (client: pg.Client) =>
  client.query<{ table_name: string }>(
    `select c.table_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and c.column_name = 'organization_id' and t.table_type = 'BASE TABLE' order by 1`,
  )

async function idsOf(house: TestHouse, tenant: Tenant): Promise<Map<string, string[]>> {
  return asOwner(house, async (client) => {
    const ids = new Map<string, string[]>()
    for (const { table_name } of (await tenantTables(client)).rows) {
      const { rows } = await client.query<{ row: Record<string, unknown> }>(`select to_jsonb(t) row from ${table_name} t where organization_id = $1 limit 400`, [tenant.id])
      ids.set(table_name, rows.map(({ row }) => row['id'] ?? row['patient_id']).filter((v): v is string => typeof v === 'string'))
    }
    return ids
  })
}

async function tracesOf(house: TestHouse, tenant: Tenant): Promise<string[]> {
  const ids = [...(await idsOf(house, tenant)).values()].flat()
  return asOwner(house, async (client) => {
    const names = await client.query<{ name: string }>(
      `select unnest(array[phone_masked, paper_masked, record_number]) name from patient where organization_id = $1
       union select name from staff where organization_id = $1 union select number from card where organization_id = $1`,
      [tenant.id],
    )
    return [...new Set([...ids, tenant.id, tenant.name, ...names.rows.map((row) => row.name).filter(Boolean)])].filter((trace) => !SHARED.test(trace))
  })
}

/** Demonstration numbers both populations have; they say nothing of whose they are. */
const SHARED = /^P0000|^.{0,8}$/

/** An id that the caller handed in may come back in a refusal; anything else of theirs may not. */
function traceIn(body: string, traces: readonly string[], given: readonly string[]): string | undefined {
  return traces.find((trace) => !given.includes(trace) && body.includes(trace))
}

/** Parameters with the other organization's ids: the table the name speaks of, else a few of every table. */
function paramsFor(endpoint: Endpoint, ids: Map<string, string[]>): Record<string, string>[] {
  const names = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1]!)
  if (names.length === 0) return [{}]
  const candidates = (name: string): string[] => {
    const table = name.replace(/Id$/, '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    const known = ids.get(table)
    return known ? known.slice(0, 1) : [...ids.values()].flatMap((list) => list.slice(0, 1)).slice(0, 6)
  }
  return names.reduce<Record<string, string>[]>(
    (sets, name) => sets.flatMap((set) => candidates(name).map((value) => ({ ...set, [name]: value }))).slice(0, 6),
    [{}],
  )
}

function queryFor(endpoint: Endpoint): Record<string, string> {
  return /search/i.test(endpoint.name) ? { q: '王' } : {}
}

/** A body that names the other organization's people under every key a body of ours may have. */
function bodyFor(ids: Map<string, string[]>): Record<string, unknown> {
  const one = (table: string) => ids.get(table)?.[0]
  return {
    patientId: one('patient'), fromId: one('patient'), intoId: ids.get('patient')?.[1], taskId: one('task'), taskIds: [one('task')],
    doctorId: one('staff'), staffId: one('staff'), toId: one('staff'), executorId: one('staff'), cardId: one('card'), reason: '试一试',
    because: '试一试', code: 'obesity', note: '', version: 1,
  }
}

async function contentOf(house: TestHouse, tenant: Tenant): Promise<Record<string, string>> {
  return asOwner(house, async (client) => {
    const contents: Record<string, string> = {}
    for (const { table_name } of (await tenantTables(client)).rows) {
      const { rows } = await client.query<{ hash: string }>(
        `select count(*) || ':' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') hash from ${table_name} t where organization_id = $1`,
        [tenant.id],
      )
      contents[table_name] = rows[0]!.hash
    }
    return contents
  })
}
