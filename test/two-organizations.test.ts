import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { furnishRooms, installContent, populate } from '../src/apps/demo/seed.ts'
import { careSteps } from '../src/apps/care.ts'
import type { Tenant } from '../src/platform/context/context.ts'
import type { Endpoint } from '../src/platform/contract/index.ts'
import { evaluateDue } from '../src/rooms/agenda/server/index.ts'
import { CARE_FIGURES } from '../src/rooms/care-figures/contract/care-figures.ts'
import { STAGES } from '../src/rooms/lifecycle/contract/words.ts'
import { ROLES, type Role } from '../src/rooms/staff/contract/permissions.ts'
import { furnishRest } from './furnish-rest.ts'
import { aHouse, type Caller, type TestHouse } from './house.ts'
import { ownParams, ownRows, saysSomething } from './own-answers.ts'

/**
 * Two organizations in one database: nothing of the one reaches the other, by whatever call, whoever calls, with
 * whichever of the other's ids. Tried with the row-level policies, and without them, so that each wall holds alone.
 */
describe.each([
  ['with the row-level policies', true],
  ['without them', false],
])('%s', async (_name, policies) => {
  const house = await aHouse({ policies })
  let theirs: Tenant
  /** Everything by which the other organization could be recognised: ids, names, numbers. */
  let traces: Traces
  let idsByTable: Map<string, string[]>
  const callers: Pick<Caller, 'name' | 'try'>[] = []
  /** Those of the own organization whose people, tasks and notes there are. */
  let own: Own

  beforeAll(async () => {
    theirs = await house.anOrganization('别家医院')
    await furnish(house, theirs)
    own = await furnish(house, house.tenant)
    idsByTable = await idsOf(house, theirs)
    traces = withoutShared(await tracesOf(house, theirs), await tracesOf(house, house.tenant))
    for (const role of Object.keys(ROLES) as Role[]) callers.push(await house.as(role))
    callers.push({ name: 'a patient', ...(await house.asPatient(await aPatientOf(house, house.tenant))) })
  }, 600_000)

  test('the other organization has something to hide', () => {
    expect(idsByTable.get('patient')!.length).toBeGreaterThan(MEMBERS)
    expect(idsByTable.get('observation')!.length).toBeGreaterThan(100)
    expect(traces.ids.size).toBeGreaterThan(1200)
    expect(traces.words.length).toBeGreaterThan(30)
  })

  // With empty hands nothing leaks: what is to be seen through must hold something, on both sides.
  test.runIf(policies)('every reading endpoint tells something of its own organization', async () => {
    const tables = await asOwner(house, (client) => ownRows(client, house.tenant.id))
    const silent: string[] = []
    for (const endpoint of readingOf(house)) {
      if (endpoint.name in SILENT) continue
      if (!(await tells(endpoint, own, tables))) silent.push(`${endpoint.name} ${endpoint.path}`)
    }
    expect(silent).toEqual([])
    const names = new Set(readingOf(house).map(({ name }) => name))
    expect(Object.keys(SILENT).filter((name) => !names.has(name))).toEqual([])
  }, 900_000)

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

/** Of each organization; the sample of a few rooms comes on top. */
const MEMBERS = 24

/**
 * Why an endpoint need not tell anything here. Each of these reads what no sample can hold, or nothing of an organization.
 */
const SILENT: Record<string, string> = {
  'condition.kinds': 'what may be asked of anybody, the same for everybody',
  'condition.choices': 'no list bears the name of a row; src/platform/condition/ask-forms.test.ts holds what they tell',
  'audit.listVerifications': 'made by a nightly round over a log; names no patient',
  'health-report.countWaiting': 'a number that is nought once all is set',
  'health-report.listSealed': 'hepatitis B alone, by a wish on paper; sealed.test.ts holds who sees it',
  'health-report.openSealed': 'as above',
  'media.picture': 'pictures that come with Peiban, the same for everybody',
  'media.myPicture': 'as above',
  'follow-up.pathwayContent': 'forms that come with Peiban, the same for everybody',
  'recording.sound': 'for whoever has just opened it to listen; listen.test.ts holds who that is',
  'recording.transcript': 'for whoever has just opened it to listen; transcript.test.ts holds who that is',
  'recording.myStream': 'a call that an exchange is just bringing; audio-socket.test.ts holds whose it is',
  'interpretation.openTalk': 'for the doctor of a talk that is just being held',
}

/** Names that stand in no table, since what has not been changed is read from content. */
const ALSO: Record<string, Record<string, string[]>> = {
  'message.getTemplate': { code: ['report-ready'] },
  'specialtyPack.read': { code: ['chronic', 'mind'] },
}

type Tables = Awaited<ReturnType<typeof ownRows>>
type Query = Record<string, string>

/** What a list is asked for, where it shows one part of it unless another is named, or needs words to answer at all. */
const ASKED: Record<string, (tables: Tables) => Query[]> = {
  'care-stage.list': () => [{ stage: 'first-visit' }],
  'lifecycle.list': () => STAGES.map((stage) => ({ stage })),
  'stageSummary.list': () => [{ filter: 'sent' }],
  'follow-up.list': () => [{ state: 'all' }],
  'interpretation.list': () => ['today', 'waiting', 'offered', 'booked', 'questions', 'missed', 'done'].map((list) => ({ list })),
  'observation.courses': () => [{ codes: 'height,weight,sbp' }],
  'observation.compareReports': (tables) => {
    const byPatient = Map.groupBy(tables.get('report') ?? [], (row) => row['patient_id'])
    return [...byPatient.values()].filter((rows) => rows.length > 1).slice(0, 12).map((rows) => ({ reports: `${rows[0]!['id']},${rows[1]!['id']}` }))
  },
  'care-figures.rows': () => CARE_FIGURES.map((figure) => ({ figure })),
  'readership.figures': () => [{ from: '2026-03-01', to: '2026-03-02' }],
  'readership.rows': () => [{ from: '2026-03-01', to: '2026-03-02', template: 'thinking-of-you', of: 'seen' }],
  'audit.export': () => [{ from: '2026-03-01T00:00:00Z', until: '2026-03-31T00:00:00Z' }],
}

interface Own {
  staff: Pick<Caller, 'try'>[]
  patients: Pick<Caller, 'try'>[]
}

const readingOf = (house: TestHouse): Endpoint[] =>
  house.rooms
    .flatMap((room) => room.routes ?? [])
    .map((route) => route.endpoint)
    .filter(({ method, gate }) => method === 'GET' && gate.permission !== 'public' && gate.permission !== 'signing-in')

/** Whether anybody who may is told anything, for any of the own ids. */
async function tells(endpoint: Endpoint, own: Own, tables: Tables): Promise<boolean> {
  const isPatients = endpoint.gate.permission === 'patient'
  const queries = ASKED[endpoint.name]?.(tables) ?? [queryFor(endpoint)]
  const inputs = ownParams(endpoint, tables, ALSO[endpoint.name]).flatMap((params) => queries.map((query) => ({ params, query })))
  for (const input of inputs)
    for (const caller of isPatients ? own.patients : own.staff) {
      const answer = await caller.try(endpoint, input as never)
      if (answer.status !== 200) continue
      const isJson = String(answer.raw.headers['content-type']).includes('json')
      if (isJson ? saysSomething(answer.body) : answer.raw.rawPayload.length > 0) return true
    }
  return false
}

/** Content, members, what each room furnishes for a demonstration, its story, and what is still missing then. */
async function furnish(house: TestHouse, tenant: Tenant): Promise<Own> {
  await installContent(house.house, tenant)
  const staff = new Map<Role, Caller>()
  for (const role of Object.keys(ROLES) as Role[]) staff.set(role, await house.as(role, { tenant, name: `${tenant.name} ${role}` }))
  const [doctor, manager] = [staff.get('physician')!, staff.get('service-manager')!]
  await house.write(
    (ctx) =>
      ctx.tx
        .insertInto('physician_manager')
        .values({ organization_id: tenant.id, physician_id: doctor.staffId, manager_id: manager.staffId, last_assigned_at: null, created_at: ctx.clock.now() })
        .execute(),
    tenant,
  )
  await populate(house.house, house.databaseUrl, tenant, { patients: MEMBERS, years: 2, seed: tenant === house.tenant ? 5 : 6 })
  await furnishRooms(house.house, tenant)
  await furnishRest(house, tenant, staff)
  while ((await evaluateDue(house.house, tenant, careSteps)) > 0);
  await house.settle()
  const patients = await peopleWhoComeIn(house, tenant)
  return {
    staff: [...staff.values()],
    patients: await Promise.all(patients.map((id) => house.asPatient(id, { tenant }))),
  }
}

/** Those first of whom most is known. */
async function peopleWhoComeIn(house: TestHouse, tenant: Tenant): Promise<string[]> {
  const rows = await house.house.databases
    .of(tenant.id)
    .selectFrom('patient as p')
    .select('p.id')
    .where('p.organization_id', '=', tenant.id)
    .where('p.state', '=', 'active')
    .where('p.birth_date', 'is not', null)
    .orderBy((e) => e.selectFrom('message as m').whereRef('m.patient_id', '=', 'p.id').select((f) => f.fn.countAll().as('n')), 'desc')
    .limit(30)
    .execute()
  return rows.map(({ id }) => id)
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

interface Traces {
  ids: ReadonlySet<string>
  words: readonly string[]
}

async function tracesOf(house: TestHouse, tenant: Tenant): Promise<Traces> {
  const ids = [...(await idsOf(house, tenant)).values()].flat()
  return asOwner(house, async (client) => {
    const names = await client.query<{ name: string }>(
      `select unnest(array[phone_masked, paper_masked, record_number]) name from patient where organization_id = $1
       union select name from staff where organization_id = $1 union select number from card where organization_id = $1`,
      [tenant.id],
    )
    const words = [tenant.name, ...names.rows.map((row) => row.name).filter(Boolean)].filter((word) => !SHARED.test(word))
    return { ids: new Set([...ids.filter((id) => UUID.test(id)), tenant.id]), words: [...new Set(words)] }
  })
}

/** What both have, as the same sample furnished both, says nothing of whose it is. */
function withoutShared(their: Traces, own: Traces): Traces {
  return { ids: their.ids, words: their.words.filter((word) => !own.words.includes(word)) }
}

/** Demonstration numbers both populations have; they say nothing of whose they are. */
const SHARED = /^P0000|^.{0,8}$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const UUIDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** An id that the caller handed in may come back in a refusal; anything else of theirs may not. */
function traceIn(body: string, { ids, words }: Traces, given: readonly string[]): string | undefined {
  for (const [id] of body.matchAll(UUIDS)) if (ids.has(id) && !given.includes(id)) return id
  return words.find((word) => !given.includes(word) && body.includes(word))
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
