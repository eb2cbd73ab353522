import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { aHouse } from '../../../test/house.ts'
import { startWeChat, type WeChatStandIn } from '../../apps/stand-ins/wechat/wechat.ts'
import { accessTokens } from './access-token.ts'
import { consequenceOf, type NotOk } from './answer.ts'
import { windowAfter } from './customer-window.ts'
import { miniProgram, type MiniProgram } from './mini-program.ts'
import { serviceAccount, type ServiceAccount } from './service-account.ts'

const { house, tenant, clock } = await aHouse()
const db = house.databases.of(tenant.id)
const account = { appId: 'wx0123456789abcdef', secret: 'of-the-account' }
const templates = {
  REVISIT: { fields: { thing1: null, time2: null, phrase3: null } },
  REPORT: { fields: { thing1: null, const2: ['体检', '门诊'] } },
}
const spec = { thing1: {}, time2: {}, phrase3: {} }
const values = { thing1: '高血压门诊复查', time2: '2026年3月9日 9:00', phrase3: '待确认' }
const openId = 'oABCDEF0123456789'

let wechat: WeChatStandIn
let client: ServiceAccount
let mini: MiniProgram
beforeEach(async () => {
  await wechat?.close()
  wechat = await startWeChat({ clock, ...account, templates, pages: ['pages/plan'], perDay: 1000 })
  await sql`delete from access_token`.execute(db)
  const tokens = accessTokens({ db, organizationId: tenant.id, sealer: house.sealer, clock })
  client = serviceAccount({ ...account, baseUrl: wechat.url }, tokens)
  mini = miniProgram({ ...account, baseUrl: wechat.url }, tokens)
})
afterAll(() => wechat.close())

let id = 0
const template = (over: object = {}) =>
  client.sendTemplate({ openId, templateId: 'REVISIT', spec, values, clientMessageId: `m${++id}`, ...over })
const notice = (over: object = {}) => client.sendNotice({ openId, templateId: 'REVISIT', spec, values, ...over })
const subscribed = (over: object = {}) => mini.send({ openId, templateId: 'REVISIT', spec, values, ...over })

describe('a template message', () => {
  test('goes to a follower, with an id that no rounding has touched', async () => {
    await wechat.does(openId, { act: 'follow' })
    const sent = await template({
      url: 'https://care.example.org/my',
      miniProgram: { appId: 'wx9', path: 'pages/plan' },
    })
    expect(sent).toEqual({ kind: 'ok', value: { messageId: wechat.messages[0]!.id } })
    expect(Number.isSafeInteger(Number(wechat.messages[0]!.id))).toBe(false)
    expect(wechat.messages[0]).toMatchObject({ way: 'template', openId, values })
  })

  test('is one message when it is sent again under its id within ten minutes', async () => {
    await wechat.does(openId, { act: 'follow' })
    const message = { clientMessageId: 'touch-1' }
    // The token is fetched first, so that the call which breaks off is that of the message.
    await client.readMenu()
    wechat.fail('taken-and-hang-up')
    expect(await template(message)).toMatchObject({ kind: 'unreachable', uncertain: true })
    const first = await template(message)
    const again = await template(message)
    expect(again).toEqual(first)
    expect(wechat.messages).toHaveLength(1)
    clock.advance({ minutes: 10 })
    await template(message)
    expect(wechat.messages).toHaveLength(2)
  })

  test('is not sent to who is unknown, does not follow, or does not want it', async () => {
    expect(await template()).toMatchObject({ kind: 'refused', code: 40003, refusal: 'unknown-recipient' })
    await wechat.does(openId, { act: 'follow' })
    await wechat.does(openId, { act: 'unfollow' })
    expect(await template()).toMatchObject({ kind: 'refused', code: 43004, refusal: 'not-following' })
    await wechat.does(openId, { act: 'follow' })
    wechat.person(openId).refuses = 'at-once'
    expect(await template()).toMatchObject({ kind: 'refused', code: 43101, refusal: 'refused-by-recipient' })
  })

  test('needs a template of the account', async () => {
    await wechat.does(openId, { act: 'follow' })
    expect(await template({ templateId: 'NONE' })).toMatchObject({ code: 40037, refusal: 'template' })
  })

  test('whose words do not fit is held back, and nobody is asked', async () => {
    await wechat.does(openId, { act: 'follow' })
    const long = await template({ values: { ...values, thing1: '长'.repeat(21) } })
    expect(long).toEqual({ kind: 'held-back', refusal: 'content', text: 'thing1: too-long' })
    expect(wechat.fetchesToday()).toBe(0)
    // The server says the same of what our own check was told wrongly.
    const wrong = await template({ spec: { thing1: {}, time2: {} }, values: { thing1: '好', time2: '9:00' } })
    expect(wrong).toMatchObject({ kind: 'refused', code: 47003, refusal: 'content' })
    expect(wrong).toMatchObject({ text: expect.stringContaining('data.phrase3.value') })
  })
})

describe('a notice of a service account and of a mini-program', () => {
  const ways = [
    ['notice', notice],
    ['mini', subscribed],
  ] as const

  test.each(ways)('%s: one for each consent, then the person has to be asked again', async (way, send) => {
    await wechat.does(openId, { act: 'consent', answers: { REVISIT: 'accept', REPORT: 'reject' } })
    expect(await send()).toMatchObject({ kind: 'ok' })
    expect(await send()).toMatchObject({ kind: 'refused', code: 43101, refusal: 'refused-by-recipient' })
    expect(wechat.messages.map((one) => one.way)).toEqual([way])
  })

  test.each(ways)('%s: a lasting consent lasts until it is taken back', async (_way, send) => {
    await wechat.does(openId, { act: 'consent', answers: { REVISIT: 'lasting' } })
    expect([await send(), await send(), await send()].map(({ kind }) => kind)).toEqual(['ok', 'ok', 'ok'])
    await wechat.does(openId, { act: 'withdraw', templateIds: ['REVISIT'] })
    expect(await send()).toMatchObject({ code: 43101 })
  })

  test.each(ways)('%s: unknown openid, template and field', async (_way, send) => {
    expect(await send()).toMatchObject({ code: 40003, refusal: 'unknown-recipient' })
    await wechat.does(openId, { act: 'consent', answers: { REVISIT: 'lasting' } })
    expect(await send({ templateId: 'NONE' })).toMatchObject({ code: 40037, refusal: 'template' })
    const odd = {
      templateId: 'REPORT',
      spec: { thing1: {}, const2: { allowed: ['复诊'] } },
      values: { thing1: '好', const2: '复诊' },
    }
    expect(await send(odd)).toMatchObject({ code: 47003, refusal: 'content' })
  })

  test('leads to a page that the mini-program has', async () => {
    await wechat.does(openId, { act: 'consent', answers: { REVISIT: 'lasting' } })
    expect(await subscribed({ page: 'pages/gone?id=1' })).toMatchObject({ code: 41030, refusal: 'page' })
    expect(await subscribed({ page: 'pages/plan?id=1' })).toMatchObject({ kind: 'ok' })
  })
})

describe('a customer message', () => {
  const say = (windows = [windowAfter('message', clock.now())], text = '好的，明天见') =>
    client.sendText({ openId, text, windows, now: clock.now() })

  test('is held back when nothing is open, before anybody is asked', async () => {
    expect(await say([])).toMatchObject({ kind: 'held-back', refusal: 'window-closed' })
    expect(await say([{ ...windowAfter('message', clock.now()), left: 0 }])).toMatchObject({ refusal: 'window-used' })
    expect(await say(undefined, '')).toMatchObject({ kind: 'held-back', refusal: 'content' })
    expect(await say(undefined, '长'.repeat(700))).toMatchObject({ kind: 'held-back', refusal: 'content' })
    expect(wechat.fetchesToday()).toBe(0)
  })

  test('five after a message, and the server counts too', async () => {
    await wechat.does(openId, { act: 'say', text: '你好' })
    for (let n = 0; n < 5; n++) expect(await say()).toMatchObject({ kind: 'ok', value: { window: { act: 'message' } } })
    expect(await say()).toMatchObject({ kind: 'refused', code: 45047, refusal: 'window-used' })
    clock.advance({ hours: 48 })
    expect(await say()).toMatchObject({ kind: 'refused', code: 45015, refusal: 'window-closed' })
  })

  test('three within a minute of a click', async () => {
    await wechat.does(openId, { act: 'click', key: 'call-manager' })
    for (let n = 0; n < 3; n++) expect(await say()).toMatchObject({ kind: 'ok' })
    expect(await say()).toMatchObject({ code: 45047 })
    clock.advance({ minutes: 1 })
    expect(await say()).toMatchObject({ code: 45015 })
  })
})

describe('what happens to any call', () => {
  test('a token that has become stale is renewed once, and the call made again', async () => {
    await wechat.does(openId, { act: 'follow' })
    await template()
    wechat.revokeToken()
    expect(await template()).toMatchObject({ kind: 'ok' })
    expect([wechat.fetchesToday(), wechat.messages.length]).toEqual([2, 2])
  })

  test('one that has ended is not used, and a code that says so is believed', async () => {
    await wechat.does(openId, { act: 'follow' })
    await template()
    wechat.fail(42001)
    expect(await template()).toMatchObject({ kind: 'ok' })
    expect(wechat.messages).toHaveLength(2)
  })

  test('a server that takes no token is not asked without end', async () => {
    await template()
    wechat.fail(40001, 5)
    expect(await template()).toMatchObject({ refusal: expect.stringMatching(/token|credential/) })
  })

  test.each([
    [-1, 'busy', 'again'],
    [45009, 'daily-quota', 'tomorrow'],
    [45011, 'minute-quota', 'again'],
    [48001, 'no-permission', 'alarm'],
    [50002, 'user-limited', 'other-way'],
    [48002, 'refused-by-recipient', 'withdraw-right'],
    [40249, 'content', 'mend'],
    [40003, 'unknown-recipient', 'forget-address'],
    [40037, 'template', 'mend'],
    [43004, 'not-following', 'other-way'],
    [99999, 'other', 'give-up'],
  ])('%d is %s, and asks for: %s', async (code, refusal, then) => {
    await wechat.does(openId, { act: 'follow' })
    await template()
    wechat.fail(code)
    const answer = await template()
    expect(answer).toMatchObject({ kind: 'refused', code, refusal })
    expect(consequenceOf(answer as NotOk)).toMatchObject({ then })
  })

  test('the quota of a minute and of a day', async () => {
    await wechat.close()
    wechat = await startWeChat({ clock, ...account, templates, perDay: 4, perMinute: 2 })
    const tokens = accessTokens({ db, organizationId: tenant.id, sealer: house.sealer, clock })
    client = serviceAccount({ ...account, baseUrl: wechat.url }, tokens)
    await sql`delete from access_token`.execute(db)
    await wechat.does(openId, { act: 'follow' })
    const codes = async () => {
      const answer = await template()
      return answer.kind === 'refused' ? answer.code : answer.kind
    }
    expect([await codes(), await codes(), await codes()]).toEqual(['ok', 'ok', 45011])
    clock.advance({ minutes: 1 })
    expect([await codes(), await codes()]).toEqual(['ok', 45009])
    clock.advance({ days: 1 })
    expect(await codes()).toBe('ok')
  })

  test('no answer: what nobody has heard is sure, what may have been taken is not', async () => {
    await wechat.does(openId, { act: 'follow' })
    await template()
    wechat.fail('hang-up')
    expect(await template()).toMatchObject({ kind: 'unreachable', uncertain: true })
    await wechat.close()
    const answer = await template()
    expect(answer).toEqual({ kind: 'unreachable', text: 'ECONNREFUSED', uncertain: false })
    expect(consequenceOf(answer as NotOk)).toEqual({ then: 'again', afterMinutes: 2 })
    wechat = await startWeChat({ clock, ...account, templates })
  })
})

describe('the menu', () => {
  const menu = { button: [{ name: '我的计划', type: 'view' as const, url: 'https://care.example.org/my' }] }

  test('is made, read and taken away', async () => {
    expect(await client.readMenu()).toEqual({ kind: 'ok', value: null })
    expect(await client.createMenu(menu)).toEqual({ kind: 'ok', value: null })
    expect(await client.readMenu()).toEqual({ kind: 'ok', value: menu })
    expect(await client.deleteMenu()).toEqual({ kind: 'ok', value: null })
    expect(await client.readMenu()).toEqual({ kind: 'ok', value: null })
  })

  test('that the server would refuse is not sent', async () => {
    expect(await client.createMenu({ button: [] })).toMatchObject({ kind: 'held-back', refusal: 'content' })
    expect(wechat.fetchesToday()).toBe(0)
  })
})

describe('who opens a page', () => {
  test('is sent to be known, and comes back', () => {
    const url = new URL(client.authorizeUrl({ returnTo: 'https://care.example.org/my/wechat?x=1', state: 'abc123' }))
    expect(Object.fromEntries(url.searchParams)).toEqual({
      appid: account.appId,
      redirect_uri: 'https://care.example.org/my/wechat?x=1',
      response_type: 'code',
      scope: 'snsapi_base',
      state: 'abc123',
    })
    expect([url.host, url.pathname, url.hash]).toEqual([
      'open.weixin.qq.com',
      '/connect/oauth2/authorize',
      '#wechat_redirect',
    ])
    expect(() => client.authorizeUrl({ returnTo: 'https://x', state: 'a&b' })).toThrow(RangeError)
  })

  test('is known by a code, once and for five minutes', async () => {
    const code = wechat.visits(openId, 'uABC')
    expect(await client.openIdOf(code)).toEqual({ kind: 'ok', value: { openId, unionId: 'uABC', isSnapshot: false } })
    expect(await client.openIdOf(code)).toMatchObject({ kind: 'refused', code: 40163, refusal: 'code-spent' })
    expect(await client.openIdOf('made-up')).toMatchObject({ kind: 'refused', code: 40029, refusal: 'code-spent' })
    const late = wechat.visits(openId)
    clock.advance({ minutes: 6 })
    expect(await client.openIdOf(late)).toMatchObject({ kind: 'refused', code: 40029 })
  })
})
