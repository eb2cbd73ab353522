import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, inject, onTestFinished, TestRunner } from 'vitest'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { assemble } from '../src/apps/assemble.ts'
import { travellingClock, type TravellingClock } from '../src/platform/clock.ts'
import { systemActor, type Tenant, type WriteContext } from '../src/platform/context/context.ts'
import { write, type House } from '../src/platform/context/house.ts'
import type { Room } from '../src/platform/context/room.ts'
import type { CallOf, Endpoint, OutputOf } from '../src/platform/contract/index.ts'
import { APPLICATION_ROLE } from '../src/platform/database/migrate.ts'
import { dispatchEvents } from '../src/platform/events/dispatcher.ts'
import { retryDeliveries } from '../src/platform/events/retry.ts'
import { createServer } from '../src/platform/http/server.ts'
import { NO_LIMITS } from '../src/platform/mail/pace/provider.ts'
import { silent } from '../src/platform/log.ts'
import type { StandInUrls } from '../src/platform/stand-in.ts'
import { authenticateProxy } from '../src/rooms/family/server/index.ts'
import { authenticatePatient, openPatientSession, openWay } from '../src/rooms/patient-access/server/index.ts'
import type { Role } from '../src/rooms/staff/contract/permissions.ts'
import { authenticate, insertStaff, openSession } from '../src/rooms/staff/server/index.ts'
import { dropDatabase, likeTemplate, withClient } from './database.ts'

export interface TestHouse {
  house: House
  rooms: readonly Room[]
  clock: TravellingClock
  app: FastifyInstance
  /** Of this file's database, as the owner of the tables. */
  databaseUrl: string
  filesFolder: string
  key: Buffer
  /** The first organization; `anOrganization()` makes more. */
  tenant: Tenant
  anOrganization(name?: string): Promise<Tenant>
  /** A signed-in member of staff with these roles. */
  as(roles: Role | Role[], options?: { tenant?: Tenant; name?: string; login?: string; departmentId?: string }): Promise<Caller>
  /** A patient who has come in by a link, with a session as on a phone of their own. */
  asPatient(patientId: string, options?: { tenant?: Tenant }): Promise<PatientCaller>
  /** Runs a use case as the system, in one transaction. */
  write<T>(use: (ctx: WriteContext) => Promise<T>, tenant?: Tenant): Promise<T>
  /** Delivers all events and runs all waiting jobs, until nothing is left. */
  settle(): Promise<void>
}

export interface Caller {
  staffId: string
  name: string
  tenant: Tenant
  token: string
  /** Calls an endpoint over HTTP and returns its parsed answer; fails the test when it is refused. */
  call<E extends Endpoint>(endpoint: E, input?: CallOf<E>): Promise<OutputOf<E>>
  /** Calls an endpoint and returns whatever came. */
  try<E extends Endpoint>(endpoint: E, input?: CallOf<E>, options?: { locale?: 'zh-CN' | 'en' }): Promise<Answer>
}

export type PatientCaller = Pick<Caller, 'tenant' | 'token' | 'call' | 'try'> & { patientId: string }

export interface Answer {
  status: number
  code: string | undefined
  body: unknown
  raw: LightMyRequestResponse
}

/** 10:00 on a Monday in Shanghai. */
export const TEST_NOW = '2026-03-02T02:00:00Z'

/**
 * A whole house on a database of its own, for one test file. Closed by itself at the end of the file, or of the test that made it.
 * @param options.policies false works as the owner, so that only the store functions keep organizations apart
 * @param options.smtpUrl where mails are sent; without it they stay in the outbox
 * @param options.smsUrls stand-ins that short messages are sent to; nothing may leave the machine
 * @param options.wechatUrls stand-ins of WeChat and WeCom, likewise
 * @param options.recogniserUrl a stand-in that turns speech into text; without it there is none
 * @param options.standIns where accounts of a demonstration go; filled in by the test
 */
export async function aHouse(options: { policies?: boolean; now?: string; smtpUrl?: string; smsUrls?: { aliyun?: string; tencent?: string }; wechatUrls?: { wechat?: string; wecom?: string }; recogniserUrl?: string; standIns?: StandInUrls; on?: Standing } = {}): Promise<TestHouse> {
  if (options.on) return aSecondHouse(options.on, options)
  const name = `peiban_${randomBytes(6).toString('hex')}`
  const serverUrl = inject('serverUrl')
  const administer = (sql: string) => withClient(serverUrl.replace('DATABASE', 'postgres'), (client) => client.query(sql))
  await administer(likeTemplate(name, inject('templateDatabase')))
  const folder = mkdtempSync(join(inject('scratchFolder'), 'house-'))
  const clock = travellingClock(options.now ?? TEST_NOW)
  const databaseUrl = serverUrl.replace('DATABASE', name)
  const key = randomBytes(32)
  let shut = async () => {}
  // Registered before anything can fail, each step whatever became of the one before it.
  closing(async () => {
    try {
      await shut()
    } finally {
      rmSync(folder, { recursive: true, force: true })
      await dropDatabase(serverUrl, name)
    }
  })
  const { house, rooms, close, app } = await assembled({ databaseUrl, key, filesFolder: folder, clock }, options)
  shut = async () => {
    try {
      await app.close()
    } finally {
      await close()
    }
  }
  return furnish({ house, rooms, clock, app, databaseUrl, filesFolder: folder, key })
}

/** At the end of the test that asks, or else of the file: a hook of the file that a test registers is never called. */
function closing(close: () => Promise<void>): void {
  if (TestRunner.getCurrentTest()) onTestFinished(close, 60_000)
  else afterAll(close)
}

/** What stands already: a database that was restored, with the clock, the key and the data folder it is opened with. */
export interface Standing {
  databaseUrl: string
  key: Buffer
  filesFolder: string
  clock: TravellingClock
}

type HouseOptions = NonNullable<Parameters<typeof aHouse>[0]>

async function assembled({ databaseUrl, key, filesFolder, clock }: Standing, options: HouseOptions) {
  const made = await assemble({
    databaseUrl,
    role: options.policies === false ? undefined : APPLICATION_ROLE,
    key,
    filesFolder,
    smtpUrl: options.smtpUrl,
    mailLimits: NO_LIMITS,
    // A port that nobody listens at.
    smsUrls: { aliyun: 'http://127.0.0.1:1', tencent: 'http://127.0.0.1:1', ...options.smsUrls },
    wechatUrls: { wechat: 'http://127.0.0.1:1', wecom: 'http://127.0.0.1:1', ...options.wechatUrls },
    ...(options.recogniserUrl ? { recogniser: { url: options.recogniserUrl, model: 'whisper-test' } } : {}),
    ...(options.standIns ? { standIns: options.standIns } : {}),
    log: silent,
    clock,
    poolMax: 10,
  })
  const { house, rooms } = made
  const app = await createServer({
    house,
    routes: rooms.flatMap((room) => room.routes ?? []),
    authenticate: (request) => authenticate(house, request),
    authenticatePatient: (request) => authenticatePatient(house, request),
    authenticateProxy: (request) => authenticateProxy(house, request),
    ready: async () => true,
    version: 'test',
  })
  return { ...made, app }
}

/** Closed with the file like the first; its database and folder are those of whoever made them. */
async function aSecondHouse(on: Standing, options: HouseOptions): Promise<TestHouse> {
  const { house, rooms, close, app } = await assembled(on, options)
  closing(async () => {
    await app.close()
    await close()
  })
  const [tenant] = await house.tenants()
  return furnish({ ...on, house, rooms, app }, tenant)
}

type Bare = Pick<TestHouse, 'house' | 'rooms' | 'clock' | 'app' | 'databaseUrl' | 'filesFolder' | 'key'>

async function furnish(bare: Bare, standing?: Tenant): Promise<TestHouse> {
  const { house, rooms, clock, app } = bare
  let count = 0
  const anOrganization = async (name = `测试医院${++count}`): Promise<Tenant> => {
    const id = house.ids.next()
    await house.databases
      .of(id)
      .insertInto('organization')
      .values({ id, slug: `test-${count}-${id.slice(-6)}`, name, phone: null, address: null, logo_file: null, created_at: clock.now() })
      .execute()
    return { id, name, timeZone: 'Asia/Shanghai', locale: 'zh-CN' }
  }
  const tenant = standing ?? (await anOrganization())
  const asSystem = (of: Tenant) => ({ tenant: of, actor: systemActor(of.id, 'test') })
  return {
    ...bare,
    tenant,
    anOrganization,
    write: (use, of = tenant) => write(house, asSystem(of), use),
    async as(roles, options = {}) {
      const of = options.tenant ?? tenant
      const list = [roles].flat()
      const staffId = house.ids.next()
      const name = options.name ?? `${list[0]} ${++count}`
      const token = await write(house, asSystem(of), async (ctx) => {
        await insertStaff(ctx.tx, {
          organizationId: of.id,
          id: staffId,
          login: options.login ?? `staff${count}-${staffId.slice(-6)}`,
          name,
          departmentId: options.departmentId ?? null,
          state: 'active',
          passwordHash: null,
          roles: list,
          now: clock.now(),
        })
        return openSession(ctx, staffId, { secondFactor: true, address: '127.0.0.1', userAgent: 'test' })
      })
      return caller(app, { staffId, name, tenant: of, token })
    },
    async asPatient(patientId, { tenant: of = tenant } = {}) {
      const { token } = await write(house, asSystem(of), async (ctx) => {
        const way = await openWay(ctx, patientId, { page: '/my' })
        return openPatientSession(ctx, { patientId, wayId: way.id, stays: true, device: 'phone' })
      })
      return { ...caller(app, { staffId: '', name: '', tenant: of, token }, 'peiban_patient'), patientId }
    },
    settle: async () => {
      const listeners = rooms.flatMap((room) => room.listeners ?? [])
      const handlers = rooms.flatMap((room) => room.jobs ?? [])
      for (let moved = 1; moved > 0; )
        moved =
          (await dispatchEvents(house, listeners)) +
          (await retryDeliveries(house, listeners)) +
          (await house.jobs.drain(house, handlers))
    },
  }
}

function caller(
  app: FastifyInstance,
  who: Pick<Caller, 'staffId' | 'name' | 'tenant' | 'token'>,
  cookie = 'peiban_session',
): Caller {
  const send = async (endpoint: Endpoint, input: unknown, options: { locale?: 'zh-CN' | 'en' } = {}): Promise<Answer> => {
    const { params = {}, query = {}, body } = (input ?? {}) as { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }
    const url = `/api${endpoint.path.replace(/:(\w+)/g, (_whole, key: string) => encodeURIComponent(params[key] ?? ''))}`
    const raw = await app.inject({
      method: endpoint.method,
      url,
      query: Object.fromEntries(Object.entries(query).filter(([, v]) => v !== undefined).map(([k, v]) => [k, String(v)])),
      headers: { 'x-peiban': '1', 'x-peiban-locale': options.locale ?? 'zh-CN' },
      cookies: who.token ? { [cookie]: who.token } : {},
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const json = String(raw.headers['content-type'] ?? '').includes('json') && raw.body ? (raw.json() as unknown) : undefined
    return { status: raw.statusCode, code: (json as { code?: string } | undefined)?.code, body: json, raw }
  }
  return {
    ...who,
    try: (endpoint, input, options) => send(endpoint, input, options),
    call: async (endpoint, input) => {
      const answer = await send(endpoint, input)
      if (answer.status !== 200) throw new Error(`${endpoint.name} answered ${answer.status}: ${answer.raw.body.slice(0, 500)}`)
      return answer.body as never
    },
  }
}

/** A caller without a session. */
export function nobody(test: TestHouse): Caller {
  return caller(test.app, { staffId: '', name: '', tenant: test.tenant, token: '' })
}

/** A caller with a session token from elsewhere, such as the cookie of a sign-in. */
export function visitor(test: TestHouse, token: string): Caller {
  return caller(test.app, { staffId: '', name: '', tenant: test.tenant, token })
}
