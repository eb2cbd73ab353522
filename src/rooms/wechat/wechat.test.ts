import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { sealed as sealedCall, tell } from '../../apps/stand-ins/wechat/tencent.ts'
import { startWeChat } from '../../apps/stand-ins/wechat/wechat.ts'
import { startWeCom } from '../../apps/stand-ins/wechat/wecom.ts'
import type { Clock } from '../../platform/clock.ts'
import { callbackCipher, callbackSignature } from '../../platform/wechat/callback-cipher.ts'
import { aHouse, TEST_NOW } from '../../../test/house.ts'
import * as contract from './contract/account.ts'
import type { WeChatAccountView } from './contract/account.ts'
import { putPlatformTemplate, listPlatformTemplates, dropPlatformTemplate } from './contract/template.ts'
import { AGREED, CORP, MINI, SERVICE, TEMPLATES } from './sample.ts'
import { sendWeChat, withdrawFromStaff, type WeChatToSend } from './server/index.ts'
import { lookAtMasses } from './server/mass.ts'

const clock: Clock = { now: () => house.clock.now(), today: (zone) => house.clock.today(zone) }
/** Filled in once the accounts have their addresses. */
const told = { service: { url: '', ...AGREED }, wecom: { url: '', ...AGREED } }
const wechat = await startWeChat({ clock, ...SERVICE, templates: TEMPLATES, callback: told.service })
const wecom = await startWeCom({ clock, ...CORP, staff: ['wang', 'li'], callback: told.wecom, isMedical: true })
afterAll(async () => {
  await wechat.close()
  await wecom.close()
})
const house = await aHouse({ wechatUrls: { wechat: wechat.url, wecom: wecom.url } })
await house.app.listen({ host: '127.0.0.1', port: 0 })
const { port } = house.app.server.address() as { port: number }
const here = (url: string) => `http://127.0.0.1:${port}${new URL(url).pathname}`
const db = house.house.databases.of(house.tenant.id)
const administrator = await house.as('system-administrator')

const secrets = { secret: SERVICE.secret, token: AGREED.token, aesKey: AGREED.encodingAesKey }
const service = await administrator.call(contract.addWeChatAccount, {
  body: { kind: 'service', name: '和康服务号', appId: SERVICE.appId, ...secrets },
})
const corp = await administrator.call(contract.addWeChatAccount, {
  body: {
    kind: 'wecom',
    name: '和康企业微信',
    appId: CORP.corpId,
    agentId: CORP.agentId,
    welcome: '您好，我是您的健康管理师。',
    ...secrets,
    secret: CORP.secret,
  },
})
told.service.url = here(service.callback)
told.wecom.url = here(corp.callback)

const field = (key: string) => ({ key, label: key })
const putTemplate = (
  templateId: string,
  channel: 'wechat-template' | 'wechat-notice',
  fields: string[],
  lasting = false,
) =>
  administrator.call(putPlatformTemplate, {
    params: { accountId: service.id, templateId },
    body: { channel, title: '复诊提醒', lasting, fields: fields.map(field) },
  })
await putTemplate('REVISIT', 'wechat-template', ['thing1', 'time2'])
await putTemplate('REPORT', 'wechat-notice', ['thing1', 'phrase2'])

let count = 0
const aFollower = async () => {
  const openId = `oPerson${(count += 1)}`
  await wechat.does(openId, { act: 'follow' })
  return openId
}
const anId = () => house.house.ids.next<string>()
const revisit = (address: string, change: object = {}): WeChatToSend => ({
  id: anId(),
  app: `wechat:${SERVICE.appId}`,
  address,
  channel: 'wechat-template',
  templateId: 'REVISIT',
  values: { thing1: '请按时复诊', time2: '2026-03-05 09:00' },
  link: '',
  ...change,
})
const notice = (address: string, change: object = {}): WeChatToSend =>
  ({
    ...revisit(address),
    channel: 'wechat-notice',
    templateId: 'REPORT',
    values: { thing1: '报告已出', phrase2: '可查看' },
    ...change,
  }) as WeChatToSend
const mass = (address: string, change: object = {}): WeChatToSend => ({
  id: anId(),
  app: `wecom:${CORP.corpId}`,
  address,
  channel: 'wecom-mass',
  text: '今天降温，出门多穿一件。',
  staffUserId: 'wang',
  ...change,
})
const send = (...messages: WeChatToSend[]) => sendWeChat(house.house, house.tenant, messages)
const one = async (message: WeChatToSend) => (await send(message))[0]!
const rowOf = (id: string) => db.selectFrom('wechat_sending').selectAll().where('id', '=', id).executeTakeFirst()
const got = (openId: string) => wechat.messages.filter((message) => message.openId === openId)

beforeEach(() => {
  house.clock.set(TEST_NOW)
})

describe('accounts', () => {
  const show = async (id: string) =>
    (await administrator.call(contract.listWeChatAccounts)).rows.find((row) => row.id === id)!
  const change = (account: WeChatAccountView, over: object = {}) => ({
    params: { accountId: account.id },
    body: {
      name: account.name,
      agentId: account.agentId,
      welcome: account.welcome,
      active: true,
      version: account.version,
      ...over,
    },
  })

  test('no secret is shown again, and only who may configure sees the rest', async () => {
    const answer = await administrator.try(contract.listWeChatAccounts)
    for (const secret of [SERVICE.secret, CORP.secret, AGREED.token, AGREED.encodingAesKey])
      expect(answer.raw.body).not.toContain(secret)
    expect(await show(service.id)).toMatchObject({ secretEnd: 'ount', encrypted: true, fault: null })
    for (const role of ['physician', 'service-manager', 'content-editor', 'quality-lead'] as const) {
      const other = await house.as(role)
      expect((await other.try(contract.listWeChatAccounts)).status).toBe(403)
      expect((await other.try(contract.changeWeChatAccount, change(service))).status).toBe(403)
    }
    // Writers of templates see what they may fill, and change nothing.
    const editor = await house.as('content-editor')
    expect((await editor.call(listPlatformTemplates)).rows.map(({ templateId }) => templateId).toSorted()).toEqual([
      'REPORT',
      'REVISIT',
    ])
    const params = { accountId: service.id, templateId: 'REPORT' }
    expect((await editor.try(dropPlatformTemplate, { params })).status).toBe(403)
  })

  test.each<[string, object, string]>([
    ['without a secret', { secret: '' }, 'WeChatSecretMissing'],
    ['without a token', { token: '' }, 'WeChatSecretMissing'],
    ['WeCom without a key', { kind: 'wecom', agentId: 1, aesKey: '' }, 'WeChatSecretMissing'],
    ['WeCom without an application', { kind: 'wecom' }, 'WeChatAgentMissing'],
    ['an account twice', { appId: SERVICE.appId }, 'WeChatAccountTwice'],
  ])('%s is refused', async (_name, over, code) => {
    const body = { kind: 'service', name: '另一个', appId: 'wx1111111111111111', ...secrets, ...over } as const
    expect((await administrator.try(contract.addWeChatAccount, { body: body as never })).code).toBe(code)
  })

  test('two who change it at once: the second is told; each change leaves its trace', async () => {
    const first = await administrator.call(contract.changeWeChatAccount, change(await show(service.id)))
    expect((await administrator.try(contract.changeWeChatAccount, change(service))).code).toBe('WeChatChangedMeanwhile')
    const trace = await db
      .selectFrom('audit_entry')
      .select(['action', 'detail'])
      .where('subject_id', '=', service.id)
      .where('outcome', '=', 'done')
      .where('action', '=', 'wechat.change-account')
      .execute()
    expect(trace).toHaveLength(1)
    expect(first.version).toBe(service.version + 1)
    // An empty secret keeps the one that was there.
    expect(await administrator.call(contract.checkWeChatAccount, { params: { accountId: service.id } })).toMatchObject({
      ok: true,
    })
  })

  test('the check says what the platform says', async () => {
    expect(await administrator.call(contract.checkWeChatAccount, { params: { accountId: corp.id } })).toMatchObject({
      ok: true,
    })
    await administrator.call(contract.changeWeChatAccount, change(await show(corp.id), { secret: 'a wrong one' }))
    expect(await administrator.call(contract.checkWeChatAccount, { params: { accountId: corp.id } })).toMatchObject({
      ok: false,
      code: '40001',
    })
    await administrator.call(contract.changeWeChatAccount, change(await show(corp.id), { secret: CORP.secret }))
  })

  test('another organization sees none of it, and may have the same account', async () => {
    const other = await house.anOrganization()
    const theirs = await house.as('system-administrator', { tenant: other })
    expect((await theirs.call(contract.listWeChatAccounts)).rows).toEqual([])
    expect((await theirs.try(contract.checkWeChatAccount, { params: { accountId: service.id } })).status).toBe(404)
    const body = { kind: 'service', name: '别家', appId: SERVICE.appId, ...secrets } as const
    const same = await theirs.call(contract.addWeChatAccount, { body })
    expect(same.callback).not.toBe(service.callback)
    expect(same.templates).toEqual([])
  })

  test.each<[string, string[], string]>([
    ['a type that there is not', ['thing1', 'wish2'], 'WeChatFieldUnknown'],
    ['a field twice', ['thing1', 'thing1'], 'WeChatFieldTwice'],
    ['an enumeration without values', ['enum1'], 'WeChatEnumEmpty'],
  ])('a template with %s is refused', async (_name, fields, code) => {
    const params = { accountId: service.id, templateId: 'WRONG' }
    const body = { channel: 'wechat-template' as const, title: '错', fields: fields.map(field) }
    expect((await administrator.try(putPlatformTemplate, { params, body })).code).toBe(code)
    const ofOther = { ...body, channel: 'mini-notice' as const, fields: [field('thing1')] }
    expect((await administrator.try(putPlatformTemplate, { params, body: ofOther })).code).toBe('WeChatChannelOfOther')
  })
})

describe('callbacks', () => {
  const acts = () => db.selectFrom('wechat_act').selectAll().orderBy('id').execute()
  const hello = (url: string, query: Record<string, string>) =>
    house.app.inject({ method: 'GET', url: new URL(url).pathname, query })
  const stamp = () => ({ timestamp: String(Math.floor(house.clock.now().getTime() / 1000)), nonce: 'n1' })

  test('the address is tried: in the open by a service account, encrypted by WeCom', async () => {
    const { timestamp, nonce } = stamp()
    const signature = callbackSignature([AGREED.token, timestamp, nonce])
    const open = await hello(service.callback, { timestamp, nonce, signature, echostr: '8716238' })
    expect([open.statusCode, open.body]).toEqual([200, '8716238'])
    const echostr = callbackCipher({ encodingAesKey: AGREED.encodingAesKey, receiver: CORP.corpId }).seal('5512')
    const msg_signature = callbackSignature([AGREED.token, timestamp, nonce, echostr])
    const encrypted = await hello(corp.callback, { timestamp, nonce, msg_signature, echostr })
    expect([encrypted.statusCode, encrypted.body]).toEqual([200, '5512'])
    expect((await hello(service.callback, { timestamp, nonce, signature: 'x', echostr: '1' })).statusCode).toBe(403)
  })

  test('what is told is kept once, sealed, however often it is told', async () => {
    const before = (await acts()).length
    const openId = await aFollower()
    expect(await acts()).toHaveLength(before + 1)
    const event = {
      ToUserName: 'gh',
      FromUserName: openId,
      CreateTime: Math.floor(house.clock.now().getTime() / 1000),
      MsgType: 'event',
      Event: 'subscribe',
      EventKey: '',
    }
    for (const _again of [1, 2])
      expect((await tell(clock, { ...told.service, receiver: SERVICE.appId }, event)).text).toBe('success')
    const rows = await acts()
    expect(rows).toHaveLength(before + 1)
    expect(rows.at(-1)!.sealed.includes(openId)).toBe(false)
  })

  test('forged, stale, in the open, for another or elsewhere: refused, and nothing is kept', async () => {
    const before = (await acts()).length
    const event = {
      ToUserName: 'gh',
      FromUserName: 'oForged',
      CreateTime: 1,
      MsgType: 'event',
      Event: 'subscribe',
      EventKey: '',
    }
    const post = async (
      to: Parameters<typeof sealedCall>[1],
      url = service.callback,
      change: Record<string, string> = {},
    ) => {
      const { body, query } = sealedCall(clock, to, event)
      const answer = await house.app.inject({
        method: 'POST',
        url: new URL(url).pathname,
        query: { ...Object.fromEntries(query), ...change },
        payload: body,
        headers: { 'content-type': 'text/xml' },
      })
      return answer.statusCode
    }
    const right = { token: AGREED.token, encodingAesKey: AGREED.encodingAesKey, receiver: SERVICE.appId }
    expect(await post({ ...right, token: 'guessed' })).toBe(403)
    expect(await post({ ...right, receiver: 'wxother' })).toBe(403)
    expect(await post({ token: AGREED.token, receiver: SERVICE.appId })).toBe(403)
    expect(await post(right, service.callback, { timestamp: '1000000' })).toBe(403)
    expect(await post(right, service.callback.replace(/\.[\w-]{6}/, '.AAAAAA'))).toBe(404)
    expect(await acts()).toHaveLength(before)
    expect(await post(right)).toBe(200)
  })

  test('a new contact in WeCom is welcomed within 20 seconds, once', async () => {
    await wecom.adds('wmNew', 'wang')
    const customer = wecom.customers.get('wmNew')!
    expect(customer.got.map(({ kind, text }) => `${kind} ${text}`)).toEqual(['welcome 您好，我是您的健康管理师。'])
    expect((await acts()).at(-1)!.welcome).toBe('ok')
    wecom.fail(41051)
    await wecom.adds('wmLate', 'wang')
    expect((await acts()).at(-1)!.welcome).toBe('code-spent')
  })
})

describe('a template message', () => {
  test('is sent once, however often and by however many it is asked for; its report is written to it', async () => {
    const openId = await aFollower()
    const messages = [revisit(openId), revisit(openId), revisit(openId)]
    const answers = await Promise.all([send(...messages), send(...messages.toReversed()), send(...messages)])
    expect(got(openId)).toHaveLength(3)
    for (const { kind } of answers.flat()) expect(['accepted', 'open']).toContain(kind)
    await wechat.report()
    // Three reports of one person in one second: none is taken for another told again.
    for (const { id } of messages) expect((await rowOf(id))!.state).toBe('delivered')
    expect(await one(messages[0]!)).toEqual({ kind: 'accepted' })
    expect(got(openId)).toHaveLength(3)
  })

  test('whose person does not want it is undelivered', async () => {
    const openId = await aFollower()
    wechat.person(openId).refuses = 'afterwards'
    const message = revisit(openId)
    await one(message)
    await wechat.report()
    expect(await one(message)).toEqual({ kind: 'undelivered', refusal: 'refused-by-recipient' })
  })

  test('of which no answer came is asked for again under the same id for ten minutes, and then lost', async () => {
    const openId = await aFollower()
    wechat.fail('taken-and-hang-up', 2)
    const [again, never] = [revisit(openId), revisit(openId)]
    expect(await one(again)).toMatchObject({ kind: 'open' })
    expect(await one(never)).toMatchObject({ kind: 'open' })
    house.clock.advance({ minutes: 3 })
    expect(await one(again)).toEqual({ kind: 'accepted' })
    house.clock.advance({ minutes: 10 })
    expect(await one(never)).toMatchObject({ kind: 'lost' })
    expect(got(openId)).toHaveLength(2)
    expect(await rowOf(again.id)).toMatchObject({ was_in_doubt: true, attempt: 2 })
  })

  test('whose sender is killed before the answer was written down is known by name, and not doubled', async () => {
    const openId = await aFollower()
    const message = revisit(openId)
    const killed = {
      ...house.house,
      wechat: {
        ...house.house.wechat,
        service: (...of: Parameters<typeof house.house.wechat.service>) => {
          const real = house.house.wechat.service(...of)
          return {
            ...real,
            sendTemplate: async (...what: Parameters<typeof real.sendTemplate>) => {
              await real.sendTemplate(...what)
              throw new Error('killed')
            },
          }
        },
      },
    }
    await expect(sendWeChat(killed, house.tenant, [message])).rejects.toThrow('killed')
    expect(await one(message)).toMatchObject({ kind: 'open' })
    house.clock.advance({ minutes: 4 })
    expect(await one(message)).toEqual({ kind: 'accepted' })
    expect(got(openId)).toHaveLength(1)
  })

  test('a refused token is renewed once for all, and a revoked one costs nobody a message', async () => {
    const openId = await aFollower()
    await one(revisit(openId))
    const fetched = wechat.fetchesToday()
    wechat.revokeToken()
    const answers = await send(...Array.from({ length: 8 }, () => revisit(openId)))
    expect(answers.every(({ kind }) => kind === 'accepted')).toBe(true)
    expect(wechat.fetchesToday() - fetched).toBe(1)
  })

  test.each<[number, string]>([
    [-1, 'busy'],
    [45011, 'minute-quota'],
    [45009, 'daily-quota'],
    [40003, 'unknown-recipient'],
    [43004, 'not-following'],
    [43101, 'refused-by-recipient'],
    [47003, 'content'],
    [88888, 'other'],
  ])('%i is a refusal of the kind %s, and it may be asked for again', async (code, refusal) => {
    const message = revisit(await aFollower())
    wechat.fail(code)
    expect(await one(message)).toMatchObject({ kind: 'refused', refusal })
    expect(await one(message)).toEqual({ kind: 'accepted' })
  })

  test('a value that does not fit stays in the house, whole', async () => {
    const openId = await aFollower()
    for (const values of [
      { thing1: '这一句话比二十个字长，所以微信会把它截断，我们不发', time2: '2026-03-05 09:00' },
      { thing1: '请复诊', time2: '明天' },
      { thing1: '请复诊' },
    ])
      expect(await one(revisit(openId, { values }))).toMatchObject({ kind: 'refused', refusal: 'content' })
    expect(got(openId)).toHaveLength(0)
  })
})

describe('what is wrong for everybody', () => {
  test('a template that the platform refuses is told of once and tried with nobody else until somebody mends it', async () => {
    const openId = await aFollower()
    wechat.fail(40037)
    expect(await one(revisit(openId))).toMatchObject({ refusal: 'template' })
    expect(await one(revisit(openId))).toMatchObject({ refusal: 'template' })
    expect(got(openId)).toHaveLength(0)
    const { rows } = await administrator.call(contract.listWeChatAccounts)
    const { templates } = rows.find(({ id }) => id === service.id)!
    expect(templates.find(({ templateId }) => templateId === 'REVISIT')!.fault).toMatchObject({ code: '40037' })
    await putTemplate('REVISIT', 'wechat-template', ['thing1', 'time2'])
    expect(await one(revisit(openId))).toEqual({ kind: 'accepted' })
  })

  test('a permission that is missing stands at the account until something is taken', async () => {
    const openId = await aFollower()
    wechat.fail(48001)
    expect(await one(revisit(openId))).toMatchObject({ refusal: 'no-permission' })
    const fault = async () =>
      (await administrator.call(contract.listWeChatAccounts)).rows.find(({ id }) => id === service.id)!.fault
    expect(await fault()).toMatchObject({ code: '48001' })
    await one(revisit(openId))
    expect(await fault()).toBeNull()
  })

  test('an account that is not there, or a template that is not entered', async () => {
    expect(await one(revisit('oX', { app: `wechat:${MINI.appId}` }))).toMatchObject({ refusal: 'account' })
    expect(await one(revisit('oX', { templateId: 'NONE' }))).toMatchObject({ refusal: 'template' })
    await putTemplate('GONE', 'wechat-template', ['thing1'])
    await administrator.call(dropPlatformTemplate, { params: { accountId: service.id, templateId: 'GONE' } })
    expect(await one(revisit('oX', { templateId: 'GONE' }))).toMatchObject({ refusal: 'template' })
  })
})

describe('a notice', () => {
  test('in doubt, then refused because its one consent is gone, was sent', async () => {
    const openId = await aFollower()
    await wechat.does(openId, { act: 'consent', answers: { REPORT: 'accept' } })
    wechat.fail('taken-and-hang-up')
    const message = notice(openId)
    expect(await one(message)).toMatchObject({ kind: 'open' })
    house.clock.advance({ minutes: 30 })
    expect(await one(message)).toEqual({ kind: 'accepted' })
    expect(got(openId)).toHaveLength(1)
  })

  test('by a lasting consent is never sent twice: in doubt it is lost, and said so', async () => {
    await putTemplate('REPORT', 'wechat-notice', ['thing1', 'phrase2'], true)
    const openId = await aFollower()
    await wechat.does(openId, { act: 'consent', answers: { REPORT: 'lasting' } })
    wechat.fail('taken-and-hang-up')
    const message = notice(openId)
    expect(await one(message)).toMatchObject({ kind: 'lost' })
    expect(await one(message)).toMatchObject({ kind: 'lost' })
    expect(got(openId)).toHaveLength(1)
    expect(await one(notice(openId))).toEqual({ kind: 'accepted' })
  })
})

describe('a mass message of WeCom', () => {
  const customer = async (staff = 'wang') => {
    const id = `wmPerson${(count += 1)}`
    await wecom.adds(id, staff)
    return id
  }
  const gotMass = (id: string) => wecom.customers.get(id)!.got.filter(({ kind }) => kind === 'mass')
  const look = async () => {
    house.clock.advance({ hours: 2 })
    await lookAtMasses(house.house, house.tenant)
  }

  test('is one question for all who get the same words, and sent only once it is confirmed', async () => {
    const people = [await customer(), await customer(), await customer('li')]
    const messages = [mass(people[0]!), mass(people[1]!), mass(people[2]!, { staffUserId: 'li' })]
    const before = wecom.tasks.length
    expect((await send(...messages)).map(({ kind }) => kind)).toEqual(['tasked', 'tasked', 'tasked'])
    expect(wecom.tasks.length - before).toBe(2)
    await look()
    expect(gotMass(people[0]!)).toHaveLength(0)
    expect(await one(messages[0]!)).toEqual({ kind: 'tasked' })
    wecom.confirms(wecom.tasks.findLast(({ shares }) => shares.has('wang'))!.id, 'wang')
    await look()
    expect(gotMass(people[0]!)).toHaveLength(1)
    expect([(await rowOf(messages[0]!.id))!.state, (await rowOf(messages[2]!.id))!.state]).toEqual([
      'delivered',
      'tasked',
    ])
  })

  test('of which the customer has had enough, or who is nobody’s contact any more, is not delivered', async () => {
    const [left, full, stranger] = [await customer(), await customer(), 'wmNobody']
    for (let n = 0; n < 4; n++) {
      await one(mass(full, { text: `第 ${n} 次` }))
      wecom.confirms(wecom.tasks.at(-1)!.id, 'wang')
    }
    const messages = [mass(left), mass(full), mass(stranger)]
    expect(
      (await send(...messages)).map((answer) => (answer.kind === 'refused' ? answer.refusal : answer.kind)),
    ).toEqual(['tasked', 'tasked', 'not-following'])
    await wecom.parts(left, 'wang', 'customer')
    wecom.confirms(wecom.tasks.at(-1)!.id, 'wang')
    await look()
    expect(await one(messages[0]!)).toEqual({ kind: 'undelivered', refusal: 'not-following' })
    expect(await one(messages[1]!)).toEqual({ kind: 'undelivered', refusal: 'limit-reached' })
  })

  test('who is not to get it any more is taken out; the others are asked for anew', async () => {
    const [gone, stays] = [await customer(), await customer()]
    const messages = [mass(gone, { text: '下周有讲座' }), mass(stays, { text: '下周有讲座' })]
    await send(...messages)
    await withdrawFromStaff(house.house, house.tenant, [messages[0]!.id])
    expect(wecom.tasks.at(-1)!.cancelled).toBe(true)
    expect(await one(messages[0]!)).toMatchObject({ kind: 'lost' })
    expect(await one(messages[1]!)).toEqual({ kind: 'tasked' })
    wecom.confirms(wecom.tasks.at(-1)!.id, 'wang')
    expect([gotMass(gone).length, gotMass(stays).length]).toEqual([0, 1])
  })

  test('that nobody confirms is reminded of three times, and given up after thirty days', async () => {
    const message = mass(await customer(), { text: '体检日' })
    await one(message)
    const task = wecom.tasks.at(-1)!
    for (let day = 0; day < 6; day++) {
      house.clock.advance({ days: 1, minutes: 1 })
      await lookAtMasses(house.house, house.tenant)
    }
    expect(task.reminded).toHaveLength(3)
    house.clock.advance({ days: 26 })
    await lookAtMasses(house.house, house.tenant)
    expect(task.cancelled).toBe(true)
    expect((await rowOf(message.id))!.state).toBe('withdrawn')
  })

  test('of which no answer came is not asked for twice', async () => {
    const message = mass(await customer(), { text: '不重复' })
    wecom.fail('taken-and-hang-up')
    expect(await one(message)).toMatchObject({ kind: 'lost' })
    expect(await one(message)).toMatchObject({ kind: 'lost' })
    expect(wecom.tasks.filter(({ text }) => text === '不重复')).toHaveLength(1)
  })
})
