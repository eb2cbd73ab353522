import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startWeChat } from '../../apps/stand-ins/wechat/wechat.ts'
import { sealed } from '../../apps/stand-ins/wechat/tencent.ts'
import { travellingClock } from '../clock.ts'
import { readCallback, type Callback, type CallbackAccount } from './callback.ts'
import { callbackCipher, callbackSignature } from './callback-cipher.ts'
import { eventOf, type WeChatEvent } from './events.ts'

const clock = travellingClock('2026-03-02T02:00:00Z')
const encodingAesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const open: CallbackAccount = { token: 'agreed', receiver: 'wx0123456789abcdef' }
const secret: CallbackAccount = { ...open, encodingAesKey }
const openId = 'oABC'

/** An address as the house would have it: it reads what comes and answers as WeChat wants it. */
let account = secret
let events: WeChatEvent[] = []
let refusals: string[] = []
let server: Server
let url = ''
let failures = 0
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      const query = Object.fromEntries(new URL(request.url!, 'http://x').searchParams)
      const read = readCallback(account, { method: request.method!, query, body, now: clock.now() })
      if (read.kind === 'refused') refusals.push(read.because)
      if (read.kind === 'message') events.push(eventOf(read.message))
      response.statusCode = read.kind === 'refused' ? 403 : failures-- > 0 ? 500 : 200
      response.end(read.kind === 'hello' ? read.echo : 'success')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wechat`
})
afterAll(() => void server.close())
beforeEach(() => {
  events = []
  refusals = []
  failures = 0
  account = secret
})

const aServer = (key: string | undefined = encodingAesKey) =>
  startWeChat({
    clock,
    appId: open.receiver,
    secret: 's',
    templates: { T1: { fields: { thing1: null } } },
    callback: { url, token: open.token, encodingAesKey: key },
  })

describe.each([
  ['in the open', open, undefined],
  ['encrypted', secret, encodingAesKey],
])('what people do, %s', (_how, mine, key) => {
  test('arrives', async () => {
    account = mine
    const wechat = await startWeChat({
      clock,
      appId: open.receiver,
      secret: 's',
      templates: {},
      callback: { url, token: open.token, encodingAesKey: key },
    })
    await wechat.does(openId, { act: 'follow', scene: 'desk-3' })
    await wechat.does(openId, { act: 'say', text: '医生你好<1>&]]>' })
    await wechat.does(openId, { act: 'click', key: 'call-manager' })
    await wechat.does(openId, { act: 'scan', scene: 'ward-7' })
    await wechat.does(openId, { act: 'consent', answers: { T1: 'accept', T2: 'reject' } })
    await wechat.does(openId, { act: 'withdraw', templateIds: ['T1'] })
    const last = await wechat.does(openId, { act: 'unfollow' })
    await wechat.close()
    expect(last).toEqual({ status: 200, text: 'success' })
    expect(refusals).toEqual([])
    expect(events.map(({ at: _at, key: _key, ...event }) => event)).toEqual([
      { openId, kind: 'follow', scene: 'desk-3' },
      { openId, kind: 'text', text: '医生你好<1>&]]>' },
      { openId, kind: 'menu-click', button: 'call-manager' },
      { openId, kind: 'scan', scene: 'ward-7' },
      {
        openId,
        kind: 'consent',
        answers: [
          { templateId: 'T1', accepted: true },
          { templateId: 'T2', accepted: false },
        ],
      },
      { openId, kind: 'consent-withdrawn', templateIds: ['T1'] },
      { openId, kind: 'unfollow' },
    ])
    expect(events.every(({ at }) => at.getTime() === clock.now().getTime())).toBe(true)
    expect(new Set(events.map(({ key: one }) => one)).size).toBe(events.length)
  })
})

test('what became of messages arrives with the number they were given', async () => {
  const wechat = await aServer()
  await wechat.does(openId, { act: 'follow' })
  await wechat.does('oDEF', { act: 'follow' })
  wechat.person('oDEF').refuses = 'afterwards'
  const { access_token } = (await (
    await fetch(`${wechat.url}/cgi-bin/stable_token`, {
      method: 'POST',
      body: JSON.stringify({ grant_type: 'client_credential', appid: open.receiver, secret: 's' }),
    })
  ).json()) as { access_token: string }
  for (const touser of [openId, 'oDEF'])
    await fetch(`${wechat.url}/cgi-bin/message/template/send?access_token=${access_token}`, {
      method: 'POST',
      body: JSON.stringify({ touser, template_id: 'T1', data: { thing1: { value: '复查' } } }),
    })
  events = []
  await wechat.report()
  await wechat.close()
  expect(events).toMatchObject([
    { kind: 'template-sent', openId, messageId: wechat.messages[0]!.id, outcome: 'delivered' },
    { kind: 'template-sent', openId: 'oDEF', messageId: wechat.messages[1]!.id, outcome: 'refused-by-recipient' },
  ])
})

test('what is told again, since nobody took it, has the same key', async () => {
  const wechat = await aServer()
  failures = 2
  expect(await wechat.does(openId, { act: 'say', text: '在吗' })).toMatchObject({ status: 200 })
  await wechat.close()
  expect(events).toHaveLength(3)
  expect(new Set(events.map(({ key }) => key)).size).toBe(1)
})

const call = (over: Partial<Parameters<typeof readCallback>[1]> & { account?: CallbackAccount } = {}): Callback => {
  const { account: mine = secret, ...rest } = over
  const { body, query } = sealed(
    clock,
    { ...mine, token: 'agreed' },
    { FromUserName: openId, MsgType: 'text', Content: '好' },
  )
  return readCallback(mine, { method: 'POST', query: Object.fromEntries(query), body, now: clock.now(), ...rest })
}
const signed = (token: string, parts: string[] = []) => ({
  timestamp: '1772416800',
  nonce: 'n',
  signature: callbackSignature([token, '1772416800', 'n', ...parts]),
})

describe('an address that is tried', () => {
  test('in the open, and as WeCom does it', () => {
    expect(call({ method: 'GET', query: { ...signed('agreed'), echostr: '42' } })).toEqual({
      kind: 'hello',
      echo: '42',
    })
    const echostr = callbackCipher({ encodingAesKey, receiver: secret.receiver }).seal('42')
    const query = { timestamp: '1772416800', nonce: 'n', echostr, msg_signature: signed('agreed', [echostr]).signature }
    expect(call({ method: 'GET', query })).toEqual({ kind: 'hello', echo: '42' })
    expect(call({ method: 'GET', query, account: open })).toMatchObject({ kind: 'refused' })
    expect(call({ method: 'GET', query: { ...query, echostr: '42' } })).toMatchObject({ kind: 'refused' })
  })

  test('by whoever does not know the token', () => {
    expect(call({ method: 'GET', query: { ...signed('guessed'), echostr: '42' } })).toEqual({
      kind: 'refused',
      because: 'its signature is wrong',
    })
  })
})

describe('is refused:', () => {
  test('the good one is not', () => {
    expect(call()).toMatchObject({ kind: 'message' })
    expect(call({ account: open })).toMatchObject({ kind: 'message' })
  })

  test('a call in the open where encryption was agreed', () => {
    const { body, query } = sealed(clock, open, { FromUserName: openId })
    expect(call({ body, query: Object.fromEntries(query) })).toEqual({
      kind: 'refused',
      because: 'it is not encrypted',
    })
  })

  test('another body under a signature that was seen', () => {
    const { query } = sealed(clock, { ...secret, token: 'agreed' }, { A: '1' })
    const { body } = sealed(clock, { ...secret, token: 'agreed' }, { A: '2' })
    expect(call({ body, query: Object.fromEntries(query) })).toEqual({
      kind: 'refused',
      because: 'its signature is wrong',
    })
  })

  test('what was meant for another account', () => {
    const other = { ...secret, receiver: 'wx9999999999999999', token: 'agreed' }
    const { body, query } = sealed(clock, other, { A: '1' })
    expect(call({ body, query: Object.fromEntries(query) })).toEqual({
      kind: 'refused',
      because: 'it is meant for another',
    })
  })

  test.each([
    ['none', undefined],
    ['no number', 'now'],
    ['eleven minutes ago', String(clock.now().getTime() / 1000 - 660)],
    ['in eleven minutes', String(clock.now().getTime() / 1000 + 660)],
  ])('a time of %s', (_what, timestamp) => {
    const { body, query } = sealed(clock, { ...secret, token: 'agreed' }, { A: '1' })
    const { timestamp: _old, ...rest } = Object.fromEntries(query)
    expect(call({ body, query: { ...rest, timestamp } })).toEqual({ kind: 'refused', because: 'its time is not ours' })
  })

  test.each([
    ['rubbish', 'rubbish'],
    ['an entity', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml>&a;</xml>'],
    ['nothing', ''],
  ])('%s', (_what, body) => {
    const query = { timestamp: '1772416800', nonce: 'n', signature: signed('agreed').signature }
    expect(call({ body, query, account: open })).toMatchObject({ kind: 'refused' })
    expect(call({ body, query })).toMatchObject({ kind: 'refused' })
  })
})
