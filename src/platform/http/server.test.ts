import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { aHouse, type Caller } from '../../../test/house.ts'
import { withClient } from '../../../test/database.ts'
import { authenticatePatient } from '../../rooms/patient-access/server/index.ts'
import { registerPatient } from '../../rooms/patient/server/index.ts'
import { authenticate } from '../../rooms/staff/server/index.ts'
import { endpoint } from '../contract/endpoint.ts'
import { defineProblems } from '../contract/problem.ts'
import { ownPatientId } from '../context/context.ts'
import { opens, reads, writes } from '../context/room.ts'
import { createServer } from './server.ts'

const problem = defineProblems({ NotFound: 404, ChangedMeanwhile: 409 })
const noted = { action: 'probe.note' }
const output = z.object({ label: z.string() })
const body = z.object({ label: z.string().min(2), size: z.object({ heightCm: z.number().positive() }).optional() })

const look = endpoint({
  name: 'probe.look',
  method: 'GET',
  path: '/probe',
  summary: 'Look',
  gate: { permission: 'patient.read', audit: { action: 'probe.look' } },
  query: z.object({ limit: z.coerce.number().max(9).default(3) }),
  output,
})
const note = endpoint({
  name: 'probe.note',
  method: 'POST',
  path: '/probe',
  summary: 'Note',
  gate: { permission: 'patient.write', audit: noted },
  body,
  output,
})
const sign = endpoint({
  name: 'probe.sign',
  method: 'POST',
  path: '/probe/sign',
  summary: 'Sign',
  gate: { permission: 'plan.sign', audit: { action: 'probe.sign' } },
  body,
  output,
})
const refuse = endpoint({
  name: 'probe.refuse',
  method: 'POST',
  path: '/probe/refuse',
  summary: 'Refuse',
  gate: { permission: 'patient.write', audit: { action: 'probe.refuse' } },
  output,
})
const count = endpoint({
  name: 'probe.count',
  method: 'POST',
  path: '/probe/count',
  summary: 'Count',
  gate: { permission: 'signed-in', audit: { none: 'a test' } },
  output,
})
const fall = endpoint({
  name: 'probe.fall',
  method: 'GET',
  path: '/probe/fall',
  summary: 'Fall',
  gate: { permission: 'signed-in', audit: { none: 'a test' } },
  output,
})
const door = endpoint({
  name: 'probe.door',
  method: 'POST',
  path: '/probe/door',
  summary: 'Door',
  gate: { permission: 'public', audit: { none: 'a test' } },
  body,
  output,
})
const paper = endpoint({
  name: 'probe.paper',
  method: 'GET',
  path: '/probe/paper',
  summary: 'Paper',
  gate: { permission: 'signed-in', audit: { none: 'a test' } },
  media: 'application/pdf',
  output: z.unknown(),
})
const hand = endpoint({
  name: 'probe.hand',
  method: 'POST',
  path: '/probe/hand',
  summary: 'Hand in',
  gate: { permission: 'signed-in', audit: { none: 'a test' } },
  upload: true,
  output,
})

const own = endpoint({
  name: 'probe.own',
  method: 'GET',
  path: '/my/probe',
  summary: 'Own',
  gate: { permission: 'patient', audit: { action: 'my.probe' } },
  output,
})
const tell = endpoint({
  name: 'probe.tell',
  method: 'POST',
  path: '/my/probe',
  summary: 'Tell',
  gate: { permission: 'patient', audit: { action: 'my.tell' } },
  body,
  output,
})

const { house, tenant, databaseUrl, as, asPatient, write } = await aHouse()
const keep = (db: Parameters<ReturnType<typeof sql>['execute']>[0], text: string) =>
  sql`insert into probe values (${tenant.id}, ${text})`.execute(db)
const routes = [
  reads(look, async (_ctx, { query }) => ({ label: `first ${query.limit}`, phone: '18012341999' })),
  writes(note, async (ctx, input) => {
    await keep(ctx.tx, input.body.label)
    ctx.audit.detail['length'] = input.body.label.length
    return { label: input.body.label }
  }),
  writes(sign, async (ctx, input) => {
    await keep(ctx.tx, input.body.label)
    return { label: 'signed' }
  }),
  writes(refuse, async (ctx) => {
    await keep(ctx.tx, 'refused')
    throw problem('ChangedMeanwhile')
  }),
  writes(count, async (ctx) => {
    await keep(ctx.tx, 'counted')
    return problem('NotFound')
  }),
  reads(fall, async () => {
    throw new Error('the phone 18012341999 is in this message')
  }),
  opens(door, async (_house, input) => ({ label: input.body.label })),
  reads(paper, async () => ({ stream: Buffer.from('%PDF'), media: 'application/pdf', fileName: '体检 报告.pdf' })),
  writes(hand, async (_ctx, _input, call) => {
    let bytes = 0
    for await (const chunk of call.stream!) bytes += (chunk as Buffer).length
    return { label: String(bytes) }
  }),
  reads(own, async (ctx) => ({ label: ownPatientId(ctx) })),
  writes(tell, async (ctx, input) => {
    await keep(ctx.tx, input.body.label)
    return { label: ownPatientId(ctx) }
  }),
]

let ready = true
let app: FastifyInstance
let nurse: Caller
beforeAll(async () => {
  await withClient(databaseUrl, (client) =>
    client.query(
      `create table probe (organization_id uuid not null, text text not null); call peiban_tenant_table('probe')`,
    ),
  )
  app = await createServer({
    house,
    routes,
    version: '1.2.3',
    bodyLimitBytes: 10_000,
    authenticate: (request) => authenticate(house, request),
    authenticatePatient: (request) => authenticatePatient(house, request),
    ready: async () => {
      if (!ready) throw new Error('the database is away')
      return true
    },
  })
  nurse = await as('service-manager', { name: '李健管' })
})
afterAll(() => app.close())
beforeEach(() => withClient(databaseUrl, (client) => client.query('delete from probe')))

interface Request {
  payload?: string | object | Buffer
  headers?: Record<string, string>
  method?: 'GET' | 'POST' | 'PUT'
  remoteAddress?: string
  anonymous?: boolean
}
/** As a page of ours would ask, signed in, unless told otherwise. */
function ask(
  url: string,
  { headers = {}, anonymous = false, payload, ...request }: Request = {},
): Promise<LightMyRequestResponse> {
  return app.inject({
    method: payload === undefined ? 'GET' : 'POST',
    url,
    headers: { 'x-peiban': '1', ...headers },
    cookies: anonymous ? {} : { peiban_session: nurse.token },
    ...(payload === undefined ? {} : { payload }),
    ...request,
  })
}
const kept = async () =>
  (await sql<{ text: string }>`select text from probe`.execute(house.databases.of(tenant.id))).rows.map(
    (row) => row.text,
  )
const audited = (action: string) =>
  house.databases
    .of(tenant.id)
    .selectFrom('audit_entry')
    .select(['outcome', 'actor_name', 'detail', 'request_id'])
    .where('action', '=', action)
    .orderBy('id')
    .execute()

describe('input', () => {
  test.each([
    ['zh-CN', 'body.label', { label: 'x' }, /^至少要 \d+ 个字，现在有 1 个$/, '有 1 处填写需要修改，请看标出的位置。'],
    [
      'en',
      'body.label',
      { label: 'x' },
      /^At least \d+ characters, please; there are 1$/,
      'Please correct what is marked (1).',
    ],
    [
      'en',
      'body.size.heightCm',
      { label: 'right', size: { heightCm: 'tall' } },
      /^Please enter a number$/,
      'Please correct what is marked (1).',
    ],
    ['zh-CN', 'body.label', {}, /[\u4e00-\u9fff]/, '有 1 处填写需要修改，请看标出的位置。'],
  ])('that is wrong is named, in %s: %s', async (locale, path, payload, message, title) => {
    const answer = await ask('/api/probe', { payload, headers: { 'x-peiban-locale': locale } })
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({
      status: 400,
      code: 'InvalidInput',
      title,
      path,
      fields: [{ path, message: expect.stringMatching(message) }],
    })
    expect(await kept()).toEqual([])
  })

  test('of a query is converted, completed, and named when it is wrong', async () => {
    expect((await ask('/api/probe')).json()).toEqual({ label: 'first 3' })
    expect((await ask('/api/probe?limit=9')).json()).toEqual({ label: 'first 9' })
    expect((await ask('/api/probe?limit=10')).json()).toMatchObject({ code: 'InvalidInput', path: 'query.limit' })
  })

  test('of an address says what is wrong with it, since no page can mark it', async () => {
    const answer = await ask('/api/probe?limit=10', { headers: { 'x-peiban-locale': 'zh-CN' } })
    expect(answer.json()).toMatchObject({ title: '不能大于 9', fields: [{ message: '不能大于 9' }] })
  })

  test.each(['0000-01-01', '0001-01-01', '9999-12-31', '0001-01-01T00:00:00Z'])(
    'names a day that no calendar reaches: %s',
    async (label) => {
      const answer = await ask('/api/probe', { payload: { label }, headers: { 'x-peiban-locale': 'zh-CN' } })
      expect(answer.statusCode).toBe(400)
      expect(answer.json()).toMatchObject({
        title: '有 1 处填写需要修改，请看标出的位置。',
        fields: [{ path: 'body.label', message: '请填 1000 年以后、9999 年底以前的日期' }],
      })
      expect(await kept()).toEqual([])
    },
  )

  test('that no database keeps is left out, and the rest is kept', async () => {
    const payload = '{"label":"right\\u0000 and \\ud83d\\ude42, cut \\ud83d"}'
    const answer = await ask('/api/probe', { payload, headers: { 'content-type': 'application/json' } })
    expect(answer.statusCode).toBe(200)
    expect(await kept()).toEqual(['right and 🙂, cut \ufffd'])
  })

  test.each([
    ['no JSON', '{"label"', 'application/json', 400, 'InvalidInput'],
    ['an empty body', '', 'application/json', 400, 'InvalidInput'],
    ['another prototype', '{"label":"right","__proto__":{"x":1}}', 'application/json', 400, 'InvalidInput'],
    ['a form', 'label=right', 'application/x-www-form-urlencoded', 400, 'InvalidInput'],
    ['text', 'right', 'text/plain', 400, 'InvalidInput'],
    ['too much', JSON.stringify({ label: 'x'.repeat(10_000) }), 'application/json', 413, 'TooLarge'],
  ])('that is %s is refused', async (_what, payload, type, status, code) => {
    const answer = await ask('/api/probe', { payload, headers: { 'content-type': type } })
    expect(answer.statusCode).toBe(status)
    expect(answer.json()).toMatchObject({ status, code, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    expect(await kept()).toEqual([])
  })

  test('as a stream is limited by nobody but its reader', async () => {
    const answer = await ask('/api/probe/hand', {
      payload: Buffer.alloc(50_000),
      headers: { 'content-type': 'application/json' },
    })
    expect(answer.json()).toEqual({ label: '50000' })
  })
})

describe('answers', () => {
  test('hold what the contract names and nothing else', async () => {
    const answer = await ask('/api/probe')
    expect(answer.json()).toEqual({ label: 'first 3' })
    expect(answer.body).not.toContain('18012341999')
  })

  test('of a file carry its type and its name', async () => {
    const answer = await ask('/api/probe/paper')
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('体检 报告.pdf')}`,
    })
    expect(answer.body).toBe('%PDF')
  })

  test('to a fault say nothing but a number', async () => {
    const answer = await ask('/api/probe/fall', { headers: { 'x-peiban-locale': 'en' } })
    expect(answer.statusCode).toBe(500)
    expect(Object.keys(answer.json() as object).toSorted()).toEqual(['code', 'requestId', 'status', 'title', 'values'])
    expect(answer.json()).toMatchObject({ code: 'Fault', title: expect.stringMatching(/^Something went wrong/) })
    expect(answer.body).not.toContain('18012341999')
  })

  test.each(['/api/probe', '/api/docs', '/healthz', '/api/nothing', '/api/probe/fall'])(
    'of %s carry the headers that protect a page',
    async (url) => {
      expect((await ask(url)).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'x-frame-options': 'SAMEORIGIN',
        'permissions-policy': expect.stringContaining('microphone=(self)'),
        'cache-control': 'no-store',
        'content-security-policy': expect.stringMatching(/^default-src 'self';.*base-uri 'none'/),
      })
    },
  )
})

describe('who may', () => {
  test('a write is done with its audit row', async () => {
    const answer = await ask('/api/probe', { payload: { label: 'right' } })
    expect(answer.json()).toEqual({ label: 'right' })
    expect(await kept()).toEqual(['right'])
    expect(await audited('probe.note')).toContainEqual({
      outcome: 'done',
      actor_name: '李健管',
      detail: { length: 5 },
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  test('what the role does not include is denied, changes nothing and leaves a trace', async () => {
    const answer = await ask('/api/probe/sign', { payload: { label: 'plan' } })
    expect(answer.statusCode).toBe(403)
    expect(answer.json()).toMatchObject({
      code: 'NotPermitted',
      title: expect.stringContaining('您的角色没有这项权限'),
    })
    expect(await kept()).toEqual([])
    expect(await audited('probe.sign')).toMatchObject([
      { outcome: 'denied', actor_name: '李健管', detail: { problem: 'NotPermitted' } },
    ])
  })

  test('a refusal takes everything back and leaves a trace', async () => {
    const answer = await ask('/api/probe/refuse', { payload: {} })
    expect([answer.statusCode, (answer.json() as { code: string }).code]).toEqual([409, 'ChangedMeanwhile'])
    expect(await kept()).toEqual([])
    expect(await audited('probe.refuse')).toMatchObject([
      { outcome: 'refused', detail: { problem: 'ChangedMeanwhile' } },
    ])
  })

  test('a refusal that is returned keeps what was written', async () => {
    expect((await ask('/api/probe/count', { payload: {} })).statusCode).toBe(404)
    expect(await kept()).toEqual(['counted'])
  })

  test.each([
    ['nobody', {}],
    ['a foreign token', { authorization: `Bearer ${'0'.repeat(32)}.${'A'.repeat(43)}` }],
    ['rubbish', { cookie: 'peiban_session=x%00y', authorization: 'Bearer ' }],
  ])('%s is asked to sign in', async (_who, headers) => {
    const answer = await ask('/api/probe', { anonymous: true, headers })
    expect([answer.statusCode, (answer.json() as { code: string }).code]).toEqual([401, 'NotSignedIn'])
  })

  test.each([undefined, '0', 'true'])(
    'a page of another site has our cookie but not our header (%s)',
    async (value) => {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/probe',
        payload: { label: 'right' },
        cookies: { peiban_session: nurse.token },
        headers: { origin: 'https://elsewhere.example', ...(value ? { 'x-peiban': value } : {}) },
      })
      expect([answer.statusCode, (answer.json() as { code: string }).code]).toEqual([403, 'ForeignRequest'])
      expect(await kept()).toEqual([])
    },
  )

  test('a public endpoint needs nobody, and still the right input', async () => {
    expect((await ask('/api/probe/door', { anonymous: true, payload: { label: 'open' } })).json()).toEqual({
      label: 'open',
    })
    expect((await ask('/api/probe/door', { anonymous: true, payload: { label: 'x' } })).json()).toMatchObject({
      code: 'InvalidInput',
      path: 'body.label',
    })
  })
})

describe('what is a patient’s own', () => {
  let patientId: string
  let cookie: string
  beforeAll(async () => {
    patientId = await write((ctx) => registerPatient(ctx, { name: '林小满', birthDate: '1968-03-21' } as never))
    cookie = (await asPatient(patientId)).token
  })
  const call = (
    method: 'GET' | 'POST',
    cookies: Record<string, string>,
    headers: Record<string, string> = { 'x-peiban': '1' },
  ) =>
    app.inject({
      method,
      url: '/api/my/probe',
      cookies,
      headers,
      ...(method === 'POST' ? { payload: { label: 'well' } } : {}),
    })
  const codeOf = (answer: LightMyRequestResponse) => [answer.statusCode, (answer.json() as { code?: string }).code]

  test('opens with their session, and the log knows whose it is', async () => {
    expect((await call('GET', { peiban_patient: cookie })).json()).toEqual({ label: patientId })
    expect((await call('POST', { peiban_patient: cookie })).json()).toEqual({ label: patientId })
    const lines = await house.databases
      .of(tenant.id)
      .selectFrom('audit_entry')
      .select(['action', 'actor_kind', 'actor_id', 'patient_id'])
      .where('action', 'in', ['my.probe', 'my.tell'])
      .orderBy('id')
      .execute()
    const line = { actor_kind: 'patient', actor_id: patientId, patient_id: patientId }
    expect(lines).toEqual([
      { action: 'my.probe', ...line },
      { action: 'my.tell', ...line },
    ])
  })

  test('is closed to staff, whatever their role, and to whoever puts a session into the wrong cookie', async () => {
    expect(codeOf(await call('GET', { peiban_session: nurse.token }))).toEqual([401, 'NotSignedIn'])
    expect(codeOf(await call('GET', { peiban_patient: nurse.token }))).toEqual([401, 'NotSignedIn'])
    const key = { 'x-peiban': '1', authorization: `Bearer ${cookie}` }
    expect(codeOf(await call('GET', {}, key))).toEqual([401, 'NotSignedIn'])
  })

  test('opens nothing of the staff', async () => {
    for (const name of ['peiban_patient', 'peiban_session'])
      expect(codeOf(await app.inject({ url: '/api/probe', cookies: { [name]: cookie } }))).toEqual([401, 'NotSignedIn'])
  })

  test('is told by our own pages only', async () => {
    expect(codeOf(await call('POST', { peiban_patient: cookie }, {}))).toEqual([403, 'ForeignRequest'])
    expect(await kept()).toEqual([])
    // In one browser with a session of staff each keeps to its own.
    expect((await call('GET', { peiban_patient: cookie, peiban_session: nurse.token })).json()).toEqual({
      label: patientId,
    })
  })

  test('is described as such', async () => {
    const { paths } = (await ask('/api/openapi.json')).json() as { paths: Record<string, Record<string, object>> }
    expect(paths['/api/my/probe']!['get']).toMatchObject({ security: [{ patient: [] }], 'x-permission': 'patient' })
  })
})

describe('what is not there', () => {
  test.each([
    ['zh-CN', '没有找到。它可能已被移走，或不在您能查看的范围内。'],
    ['en', 'Not found. It may have been moved, or lies outside of what you may see.'],
  ])('is said in %s', async (locale, title) => {
    const answer = await ask('/api/nothing', { headers: { 'x-peiban-locale': locale } })
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ status: 404, code: 'NotFound', title, values: {} })
  })

  test.each(['/api/probe/nothing', '/api/', '/nothing', '/api/probe/../../etc/passwd'])('%s is 404', async (url) => {
    expect((await ask(url)).statusCode).toBe(404)
  })

  test('another method on a known path is 404 too', async () => {
    expect((await ask('/api/probe', { method: 'PUT', payload: {} })).statusCode).toBe(404)
  })

  test('an address that is none is the caller’s mistake', async () => {
    expect((await ask('/api/%zz')).statusCode).toBe(400)
  })
})

describe('the machine room', () => {
  test('is alive and tells its version', async () => {
    expect((await ask('/healthz', { anonymous: true })).json()).toEqual({ status: 'ok', version: '1.2.3' })
  })

  test('is ready when the database is', async () => {
    expect((await ask('/readyz', { anonymous: true })).statusCode).toBe(200)
    ready = false
    const answer = await ask('/readyz', { anonymous: true })
    ready = true
    expect([answer.statusCode, answer.json()]).toEqual([503, { status: 'not ready' }])
    expect(answer.body).not.toContain('away')
  })

  test('counts calls by endpoint', async () => {
    await ask('/api/probe')
    await ask('/api/probe?limit=10')
    const { body: text } = await ask('/metrics', { anonymous: true })
    expect(text).toMatch(/peiban_http_request_seconds_count\{endpoint="probe.look",status="2xx"\} [1-9]/)
    expect(text).toMatch(/peiban_http_request_seconds_count\{endpoint="probe.look",status="4xx"\} [1-9]/)
    expect(text).toContain('peiban_process_cpu_seconds_total')
  })

  test.each([
    ['127.0.0.1', undefined, 200],
    ['::1', undefined, 200],
    ['10.0.0.7', undefined, 404],
    ['127.0.0.1', '10.0.0.7', 404],
    ['10.0.0.7', '127.0.0.1', 404],
  ])('shows its numbers to this machine only: from %s for %s', async (remoteAddress, forwarded, status) => {
    const headers: Record<string, string> = forwarded ? { 'x-forwarded-for': forwarded } : {}
    const answer = await ask('/metrics', { anonymous: true, remoteAddress, headers })
    expect(answer.statusCode).toBe(status)
    if (status === 404) expect(answer.body).toBe('')
  })
})
