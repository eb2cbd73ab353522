import { afterAll } from 'vitest'
import { aliyunStandIn } from '../../src/apps/stand-ins/sms/index.ts'
import { startWeChat } from '../../src/apps/stand-ins/wechat/wechat.ts'
import { startWeCom } from '../../src/apps/stand-ins/wechat/wecom.ts'
import type { Clock } from '../../src/platform/clock.ts'
import type { Tenant } from '../../src/platform/context/context.ts'
import { aPatient, aTemplate, publish, putConsent, setWebAddress } from '../../src/rooms/message/sample.ts'
import type { TemplateDefinitionInput } from '../../src/rooms/message/contract/template.ts'
import type { Channel, Purpose } from '../../src/rooms/message/contract/words.ts'
import { linkAccount, sendDue, sendPush } from '../../src/rooms/message/server/index.ts'
import { installShippedTags } from '../../src/rooms/tag/server/index.ts'
import { addWeChatAccount, setWeComStaff } from '../../src/rooms/wechat/contract/account.ts'
import { putPlatformTemplate } from '../../src/rooms/wechat/contract/template.ts'
import type { TemplateChannel } from '../../src/rooms/wechat/contract/words.ts'
import { AGREED, CORP, MINI, SERVICE } from '../../src/rooms/wechat/sample.ts'
import { setSmsAccount } from '../../src/rooms/sms/contract/account.ts'
import { aHouse, TEST_NOW } from '../house.ts'
import { anSmtpEnd } from '../smtp-end.ts'

/** A hospital with every channel set up, each over a stand-in that keeps a book of what it was handed. */

export interface Somebody {
  id: string
  email: string
  phone: string
  openId: string
  externalId: string
}
export type PersonOptions = Omit<Parameters<typeof aPatient>[1] & object, 'tenant'>

const KEYS = { keyId: 'LTAI-test-key', keySecret: 'a secret of the account' }
const sms: { code: string; kind: 'notice' | 'promotion'; text: string }[] = []
const fields = {
  REVISIT: { thing1: null, time2: null },
  REPORT: { thing1: null, phrase2: null },
  MINIONE: { thing1: null },
}
export const PAGE = 'pages/messages'

export type World = Awaited<ReturnType<typeof aWorld>>

/** @param account the one account of WeChat that its stand-in plays */
export async function aWorld(account: 'service' | 'mini' = 'service') {
  const clock: Clock = { now: () => house.clock.now(), today: (zone) => house.clock.today(zone) }
  const told = { wechat: { url: '', ...AGREED }, wecom: { url: '', ...AGREED } }
  const own = account === 'mini' ? MINI : SERVICE
  const templates = Object.fromEntries(Object.entries(fields).map(([id, of]) => [id, { fields: of }]))
  const mail = await anSmtpEnd()
  const phone = await aliyunStandIn({ clock, ...KEYS, signNames: ['和康体检'], templates: sms })
  const wechat = await startWeChat({ clock, ...own, templates, pages: [PAGE], callback: told.wechat })
  const wecom = await startWeCom({ clock, ...CORP, staff: ['wang'], callback: told.wecom, massPerMonth: 1000 })
  afterAll(() => Promise.all([mail, phone, wechat, wecom].map((end) => end.close())))
  const house = await aHouse({
    smtpUrl: `smtp://127.0.0.1:${mail.port}`,
    smsUrls: { aliyun: phone.url },
    wechatUrls: { wechat: wechat.url, wecom: wecom.url },
  })
  const db = house.house.databases.of(house.tenant.id)
  await house.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = house.app.server.address() as { port: number }
  const here = (url: string) => `http://127.0.0.1:${port}${new URL(url).pathname}`
  const administrator = await house.as('system-administrator')
  const keeper = await house.as('service-manager')
  await house.write((ctx) => installShippedTags(ctx))
  await setWebAddress(house, 'https://care.example.org')
  await administrator.call(setSmsAccount, {
    body: { provider: 'aliyun', ...KEYS, signName: '和康体检', promotionSignName: '和康体检', version: null } as never,
  })
  const agreed = { token: AGREED.token, aesKey: AGREED.encodingAesKey }
  const enter = (body: object) => administrator.call(addWeChatAccount, { body: { ...agreed, ...body } as never })
  const service = await enter({ kind: account, name: '公众平台', appId: own.appId, secret: own.secret })
  const { agentId, secret } = CORP
  const corp = await enter({ kind: 'wecom', name: '企业微信', appId: CORP.corpId, agentId, secret })
  told.wechat.url = here(service.callback)
  told.wecom.url = here(corp.callback)
  const rows = [{ userId: 'wang', staffId: keeper.staffId as never }]
  await administrator.call(setWeComStaff, { params: { accountId: corp.id }, body: { rows } })
  const approved = (templateId: keyof typeof fields, channel: TemplateChannel) =>
    administrator.call(putPlatformTemplate, {
      params: { accountId: service.id, templateId },
      body: { channel, title: '提醒', fields: Object.keys(fields[templateId]).map((key) => ({ key, label: key })) },
    })
  if (account === 'mini') await approved('MINIONE', 'mini-notice')
  else {
    await approved('REVISIT', 'wechat-template')
    await approved('REPORT', 'wechat-notice')
  }

  let count = 0
  /** Somebody whom every channel can reach, looked after, with all consents. */
  async function someone(over: PersonOptions = {}): Promise<Somebody> {
    count += 1
    const ways = { email: `gate${count}@example.com`, phone: `1370000${String(1000 + count)}` }
    const id = await aPatient(house, { name: '王桂兰', ...ways, ...over })
    const who = { id, ...ways, openId: `oGate${count}`, externalId: `wmGate${count}` }
    await db.updateTable('patient').set({ manager_id: keeper.staffId }).where('id', '=', id).execute()
    const relation = 'self' as const
    await house.write(async (ctx) => {
      await linkAccount(ctx, { app: `wechat:${own.appId}`, address: who.openId, patientId: id, relation })
      await linkAccount(ctx, { app: `wecom:${CORP.corpId}`, address: who.externalId, patientId: id, relation })
    })
    if (account === 'service') await wechat.does(who.openId, { act: 'follow' })
    await wecom.adds(who.externalId, 'wang')
    await house.settle()
    await putConsent(house, id, 'promotion', true)
    return who
  }

  /** Somebody who looks after this person, signed in at this moment: sessions end while the clock travels. */
  async function carerOf(patientId: string, role: 'service-manager' | 'physician' = 'service-manager') {
    const who = await house.as(role)
    const mine = role === 'physician' ? { doctor_id: who.staffId } : { manager_id: who.staffId }
    await db.updateTable('patient').set(mine).where('id', '=', patientId).execute()
    return who
  }

  /** How often each channel's stand-in was handed something for this person; the message centre is read from the ledger. */
  async function received(who: Somebody): Promise<Partial<Record<Channel, number>>> {
    const ways = { template: 'wechat-template', notice: 'wechat-notice', customer: 'wechat-chat', mini: 'mini-notice' }
    const got: [Channel, number][] = [
      ['email', mail.mails.filter(({ to }) => to.includes(who.email)).length],
      ['sms', phone.taken.filter(({ to }) => to === `+86${who.phone}`).length],
      [
        'wecom-mass',
        wecom.tasks.filter(({ shares }) => [...shares.values()].some((s) => s.customers.has(who.externalId))).length,
      ],
      ...Object.entries(ways).map(([way, channel]): [Channel, number] => [
        channel as Channel,
        wechat.messages.filter((one) => one.openId === who.openId && one.way === way).length,
      ]),
    ]
    const inHouse = await db
      .selectFrom('message')
      .select('id')
      .where('patient_id', '=', who.id)
      .where('channel', '=', 'in-app')
      .where('state', '=', 'accepted')
      .execute()
    return Object.fromEntries([...got, ['in-app', inHouse.length] as const].filter(([, n]) => n > 0))
  }

  /** All that any stand-in was handed by anybody, in words. */
  const allWords = () =>
    [
      ...mail.mails.map(({ raw }) => decoded(raw)),
      ...phone.taken.map(({ text }) => text),
      ...wechat.messages.map(({ values }) => JSON.stringify(values)),
      ...wecom.tasks.map(({ text }) => text),
    ].join('\n')

  const world = {
    house,
    db,
    mail,
    phone,
    wechat,
    wecom,
    /** Its time zone may be another one for a while. */
    tenant: house.tenant as Tenant,
    service,
    corp,
    someone,
    carerOf,
    received,
    allWords,
    async send() {
      for (let turn = 0; turn < 2; turn++) {
        await sendPush(house.house, world.tenant)
        await sendDue(house.house, world.tenant)
      }
    },
    /** What the ledger says of the newest messages of a template to this person, channel by channel. */
    ledger: (who: Somebody, template: string) =>
      db
        .selectFrom('message')
        .selectAll()
        .where('patient_id', '=', who.id)
        .where('template', '=', template)
        .orderBy('id')
        .execute(),
    /** Why a message was held, as staff read it in its history. */
    reasons: async (messageId: string) =>
      (
        await db
          .selectFrom('message_event')
          .select('detail')
          .where('message_id', '=', messageId)
          .where('kind', '<>', 'next-way')
          .orderBy('id')
          .execute()
      ).map(({ detail }) => (detail as { reason?: string }).reason),
    reset: () => house.clock.set(TEST_NOW),
  }
  return world
}

/** The words of a mail, whatever they were wrapped in. */
function decoded(raw: string): string {
  const parts = raw.split(/\r\n\r\n/).map((part) => {
    const bare = part.replace(/\r\n/g, '')
    return /^[A-Za-z0-9+/=]+(--.*)?$/.test(bare) ? Buffer.from(bare.replace(/--.*$/, ''), 'base64').toString() : part
  })
  const headers = raw.replace(/=\?utf-8\?b\?([^?]*)\?=\s*/gi, (_all, word: string) =>
    Buffer.from(word, 'base64').toString(),
  )
  return [headers, ...parts].join('\n')
}

/** The template that the tag `bp-recheck` asks for, that may be sent by hand, and that lists and journeys send. */
export const CODE = 'bp-remeasure'
/** Another one, which nobody was sent before its comparison group was set: a campaign keeps the share it began with. */
export const COMPARED = 'thinking-of-you'
const PLAIN = '最近好吗'
const WHEN = '2026-03-05 09:00'

export interface Words {
  /** Stands in the text of every channel. */
  say?: string
  subject?: string
}

/**
 * A template by every channel at once: the message centre, mail and short message, and the ladder of WeChat, where service
 * and care go as a template message of the service account, and promotion, which may not, through WeCom.
 */
export async function inForce(world: World, purpose: Purpose, over: Partial<TemplateDefinitionInput> & Words = {}) {
  const { say = PLAIN, subject = '问候您', code = CODE, ...rest } = over
  const stop = purpose === 'promotion' ? '，拒收请回复R' : ''
  const text = `您好，${say}${stop}`
  const approved = sms.find((one) => one.text === text) ?? {
    code: `SMS_${sms.length + 1}`,
    kind: 'notice' as const,
    text,
  }
  if (!sms.includes(approved)) sms.push({ ...approved, kind: purpose === 'promotion' ? 'promotion' : 'notice' })
  await world.db.updateTable('message_template').set({ state: 'retired' }).where('code', '=', code).execute()
  const ladder: Channel[] = purpose === 'promotion' ? ['wecom-mass'] : ['wechat-template']
  return publish(
    world.house,
    aTemplate({
      code,
      purpose,
      byHand: true,
      validDays: 40,
      channels: ['in-app', 'email', 'sms'],
      ladder,
      sms: [{ provider: 'aliyun', code: approved.code, text, values: {} }],
      wechat: [
        { channel: 'wechat-template', templateId: 'REVISIT', values: { thing1: say, time2: WHEN } },
        { channel: 'wechat-notice', templateId: 'REPORT', values: { thing1: say, phrase2: '可查看' } },
        { channel: 'mini-notice', templateId: 'MINIONE', values: { thing1: say }, page: PAGE },
      ],
      zh: { subject, text: `{{ greeting }}：\n\n${say}` },
      en: { subject, text: `{{ greeting }},\n\n${say}` },
      ...rest,
    }),
  )
}
