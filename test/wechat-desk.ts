import { afterAll } from 'vitest'
import { aHouse, TEST_NOW, type TestHouse } from './house.ts'
import { startWeChat } from '../src/apps/stand-ins/wechat/wechat.ts'
import { startWeCom } from '../src/apps/stand-ins/wechat/wecom.ts'
import type { Clock } from '../src/platform/clock.ts'
import { assignCarers } from '../src/rooms/patient/server/index.ts'
import { addWeChatAccount, setWeComStaff } from '../src/rooms/wechat/contract/account.ts'
import { putPlatformTemplate } from '../src/rooms/wechat/contract/template.ts'
import { AGREED, CORP, MINI, SERVICE, TEMPLATES } from '../src/rooms/wechat/sample.ts'
import type { TemplateDefinitionInput } from '../src/rooms/message/contract/template.ts'
import type { Channel } from '../src/rooms/message/contract/words.ts'
import { linkAccount, sendMessages } from '../src/rooms/message/server/index.ts'
import type { PushChannel } from '../src/rooms/message/server/rules/channel-right.ts'
import { aPatient, aTemplate, forgetBefore, publish, work } from '../src/rooms/message/sample.ts'

/** A house with one account of WeChat or WeCom at a stand-in, for the tests of what the platforms answer. */
export type DeskKind = 'service' | 'mini' | 'wecom'

const ACCOUNTS = {
  service: { appId: SERVICE.appId, secret: SERVICE.secret, app: `wechat:${SERVICE.appId}` },
  mini: { appId: MINI.appId, secret: MINI.secret, app: `wechat:${MINI.appId}` },
  wecom: { appId: CORP.corpId, secret: CORP.secret, app: `wecom:${CORP.corpId}` },
} as const
const PLATFORM_TEMPLATES = {
  service: [
    { templateId: 'REVISIT', channel: 'wechat-template', keys: ['thing1', 'time2'] },
    { templateId: 'REPORT', channel: 'wechat-notice', keys: ['thing1', 'phrase2'] },
  ],
  mini: [{ templateId: 'REPORT', channel: 'mini-notice', keys: ['thing1', 'phrase2'] }],
  wecom: [],
} as const

export interface Somebody {
  patientId: string
  /** Openid or external userid. */
  address: string
}

export async function aDesk(kind: DeskKind) {
  const told = { url: '', ...AGREED }
  const clock: Clock = { now: () => house.clock.now(), today: (zone) => house.clock.today(zone) }
  const service = kind === 'mini' ? MINI : SERVICE
  const wechat = await startWeChat({ clock, ...service, templates: TEMPLATES, callback: told })
  const wecom = await startWeCom({ clock, ...CORP, staff: ['wang', 'li'], isMedical: true, callback: told })
  afterAll(async () => {
    await wechat.close()
    await wecom.close()
  })
  const house: TestHouse = await aHouse({ wechatUrls: { wechat: wechat.url, wecom: wecom.url } })
  await house.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = house.app.server.address() as { port: number }
  const db = house.house.databases.of(house.tenant.id)
  const { appId, secret, app } = ACCOUNTS[kind]
  // Sessions end within the weeks that the tests go through.
  const administrator = () => house.as('system-administrator')
  await house.as('quality-lead')
  const manager = await house.as('service-manager')
  const body = {
    kind,
    name: '和康',
    appId,
    secret,
    token: AGREED.token,
    aesKey: AGREED.encodingAesKey,
    ...(kind === 'wecom' ? { agentId: CORP.agentId, welcome: '您好' } : {}),
  }
  const account = await (await administrator()).call(addWeChatAccount, { body })
  told.url = `http://127.0.0.1:${port}${new URL(account.callback).pathname}`
  const putTemplates = async () => {
    const by = await administrator()
    for (const { templateId, channel, keys } of PLATFORM_TEMPLATES[kind])
      await by.call(putPlatformTemplate, {
        params: { accountId: account.id, templateId },
        body: { channel, title: '提醒', fields: keys.map((key) => ({ key, label: key })) },
      })
  }
  await putTemplates()
  if (kind === 'wecom')
    await (
      await administrator()
    ).call(setWeComStaff, {
      params: { accountId: account.id },
      body: { rows: [{ userId: 'wang', staffId: manager.staffId as never }] },
    })

  let count = 0
  let week = 0
  const templates = new Map<string, string>()
  let begunAt = house.clock.now()
  const rowOf = async (who: Somebody) =>
    (
      await db
        .selectFrom('message')
        .selectAll()
        .where('patient_id', '=', who.patientId)
        .where('channel', '<>', 'in-app')
        .orderBy('id')
        .execute()
    ).at(-1)!
  return {
    house,
    db,
    wechat,
    wecom,
    account,
    app,
    manager,
    putTemplates,
    rowOf,
    /** Another week: what one answer has slowed down is over when the next comes. */
    async begin() {
      house.clock.set(TEST_NOW)
      house.clock.advance({ days: 7 * (week += 1) })
      await forgetBefore(house)
      begunAt = house.clock.now()
    },
    work: () => work(house),
    async somebody(allows: PushChannel): Promise<Somebody> {
      const patientId = await aPatient(house)
      await house.write((ctx) => assignCarers(ctx, patientId as never, { managerId: manager.staffId as never }))
      const who = { patientId, address: `${kind === 'wecom' ? 'wm' : 'o'}Answer${(count += 1)}` }
      await house.write((ctx) => linkAccount(ctx, { app, address: who.address, patientId, relation: 'self' }))
      if (allows === 'wechat-template') await wechat.does(who.address, { act: 'follow' })
      if (allows === 'wechat-notice' || allows === 'mini-notice')
        await wechat.does(who.address, { act: 'consent', answers: { REPORT: 'accept' } })
      if (allows === 'wechat-chat') await wechat.does(who.address, { act: 'say', text: '你好' })
      if (allows === 'wecom-mass') await wecom.adds(who.address, 'wang')
      await house.settle()
      return who
    },
    async tell(
      who: Somebody,
      ladder: Channel[],
      over: { campaign?: string; template?: object; minutes?: number } = {},
    ) {
      const key = JSON.stringify([ladder, over.template])
      const template = templates.get(key) ?? (await publish(house, { ...byLadder(ladder), ...over.template }))
      templates.set(key, template)
      const notAfter = new Date(house.clock.now().getTime() + (over.minutes ?? 7 * 24 * 60) * 60_000)
      const message = { patientId: who.patientId, template, touch: `answer:${(count += 1)}`, notAfter }
      const values = { what: '明天上午复诊' }
      await house.write((ctx) =>
        sendMessages(ctx, [{ ...message, values, ...(over.campaign ? { campaign: over.campaign } : {}) }]),
      )
      await work(house)
      return rowOf(who)
    },
    gotBy: (who: Somebody) =>
      kind === 'wecom'
        ? (wecom.customers.get(who.address)?.got.filter(({ kind: what }) => what === 'mass').length ?? 0)
        : wechat.messages.filter(({ openId }) => openId === who.address).length,
    /** The right of this channel that somebody has: what is left of it, and whether it stands. */
    async rightOf(who: Somebody, channel: PushChannel) {
      const right = await db
        .selectFrom('channel_right as r')
        .innerJoin('channel_account_patient as p', 'p.account_id', 'r.account_id')
        .select(['r.left_count', 'r.closes_at', 'r.withdrawn_at'])
        .where('p.patient_id', '=', who.patientId)
        .where('r.channel', '=', channel)
        .orderBy('r.changed_at', 'desc')
        .executeTakeFirstOrThrow()
      return { left: right.left_count, stands: right.withdrawn_at === null, closesAt: right.closes_at }
    },
    accountFault: async () =>
      (await db.selectFrom('wechat_account').select('fault_code').executeTakeFirstOrThrow()).fault_code,
    /** What staff were told of in this test. */
    alarms: async () =>
      (
        await db
          .selectFrom('staff_notice')
          .select('kind')
          .distinct()
          .where('created_at', '>=', begunAt)
          .where('kind', 'like', 'wechat%')
          .execute()
      ).map((row) => row.kind),
    stops: () =>
      db.selectFrom('message_stop').select(['kind', 'scope', 'why']).where('lifted_at', 'is', null).execute(),
  }
}

export type Desk = Awaited<ReturnType<typeof aDesk>>

function byLadder(ladder: Channel[]): TemplateDefinitionInput {
  return {
    ...aTemplate({ purpose: 'service', channels: ['in-app'] }),
    ladder,
    variables: [
      { name: 'what', dataClass: 'plain', label: { zh: '事项', en: 'What' }, example: { zh: '复诊', en: 'A visit' } },
    ],
    zh: { subject: '提醒', text: '{{ name }}，{{ what }}' },
    en: { subject: 'Reminder', text: '{{ name }}, {{ what }}' },
    wechat: [
      {
        channel: 'wechat-template',
        templateId: 'REVISIT',
        values: { thing1: '{{ what }}', time2: '2026-03-05 09:00' },
      },
      { channel: 'wechat-notice', templateId: 'REPORT', values: { thing1: '{{ what }}', phrase2: '可查看' } },
      { channel: 'mini-notice', templateId: 'REPORT', values: { thing1: '{{ what }}', phrase2: '可查看' } },
    ],
  }
}
