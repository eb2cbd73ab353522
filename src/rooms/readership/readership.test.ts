import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { instantAt } from '../../platform/clock.ts'
import { readingTokenOf, TRAP } from '../message/server/index.ts'
import { registerPatient } from '../patient/server/index.ts'
import { readingFigures, readingReports, readingRows } from './contract/readership.ts'
import { makeReport } from './server/report.ts'

const house = await aHouse()
const organizationId = house.tenant.id
const sealer = house.house.sealer

const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148'
const GMAIL_AHEAD =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0'
const GMAIL =
  'Mozilla/5.0 (Windows; U; Windows NT 5.1; de; rv:1.9.0.7) Gecko/2009021910 Firefox/3.0.7 (via ggpht.com GoogleImageProxy)'

const TEMPLATE = 'thinking-of-you'
let count = 0

/** A mail that has just been taken by its server, and counts its reading. */
async function aMail(): Promise<string> {
  return house.write(async (ctx) => {
    count += 1
    const patientId = await registerPatient(ctx, {
      name: `林${'甲乙丙丁戊己庚辛壬癸'[count % 10]}${'子丑寅卯辰巳午未申酉戌亥'[count % 12]}`,
      sex: 'female',
      birthDate: '1980-01-01',
      phone: `138000${String(10_000 + count)}`,
    } as never)
    const id = ctx.ids.next()
    const now = ctx.clock.now()
    await sql`insert into message (organization_id, id, patient_id, touch, channel, template, purpose, locale, state, source, created_at, sent_at, counts_reading)
      values (${organizationId}, ${id}, ${patientId}, ${`reading-${count}`}, 'email', ${TEMPLATE}, 'care', 'zh-CN', 'accepted', 'test', ${now}, ${now}, true)`.execute(
      ctx.tx,
    )
    return id
  })
}

/** To ten in the morning of a day. */
function advanceTo(day: string) {
  house.clock.advance({
    seconds: (instantAt(day, 600, 'Asia/Shanghai').getTime() - house.clock.now().getTime()) / 1000,
  })
}

interface Step {
  /** Seconds after the server took the mail. */
  at: number
  asks: 'picture' | 'trap' | number
  agent: string
  method?: 'GET' | 'HEAD'
}

const addressOf = (messageId: string, asks: Step['asks']) => {
  const link = asks === 'picture' ? 0 : asks === 'trap' ? TRAP : asks
  const token = readingTokenOf(
    { sealer, organizationId },
    { messageId, link, url: typeof asks === 'number' ? `https://a.cn/${asks}` : '' },
  )
  return `/api/${asks === 'picture' ? 'o' : 'l'}?t=${token}`
}

async function replay(messageId: string, steps: readonly Step[]) {
  let passed = 0
  const answers = []
  for (const { at, asks, agent, method = 'GET' } of steps) {
    house.clock.advance({ seconds: at - passed })
    passed = at
    answers.push(await house.app.inject({ method, url: addressOf(messageId, asks), headers: { 'user-agent': agent } }))
  }
  return answers
}

async function readingIn(messageId: string) {
  const { rows } = await sql<{ raw: boolean; seen: boolean; clicked: boolean }>`
    select raw, seen, clicked from message_reading where organization_id = ${organizationId} and message_id = ${messageId}`.execute(
    house.house.databases.of(organizationId),
  )
  return rows[0]
}

describe('traffic as mail programs and gateways make it', () => {
  test.each<{ name: string; steps: Step[]; says: { raw: boolean; seen: boolean; clicked: boolean } }>([
    {
      name: 'somebody on an iPhone looks and taps',
      says: { raw: true, seen: true, clicked: true },
      steps: [
        { at: 400, asks: 'picture', agent: IPHONE },
        { at: 430, asks: 1, agent: IPHONE },
      ],
    },
    {
      name: 'Gmail fetches ahead, nobody looks',
      says: { raw: true, seen: false, clicked: false },
      steps: [{ at: 6, asks: 'picture', agent: GMAIL_AHEAD }],
    },
    {
      name: 'Gmail fetches ahead, then somebody looks',
      says: { raw: true, seen: true, clicked: false },
      steps: [
        { at: 6, asks: 'picture', agent: GMAIL_AHEAD },
        { at: 5000, asks: 'picture', agent: GMAIL },
      ],
    },
    {
      name: 'Apple fetches behind its proxies',
      says: { raw: true, seen: false, clicked: false },
      steps: [{ at: 900, asks: 'picture', agent: 'Mozilla/5.0' }],
    },
    {
      name: 'Apple fetches, and its reader taps',
      says: { raw: true, seen: true, clicked: true },
      steps: [
        { at: 900, asks: 'picture', agent: 'Mozilla/5.0' },
        { at: 7000, asks: 2, agent: BROWSER },
      ],
    },
    {
      name: 'SafeLinks follows all at delivery, as a browser would',
      says: { raw: false, seen: false, clicked: false },
      steps: [
        { at: 4, asks: 1, agent: BROWSER },
        { at: 4, asks: 2, agent: BROWSER },
        { at: 5, asks: 'trap', agent: BROWSER },
      ],
    },
    {
      name: 'Proofpoint asks for the heads, then for all',
      says: { raw: false, seen: false, clicked: false },
      steps: [
        { at: 20, asks: 1, agent: BROWSER, method: 'HEAD' },
        { at: 20, asks: 1, agent: BROWSER },
        { at: 21, asks: 2, agent: BROWSER, method: 'HEAD' },
        { at: 21, asks: 2, agent: BROWSER },
      ],
    },
    {
      name: 'Barracuda follows three links in a second, not the hidden one',
      says: { raw: false, seen: false, clicked: false },
      steps: [
        { at: 30, asks: 1, agent: BROWSER },
        { at: 30, asks: 2, agent: BROWSER },
        { at: 31, asks: 3, agent: BROWSER },
      ],
    },
    {
      name: 'Mimecast names itself',
      says: { raw: false, seen: false, clicked: false },
      steps: [{ at: 60, asks: 1, agent: 'Mimecast URL Protect' }],
    },
    {
      name: 'a gateway scans, and in the evening somebody reads',
      says: { raw: true, seen: true, clicked: true },
      steps: [
        { at: 4, asks: 1, agent: BROWSER },
        { at: 5, asks: 'trap', agent: BROWSER },
        { at: 30_000, asks: 'picture', agent: BROWSER },
        { at: 30_020, asks: 1, agent: BROWSER },
      ],
    },
    {
      name: 'pictures are off, a link is followed from WeChat',
      says: { raw: false, seen: true, clicked: true },
      steps: [{ at: 600, asks: 1, agent: `${IPHONE} MicroMessenger/8.0.56` }],
    },
  ])('$name', async ({ steps, says }) => {
    const mail = await aMail()
    await replay(mail, steps)
    expect(await readingIn(mail)).toEqual(says)
  })
})

describe('following a link', () => {
  test('leads on, and only to where the mail says', async () => {
    const [answer] = await replay(await aMail(), [{ at: 60, asks: 7, agent: BROWSER }])
    expect(answer!.statusCode).toBe(302)
    expect(answer!.headers).toMatchObject({
      location: 'https://a.cn/7',
      'cache-control': 'no-store',
    })
  })

  test.each(['', 'x', 'a'.repeat(300), `${'0'.repeat(32)}.${'A'.repeat(100)}`])(
    'of which nothing is left is told so: %s',
    async (token) => {
      const answer = await house.app.inject({
        method: 'GET',
        url: `/api/l?t=${token}`,
        headers: { 'accept-language': 'zh-CN' },
      })
      expect(answer.statusCode).toBe(404)
      expect(answer.headers['content-type']).toContain('text/html')
      expect(answer.body).toContain('不完整')
      expect(answer.headers['location']).toBeUndefined()
    },
  )

  test('the picture is a picture, whatever is asked', async () => {
    const answer = await house.app.inject({ method: 'GET', url: '/api/o?t=x' })
    expect(answer.headers['content-type']).toContain('image/gif')
    expect(answer.rawPayload.subarray(0, 3).toString()).toBe('GIF')
  })

  test('changes nothing of anybody, and keeps neither address nor program', async () => {
    const mail = await aMail()
    const before = await everything()
    await replay(mail, [
      { at: 60, asks: 'picture', agent: BROWSER },
      { at: 61, asks: 1, agent: 'curl/8.5.0 rare-words' },
      { at: 62, asks: 'trap', agent: BROWSER, method: 'HEAD' },
    ])
    expect(await everything()).toEqual(before)
    const { rows } = await sql<{
      text: string
    }>`select row_to_json(h)::text text from message_hit h where message_id = ${mail}`.execute(
      house.house.databases.of(organizationId),
    )
    expect(rows).toHaveLength(3)
    expect(rows.map(({ text }) => text).join()).not.toMatch(/rare-words|Chrome|127\.0\.0\.1/)
  })

  test('many at once are all judged together', async () => {
    const mail = await aMail()
    house.clock.advance({ minutes: 1 })
    await Promise.all(
      [1, 2, 3, 4, 5, 6].map((link) =>
        house.app.inject({ method: 'GET', url: addressOf(mail, link), headers: { 'user-agent': BROWSER } }),
      ),
    )
    expect(await readingIn(mail)).toEqual({ raw: false, seen: false, clicked: false })
  })

  test('beyond what a person does is counted and not kept', async () => {
    const mail = await aMail()
    house.clock.advance({ minutes: 1 })
    for (let n = 0; n < 63; n++)
      await house.app.inject({ method: 'GET', url: addressOf(mail, 'picture'), headers: { 'user-agent': BROWSER } })
    const { rows } =
      await sql`select (select count(*)::int from message_hit h where h.message_id = r.message_id) hits, surplus from message_reading r where message_id = ${mail}`.execute(
        house.house.databases.of(organizationId),
      )
    expect(rows).toEqual([{ hits: 60, surplus: 3 }])
  })
})

/** Row counts and contents of all tables but those that note hits. */
async function everything() {
  const db = house.house.databases.of(organizationId)
  const { rows } = await sql<{ name: string }>`
    select relname name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and has_table_privilege(oid, 'select')
      and relname not in ('message_hit', 'message_reading') order by 1`.execute(db)
  const sums: Record<string, string> = {}
  for (const { name } of rows) {
    const { rows: sum } = await sql<{
      sum: string
    }>`select count(*) || ':' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') sum from ${sql.table(name)} t`.execute(
      db,
    )
    sums[name] = sum[0]!.sum
  }
  return sums
}

describe('the figures', () => {
  test('have n and interval, and open the people they count', async () => {
    const from = '2026-04-10'
    advanceTo(from)
    const mails: string[] = []
    for (let n = 0; n < 40; n++) mails.push(await aMail())
    for (const mail of mails.slice(0, 10)) await replay(mail, [{ at: 100, asks: 'picture', agent: BROWSER }])
    for (const mail of mails.slice(10, 14)) await replay(mail, [{ at: 100, asks: 1, agent: BROWSER }])
    for (const mail of mails.slice(14, 20)) await replay(mail, [{ at: 100, asks: 'picture', agent: 'Mozilla/5.0' }])

    const editor = await house.as('content-editor')
    const { lines, can } = await editor.call(readingFigures, { query: { from, to: '2026-04-12' } })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({
      template: TEMPLATE,
      delivered: 40,
      raw: { count: 16, n: 40, share: 0.4 },
      seen: { count: 14 },
      clicked: { count: 4, n: 40, share: 0.1 },
    })
    expect(can.rows).toBe(false)
    expect(
      (await editor.try(readingRows, { query: { from, to: '2026-04-12', template: TEMPLATE, of: 'clicked' } } as never))
        .status,
    ).toBe(403)

    const stranger = await house.as('service-manager')
    const seen = await stranger.call(readingRows, {
      query: { from, to: '2026-04-12', template: TEMPLATE, of: 'clicked' },
    } as never)
    expect(seen.rows).toEqual([])
  })

  test('of too few are no percentage', async () => {
    house.clock.advance({ days: 20 })
    const editor = await house.as('content-editor')
    await aMail()
    const today = house.clock.now().toISOString().slice(0, 10)
    const { lines } = await editor.call(readingFigures, { query: { from: today, to: today } })
    expect(lines[0]).toMatchObject({ delivered: 1, clicked: { count: 0, n: 1, share: null, low: null, high: null } })
  })

  test('of a year are counted at once, leap years too; a day more is refused in both languages, for numbers and for rows', async () => {
    const editor = await house.as('content-editor')
    const nurse = await house.as('service-manager')
    const month = { from: '2026-03-01', to: '2026-03-31' }
    const year = { from: '2025-08-01', to: '2026-08-01' }
    const deliveredIn = async (query: { from: string; to: string }) =>
      (await editor.call(readingFigures, { query })).lines.find(({ template }) => template === TEMPLATE)!.delivered
    expect(await deliveredIn(year)).toBeGreaterThan(await deliveredIn(month))
    const query = { ...year, from: '2025-07-31' }
    for (const [locale, words] of [
      ['zh-CN', '366 天'],
      ['en', '366 days'],
    ] as const) {
      const refused = await editor.try(readingFigures, { query }, { locale })
      expect(refused).toMatchObject({ status: 422, code: 'SpanTooLong' })
      expect(JSON.stringify(refused.body)).toContain(words)
    }
    const rows = { template: TEMPLATE, of: 'seen' as const }
    expect((await nurse.call(readingRows, { query: { ...year, ...rows } as never })).rows).toEqual([])
    expect((await nurse.try(readingRows, { query: { ...query, ...rows } as never })).code).toBe('SpanTooLong')
  })

  test.each([
    ['2025-01-01', '2026-01-02'],
    ['2026-03-02', '2026-03-01'],
  ])('of %s to %s are refused', async (from, to) => {
    const editor = await house.as('content-editor')
    expect(await editor.try(readingFigures, { query: { from, to } })).toMatchObject({
      status: 422,
      code: 'SpanTooLong',
    })
  })

  test('of a month are made once, after two days, also by two workers', async () => {
    advanceTo('2026-07-20')
    await aMail()
    advanceTo('2026-08-02')
    expect(await makeReport(house.house, house.tenant)).toBe(false)
    advanceTo('2026-08-03')
    const made = await Promise.all([makeReport(house.house, house.tenant), makeReport(house.house, house.tenant)])
    expect(made.toSorted()).toEqual([false, true])
    const editor = await house.as('content-editor')
    const { reports } = await editor.call(readingReports)
    expect(reports).toHaveLength(1)
    expect(reports[0]).toMatchObject({ month: '2026-07-01', lines: [{ delivered: 1 }] })
  })
})
