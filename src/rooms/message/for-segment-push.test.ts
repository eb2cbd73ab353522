import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, TEST_NOW } from '../../../test/house.ts'
import { aliyunStandIn } from '../../apps/stand-ins/sms/index.ts'
import { startWeChat } from '../../apps/stand-ins/wechat/wechat.ts'
import { startWeCom } from '../../apps/stand-ins/wechat/wecom.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Condition } from '../../platform/condition/index.ts'
import { assignCarers } from '../patient/server/index.ts'
import { createSegment, saveSegment } from '../segment/contract/segment.ts'
import { aDefinition, highPressure, look, measured } from '../segment/sample-clinic.ts'
import { setSmsAccount } from '../sms/contract/account.ts'
import { addWeChatAccount, setWeComStaff } from '../wechat/contract/account.ts'
import { putPlatformTemplate } from '../wechat/contract/template.ts'
import { AGREED, CORP, SERVICE, TEMPLATES } from '../wechat/sample.ts'
import type { Block } from './contract/block.ts'
import { templateDefinition, type TemplateDefinitionInput } from './contract/template.ts'
import type { Channel } from './contract/words.ts'
import { aPatient, aTemplate, keepingTransport, ledger, mailingBy, publish, setWebAddress } from './sample.ts'
import { compileBlocks } from './server/compile/compile.ts'
import { openContent } from './server/content-seal.ts'
import { findingsOf } from './server/findings.ts'
import { linkAccount, sendDue, sendMessages, sendPush } from './server/index.ts'

/** Blocks that only some people read, by WeChat, WeCom and short message, over stand-ins that keep a book of their own. */
const clock: Clock = { now: () => house.clock.now(), today: (zone) => house.clock.today(zone) }
const KEYS = { keyId: 'LTAI-test-key', keySecret: 'a secret of the account' }
const NOTICE = { code: 'SMS_1', kind: 'notice' as const, text: '您好${name}，有一封给您的信，请登录查看。' }
const told = { service: { url: '', ...AGREED }, wecom: { url: '', ...AGREED } }
const wechat = await startWeChat({ clock, ...SERVICE, templates: TEMPLATES, callback: told.service })
const wecom = await startWeCom({ clock, ...CORP, staff: ['wang'], callback: told.wecom })
const aliyun = await aliyunStandIn({ clock, ...KEYS, signNames: ['和康体检'], templates: [NOTICE] })
afterAll(() => Promise.all([wechat.close(), wecom.close(), aliyun.close()]))
const house = await aHouse({
  wechatUrls: { wechat: wechat.url, wecom: wecom.url },
  smsUrls: { aliyun: aliyun.url },
})
await setWebAddress(house, 'https://care.example.org')
const { mails, transport } = keepingTransport()
const mailing = mailingBy(house.house, transport)
await house.app.listen({ host: '127.0.0.1', port: 0 })
const { port } = house.app.server.address() as { port: number }
const db = house.house.databases.of(house.tenant.id)
const [administrator, editor, manager] = [
  await house.as('system-administrator'),
  await house.as('content-editor'),
  await house.as('service-manager'),
]
const here = (url: string) => `http://127.0.0.1:${port}${new URL(url).pathname}`
const both = (zh: string, en = zh) => ({ zh, en })

let elders: string
let pressed: string
type Who = 'young' | 'old' | 'pressed'
const people: Record<Who, string> = { young: '', old: '', pressed: '' }
const WHO: Who[] = ['young', 'old', 'pressed']

async function segmentOf(zh: string, condition: Condition): Promise<string> {
  const { id } = await editor.call(createSegment, { body: { definition: aDefinition({ name: both(zh), condition }) } })
  await editor.call(saveSegment, { params: { segmentId: id }, body: { version: 1 } })
  await house.settle()
  return id
}

async function someone(name: Who, birthDate: string): Promise<string> {
  const patientId = await aPatient(house, { name: NAMES[name], birthDate, phone: `1390000200${WHO.indexOf(name)}` })
  await house.write((ctx) => assignCarers(ctx, patientId as never, { managerId: manager.staffId as never }))
  const app = `wechat:${SERVICE.appId}`
  const link = (to: { app: string; address: string }) =>
    house.write((ctx) => linkAccount(ctx, { ...to, patientId, relation: 'self' }))
  await link({ app, address: `o-${name}` })
  await link({ app: `wecom:${CORP.corpId}`, address: `wm-${name}` })
  await wechat.does(`o-${name}`, { act: 'follow' })
  await wecom.adds(`wm-${name}`, 'wang')
  await house.settle()
  return patientId
}
const NAMES = { young: '赵小满', old: '林若兰', pressed: '周建国' }

beforeAll(async () => {
  const secrets = { token: AGREED.token, aesKey: AGREED.encodingAesKey }
  const service = await administrator.call(addWeChatAccount, {
    body: { kind: 'service', name: '服务号', appId: SERVICE.appId, secret: SERVICE.secret, ...secrets },
  })
  const corp = await administrator.call(addWeChatAccount, {
    body: {
      kind: 'wecom',
      name: '企业微信',
      appId: CORP.corpId,
      agentId: CORP.agentId,
      secret: CORP.secret,
      ...secrets,
    },
  })
  told.service.url = here(service.callback)
  told.wecom.url = here(corp.callback)
  await administrator.call(setWeComStaff, {
    params: { accountId: corp.id },
    body: { rows: [{ userId: 'wang', staffId: manager.staffId as never }] },
  })
  await administrator.call(putPlatformTemplate, {
    params: { accountId: service.id, templateId: 'REVISIT' },
    body: {
      channel: 'wechat-template',
      title: '复诊',
      fields: ['thing1', 'time2'].map((key) => ({ key, label: key })),
    },
  })
  await administrator.call(setSmsAccount, {
    body: { provider: 'aliyun', ...KEYS, signName: '和康体检', version: null },
  })
  people.young = await someone('young', '2000-01-01')
  people.old = await someone('old', '1950-01-01')
  people.pressed = await someone('pressed', '1990-01-01')
  await measured(house, people.pressed, 168)
  elders = await segmentOf('六十岁以上', { age: { op: '>=', years: 60 } })
  pressed = await segmentOf('血压高的人', highPressure)
  await look(house)
})

const [OLD, PRESSED, POINTER] = ['请家人陪着出门', '早晚各量一次', '请登录后再看']
const greeting: Block = { kind: 'text', id: 'text', words: both('{{ greeting }}：天凉了。') }
const forOld = (zh = OLD): Block => ({ kind: 'text', id: 'olds', words: both(zh), onlyFor: elders })
const forPressed = (): Block => ({ kind: 'text', id: 'bloo', words: both(PRESSED), onlyFor: pressed })
const letter = (): Block[] => [greeting, forOld(), forPressed(), { kind: 'text', id: 'last', words: both('祝安康。') }]

const definitionOf = async (blocks: Block[], over: Partial<TemplateDefinitionInput>) =>
  compileBlocks(
    templateDefinition.parse({
      ...aTemplate(),
      purpose: 'service',
      answers: true,
      blocks,
      channels: ['in-app'],
      wechat: [
        {
          channel: 'wechat-template',
          templateId: 'REVISIT',
          values: { thing1: '给您的信', time2: '2026-03-05 09:00' },
        },
      ],
      sms: [{ provider: 'aliyun', code: 'SMS_1', text: NOTICE.text, values: { name: 'name' } }],
      ...over,
    }),
  )
const inForce = async (blocks: Block[], over: Partial<TemplateDefinitionInput>) =>
  publish(house, await definitionOf(blocks, over))
const byWay = (channel: Channel, blocks = letter()) => inForce(blocks, { ladder: [channel] })

let count = 0
async function plan(template: string, who: Who[]): Promise<string> {
  const touch = `segment:${(count += 1)}`
  await house.write((ctx) =>
    sendMessages(
      ctx,
      who.map((one) => ({ patientId: people[one], template, touch })),
    ),
  )
  return touch
}
async function send(of = mailing): Promise<void> {
  await sendPush(of, house.tenant)
  await sendDue(of, house.tenant)
  await house.settle()
}
async function copyOf(who: Who, touch: string, isCentre = false) {
  const row = (await ledger(house, people[who])).find(
    (one) => one.touch === touch && (one.channel === 'in-app') === isCentre,
  )!
  const content = openContent(
    { sealer: house.house.sealer, organizationId: house.tenant.id } as never,
    row.content_sealed!,
  )
  return { ...row, ...content }
}
const chats = (who: Who) =>
  wechat.messages
    .filter(({ openId, way }) => openId === `o-${who}` && way === 'customer')
    .map(({ values }) => values['text']!)

let tasksBefore = 0
beforeEach(async () => {
  house.clock.advance({ days: 3 })
  for (const who of WHO) await wechat.does(`o-${who}`, { act: 'say', text: '在吗' })
  await house.settle()
  wechat.messages.length = mails.length = aliyun.desk.taken.length = 0
  tasksBefore = wecom.tasks.length
})
house.clock.set(TEST_NOW)

describe('a block for a segment, by ways that carry words', () => {
  const said: Record<string, (who: Who) => string[]> = {
    'wechat-chat': chats,
    'wecom-mass': (who) =>
      wecom.tasks
        .slice(tasksBefore)
        .filter(({ shares }) => [...shares.values()].some(({ customers }) => customers.has(`wm-${who}`)))
        .map(({ text }) => text),
  }

  test.each(['wechat-chat', 'wecom-mass'] as const)(
    '%s: who is in it reads it; what tells of health is a line that leads to the login, and stands in the message centre',
    async (channel) => {
      const touch = await plan(await byWay(channel), WHO)
      await send()
      const [young, old, ill] = WHO.map((who) => said[channel]!(who))
      expect([young!.length, old!.length, ill!.length]).toEqual([1, 1, 1])
      for (const text of [young![0]!, old![0]!, ill![0]!]) {
        expect(text).toContain('天凉了')
        expect(text).toContain('祝安康')
        expect(text).not.toContain(PRESSED)
        expect(text).not.toMatch(/\{[{%]|only_|zqx/)
        expect(text.split('https://care.example.org/my')).toHaveLength(2)
      }
      expect([young, old, ill].map((text) => text![0]!.includes(OLD))).toEqual([false, true, false])
      expect([young, old, ill].map((text) => text![0]!.includes(POINTER))).toEqual([false, false, true])
      // What is kept is what was sent; the message centre says all of it.
      for (const who of WHO) expect((await copyOf(who, touch)).text).toBe(said[channel]!(who)[0])
      expect((await copyOf('pressed', touch, true)).text).toContain(PRESSED)
      expect((await copyOf('young', touch, true)).text).not.toMatch(new RegExp(`${OLD}|${PRESSED}|${POINTER}`))
    },
  )

  test('is decided for all of a round at once, and not at all where no template has one', async () => {
    const asked: string[] = []
    const { facts } = house.house
    const find = (code: string) => {
      asked.push(code)
      return facts.find(code)
    }
    const looks = async (template: string, who: Who[]) => {
      // What waits of before, such as what staff have not confirmed, is looked at first.
      await send()
      await plan(template, who)
      asked.length = 0
      await send(mailingBy({ ...house.house, facts: { ...facts, find } }, transport))
      return asked.length
    }
    const some = await byWay('wechat-chat')
    expect(await looks(await byWay('wechat-chat', [greeting]), WHO)).toBe(0)
    const forTwo = await looks(some, ['old', 'pressed'])
    expect(forTwo).toBeGreaterThan(0)
    expect(await looks(some, WHO)).toBe(forTwo)
    expect(wechat.messages).toHaveLength(8)
  })

  test('follows the segment up to the moment of sending, and then stays as it was said', async () => {
    const template = await byWay('wecom-mass')
    const touch = await plan(template, ['pressed'])
    await measured(house, people.pressed, 118)
    await look(house)
    wecom.fail(-1, 1, 'externalcontact/add_msg_template')
    await send()
    const first = await copyOf('pressed', touch)
    expect([first.state, first.text.includes(POINTER)]).toEqual(['deferred', false])
    await measured(house, people.pressed, 170)
    await look(house)
    house.clock.advance({ hours: 1 })
    await send()
    expect(said['wecom-mass']!('pressed')).toEqual([first.text])
  })

  test('refused by one way, it reaches the next with the same blocks, and the mail has them in HTML too', async () => {
    const template = await inForce(letter(), { ladder: ['wechat-chat', 'email'] })
    const touch = await plan(template, ['old', 'pressed'])
    wechat.fail(45015, 2, 'message/custom/send')
    await send()
    await send()
    expect(chats('old')).toEqual([])
    expect([(await copyOf('old', touch)).channel, (await copyOf('pressed', touch)).channel]).toEqual(['email', 'email'])
    const mailTo = (name: string) => mails.find(({ text }) => text.includes(name))!
    for (const part of ['text', 'html'] as const) {
      expect(mailTo('林若兰')[part]).toContain(OLD)
      expect(mailTo('林若兰')[part]).not.toContain(POINTER)
      expect(mailTo('周建国')[part]).toContain(POINTER)
      expect(mailTo('周建国')[part]).not.toMatch(new RegExp(`${OLD}|${PRESSED}`))
    }
  })

  test.each(['wechat-chat', 'wecom-mass'] as const)(
    '%s: whose block makes it too long is written to by the next way, whole; the others read it here',
    async (channel) => {
      const long = `${OLD}${'，慢慢走'.repeat(200)}`
      const template = await inForce([greeting, forOld(long)], { ladder: [channel, 'email'] })
      const touch = await plan(template, ['young', 'old'])
      await send()
      expect([said[channel]!('young').length, said[channel]!('old').length]).toEqual([1, 0])
      expect(mails.map(({ text }) => text.includes(long))).toEqual([true])
      const row = await copyOf('old', touch)
      expect([row.state, row.channel]).toEqual(['accepted', 'email'])
      const steps = await db
        .selectFrom('message_event')
        .select('detail')
        .where('message_id', '=', row.id)
        .where('kind', '=', 'next-way')
        .execute()
      expect(steps.map(({ detail }) => (detail as { saw: object }).saw)).toEqual([
        { channel: 'email', why: `${channel}:unfit` },
      ])
    },
  )

  test('where there is no next way it ends, and is not cut', async () => {
    const touch = await plan(await byWay('wechat-chat', [greeting, forOld('慢慢走'.repeat(300))]), ['young', 'old'])
    await send()
    const [row] = (await ledger(house, people.old)).filter((one) => one.touch === touch && one.channel !== 'in-app')
    expect([row!.state, row!.reason, chats('old').length, chats('young').length]).toEqual(['failed', 'too-long', 0, 1])
    expect((await copyOf('old', touch, true)).text).toContain('慢慢走')
  })
})

describe('ways whose words the platform has approved', () => {
  test('a template message and a short message say theirs to everybody alike; the blocks stand in the message centre', async () => {
    for (const template of [await byWay('wechat-template'), await inForce(letter(), { channels: ['in-app', 'sms'] })]) {
      const touch = await plan(template, WHO)
      await send()
      const texts = await Promise.all(WHO.map(async (who) => (await copyOf(who, touch)).text.replace(NAMES[who], '')))
      expect(new Set(texts).size).toBe(1)
      expect(texts[0]).toMatch(/^(给您的信\n2026-03-05 09:00|【和康体检】您好，有一封给您的信，请登录查看。)$/)
      const centre = await Promise.all(WHO.map(async (who) => (await copyOf(who, touch, true)).text))
      expect(centre.map((text) => [text.includes(OLD), text.includes(PRESSED)])).toEqual([
        [false, false],
        [true, false],
        [false, true],
      ])
    }
    expect(wechat.messages.map(({ values }) => values)).toEqual(
      WHO.map(() => ({ thing1: '给您的信', time2: '2026-03-05 09:00' })),
    )
    expect(aliyun.desk.taken).toHaveLength(3)
  })

  test('nobody can write the mark of a segment into them, nor send by them alone what stands behind a login', async () => {
    const mark = `only_${elders.replaceAll('-', '')}`
    const found = async (over: Partial<TemplateDefinitionInput>) =>
      house.write(async (ctx) =>
        (await findingsOf(ctx, await definitionOf(letter(), over))).map(({ part, kind }) => `${part} ${kind}`),
      )
    const thing1 = `{% if ${mark} == 'shown' %}老{% endif %}`
    expect(
      await found({
        ladder: ['wechat-template'],
        wechat: [{ channel: 'wechat-template', templateId: 'REVISIT', values: { thing1, time2: '2026-03-05 09:00' } }],
      }),
    ).toEqual(['wechat.wechat-template unknown-variable'])
    const sms = [{ provider: 'aliyun' as const, code: 'SMS_1', text: NOTICE.text, values: { name: mark } }]
    expect(await found({ channels: ['in-app', 'sms'], sms })).toEqual(['sms.aliyun unknown-variable'])
    for (const ladder of [['wechat-chat'], ['wecom-mass'], ['wechat-template']] as Channel[][])
      expect(await found({ channels: ['sms'], ladder })).toEqual(['blocks audience-nowhere'])
  })
})
