import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { startWeChat } from '../../apps/stand-ins/wechat/wechat.ts'
import { startWeCom } from '../../apps/stand-ins/wechat/wecom.ts'
import type { Clock } from '../../platform/clock.ts'
import { aHouse, TEST_NOW } from '../../../test/house.ts'
import { assignCarers } from '../patient/server/index.ts'
import { patientDied } from '../patient/contract/events.ts'
import { addWeChatAccount, setWeComStaff } from '../wechat/contract/account.ts'
import { putPlatformTemplate } from '../wechat/contract/template.ts'
import { lookAtMasses } from '../wechat/server/mass.ts'
import { AGREED, CORP, SERVICE, TEMPLATES } from '../wechat/sample.ts'
import { getMessage, messageTimeline, setPreference } from './contract/message.ts'
import { listNotices } from './contract/notice.ts'
import { saveDraft, type TemplateDefinitionInput } from './contract/template.ts'
import type { Channel } from './contract/words.ts'
import { linkAccount, sendDue, sendMessage, sendPush } from './server/index.ts'
import { recallFromStaff } from './server/push-sender.ts'
import { aPatient, aTemplate, keepingTransport, mailingBy, publish } from './sample.ts'

/** Messages by WeChat and WeCom from the template to the report, over stand-ins that keep a book of their own. */
const clock: Clock = { now: () => house.clock.now(), today: (zone) => house.clock.today(zone) }
const told = { service: { url: '', ...AGREED }, wecom: { url: '', ...AGREED } }
const wechat = await startWeChat({ clock, ...SERVICE, templates: TEMPLATES, callback: told.service })
const wecom = await startWeCom({ clock, ...CORP, staff: ['wang'], callback: told.wecom })
afterAll(async () => {
  await wechat.close()
  await wecom.close()
})
const house = await aHouse({ wechatUrls: { wechat: wechat.url, wecom: wecom.url } })
const { mails, transport } = keepingTransport()
const mailing = mailingBy(house.house, transport)
await house.app.listen({ host: '127.0.0.1', port: 0 })
const { port } = house.app.server.address() as { port: number }
const db = house.house.databases.of(house.tenant.id)
const administrator = await house.as('system-administrator')
const editor = await house.as('content-editor')
const manager = await house.as('service-manager')
const secrets = { secret: SERVICE.secret, token: AGREED.token, aesKey: AGREED.encodingAesKey }
const here = (url: string) => `http://127.0.0.1:${port}${new URL(url).pathname}`

const fields = (...keys: string[]) => keys.map((key) => ({ key, label: key }))
const service = await administrator.call(addWeChatAccount, {
  body: { kind: 'service', name: '服务号', appId: SERVICE.appId, ...secrets },
})
const corp = await administrator.call(addWeChatAccount, {
  body: { kind: 'wecom', name: '企业微信', appId: CORP.corpId, agentId: CORP.agentId, ...secrets, secret: CORP.secret },
})
told.service.url = here(service.callback)
told.wecom.url = here(corp.callback)
await administrator.call(setWeComStaff, {
  params: { accountId: corp.id },
  body: { rows: [{ userId: 'wang', staffId: manager.staffId as never }] },
})
const putTemplate = (templateId: string, channel: 'wechat-template' | 'wechat-notice', ...keys: string[]) =>
  administrator.call(putPlatformTemplate, {
    params: { accountId: service.id, templateId },
    body: { channel, title: '复诊', fields: fields(...keys) },
  })
await putTemplate('REVISIT', 'wechat-template', 'thing1', 'time2')
await putTemplate('REPORT', 'wechat-notice', 'thing1', 'phrase2')

const variables: TemplateDefinitionInput['variables'] = [
  { name: 'what', dataClass: 'plain', label: { zh: '事项', en: 'What' }, example: { zh: '复诊', en: 'A visit' } },
]
const byLadder = (ladder: Channel[], change: Partial<TemplateDefinitionInput> = {}): TemplateDefinitionInput => ({
  ...aTemplate(),
  purpose: 'service',
  channels: ['in-app'],
  ladder,
  variables,
  zh: { subject: '提醒', text: '{{ name }}，{{ what }}' },
  en: { subject: 'Reminder', text: '{{ name }}, {{ what }}' },
  wechat: [
    { channel: 'wechat-template', templateId: 'REVISIT', values: { thing1: '{{ what }}', time2: '2026-03-05 09:00' } },
    { channel: 'wechat-notice', templateId: 'REPORT', values: { thing1: '{{ what }}', phrase2: '可查看' } },
  ],
  ...change,
})
const LADDER: Channel[] = ['wechat-template', 'wechat-notice', 'wechat-chat', 'wecom-mass', 'email']
const all = await publish(house, byLadder(LADDER))
const once = await publish(house, byLadder(['wechat-template']))
const mass = await publish(house, byLadder(['wecom-mass', 'email']))

let count = 0
const app = `wechat:${SERVICE.appId}`
interface Somebody {
  patientId: string
  openId: string
  externalId: string
}
const aPerson = async (
  over: Parameters<typeof aPatient>[1] = {},
  relation: 'self' | 'guardian' = 'self',
): Promise<Somebody> => {
  const patientId = await aPatient(house, over)
  await house.write((ctx) => assignCarers(ctx, patientId as never, { managerId: manager.staffId as never }))
  const who = { patientId, openId: `oPerson${(count += 1)}`, externalId: `wmPerson${count}` }
  await house.write((ctx) => linkAccount(ctx, { app, address: who.openId, patientId, relation }))
  await house.write((ctx) =>
    linkAccount(ctx, { app: `wecom:${CORP.corpId}`, address: who.externalId, patientId, relation }),
  )
  return who
}
const does = async (who: Somebody, act: Parameters<typeof wechat.does>[1]) => {
  await wechat.does(who.openId, act)
  await house.settle()
}
const adds = async (who: Somebody) => {
  await wecom.adds(who.externalId, 'wang')
  await house.settle()
}
const tell = (who: Somebody, template = all, what = '明天上午复诊', touch = `test:${(count += 1)}`) =>
  house.write((ctx) => sendMessage(ctx, { patientId: who.patientId, template, touch, values: { what } }))
const send = async () => {
  await sendPush(mailing, house.tenant)
  await sendDue(mailing, house.tenant)
  await house.settle()
}
const rowOf = async (who: Somebody) => (await rowsOf(who)).at(-1)!
const rowsOf = (who: Somebody) =>
  db
    .selectFrom('message')
    .selectAll()
    .where('organization_id', '=', house.tenant.id)
    .where('patient_id', '=', who.patientId)
    .where('channel', '<>', 'in-app')
    .orderBy('id')
    .execute()
const stepsOf = async (who: Somebody) =>
  (await db
    .selectFrom('message_event')
    .select(['kind', 'detail'])
    .where('message_id', '=', (await rowOf(who)).id)
    .orderBy('id')
    .execute()) as { kind: string; detail: { saw?: { why?: string; channel?: string } } }[]
const got = (who: Somebody) => wechat.messages.filter(({ openId }) => openId === who.openId)
const mailedTo = () => mails.length

beforeEach(() => {
  house.clock.set(TEST_NOW)
  mails.length = 0
})

describe('the ladder', () => {
  test('a follower gets a template message; the report is written to it, and the timeline shows the channel', async () => {
    const who = await aPerson()
    await does(who, { act: 'follow' })
    await tell(who)
    await send()
    expect(got(who).map(({ way, values }) => [way, values])).toEqual([
      ['template', { thing1: '明天上午复诊', time2: '2026-03-05 09:00' }],
    ])
    expect(await rowOf(who)).toMatchObject({ channel: 'wechat-template', state: 'accepted', delivered_at: null })
    await wechat.report()
    await house.settle()
    expect((await rowOf(who)).delivered_at).not.toBeNull()
    const { rows } = await manager.call(messageTimeline, { params: { patientId: who.patientId as never } })
    expect(rows[0]!.text).toMatch(/^微信模板消息 …/)
    expect(mailedTo()).toBe(0)
  })

  test('whoever does not follow is reached by the next way that is open, and staff see why', async () => {
    const who = await aPerson()
    await does(who, { act: 'consent', answers: { REPORT: 'accept' } })
    await tell(who)
    await send()
    expect(got(who).map(({ way }) => way)).toEqual(['notice'])
    expect((await stepsOf(who)).find(({ kind }) => kind === 'next-way')!.detail.saw).toEqual({
      channel: 'wechat-notice',
      why: 'wechat-template:not-known-there',
    })
    // The one consent is used: the second message goes by mail.
    await tell(who)
    await send()
    expect([got(who).length, mailedTo(), (await rowOf(who)).channel]).toEqual([1, 1, 'email'])
  })

  test('after somebody has written they may be answered five times in 48 hours', async () => {
    const who = await aPerson()
    const chat = await publish(house, byLadder(['wechat-chat', 'email'], { answers: true }))
    await does(who, { act: 'say', text: '你好' })
    for (let n = 0; n < 6; n++) await tell(who, chat)
    for (let n = 0; n < 3; n++) await send()
    expect([got(who).length, mailedTo()]).toEqual([5, 1])
    expect(got(who)[0]!.values['text']).toMatch(/，明天上午复诊$/)
  })

  test('a right that the platform knows better about is taken over, and the next way is taken at once', async () => {
    const who = await aPerson()
    await does(who, { act: 'follow' })
    await does(who, { act: 'consent', answers: { REPORT: 'accept' } })
    wechat.person(who.openId).following = false
    await tell(who)
    await send()
    await send()
    expect(got(who).map(({ way }) => way)).toEqual(['notice'])
    const rights = await db
      .selectFrom('channel_right')
      .selectAll()
      .where('channel', '=', 'wechat-template')
      .where('withdrawn_at', 'is not', null)
      .execute()
    expect(rights.length).toBeGreaterThan(0)
  })

  test('the same touch goes by one way once, however often it is asked for and whatever way it has come to', async () => {
    const who = await aPerson()
    await tell(who, all, '复诊', 'once')
    await send()
    expect((await rowOf(who)).channel).toBe('email')
    await does(who, { act: 'follow' })
    const again = await tell(who, all, '复诊', 'once')
    expect(again.every(({ created }) => !created)).toBe(true)
    await send()
    expect([(await rowsOf(who)).length, got(who).length, mailedTo()]).toEqual([1, 0, 1])
  })

  test('what nothing is open for ends with its reasons', async () => {
    const only = await publish(house, byLadder(['wechat-template', 'wechat-notice']))
    const who = await aPerson()
    await tell(who, only)
    await send()
    expect(await rowOf(who)).toMatchObject({ state: 'failed', reason: 'no-address' })
    await does(who, { act: 'follow' })
    await does(who, { act: 'unfollow' })
    await tell(who, only)
    await send()
    expect(await rowOf(who)).toMatchObject({ state: 'failed', reason: 'no-right' })
    expect((await stepsOf(who)).at(-1)!.detail.saw!.why).toBe(
      'wechat-template:not-following wechat-notice:consent-missing',
    )
  })

  test('a child is written to by the account of whoever speaks for it, never by its own', async () => {
    const child = {
      birthDate: '2018-01-01',
      guardian: { relation: 'mother', name: '妈妈', phone: '13911112222' },
    } as const
    const only = await publish(house, byLadder(['wechat-template']))
    const [own, mother] = [await aPerson(child), await aPerson(child, 'guardian')]
    for (const who of [own, mother]) {
      await does(who, { act: 'follow' })
      await tell(who, only)
    }
    await send()
    expect([got(own).length, got(mother).length]).toEqual([0, 1])
    expect(await rowOf(mother)).toMatchObject({ via_guardian: true })
  })
})

describe('what the gate says counts by every way', () => {
  const ways: Channel[] = ['wechat-template', 'wechat-notice', 'wechat-chat', 'wecom-mass', 'email']
  const ready = async (channel: Channel) => {
    const who = await aPerson()
    await does(who, { act: 'follow' })
    await does(who, { act: 'consent', answers: { REPORT: 'accept' } })
    await does(who, { act: 'say', text: '在吗' })
    await adds(who)
    return { who, template: await publish(house, byLadder([channel])) }
  }
  const left = async (who: Somebody, tasks: number) => got(who).length + mailedTo() + wecom.tasks.length - tasks

  test.each(ways)(
    'a message with an identity number cannot leave by %s, and the same without one can',
    async (channel) => {
      const { who, template } = await ready(channel)
      const tasks = wecom.tasks.length
      await tell(who, template, '11010519491231002X')
      await send()
      expect(await rowOf(who)).toMatchObject({ state: 'blocked', reason: 'national-id' })
      expect(await left(who, tasks)).toBe(0)
      await tell(who, template, '带好证件')
      await send()
      expect(await left(who, tasks)).toBe(1)
    },
  )

  test.each(ways)('at night nothing goes by %s', async (channel) => {
    const { who, template } = await ready(channel)
    const tasks = wecom.tasks.length
    house.clock.set('2026-03-02T15:00:00Z')
    await tell(who, template)
    await send()
    expect(await rowOf(who)).toMatchObject({ state: 'planned', reason: 'quiet-hours' })
    expect(await left(who, tasks)).toBe(0)
  })

  test('whoever refuses WeChat is refused all of it, and the mail goes on', async () => {
    const { who } = await ready('email')
    const params = { patientId: who.patientId as never }
    await manager.call(setPreference, { params, body: { purpose: 'service', channel: 'wechat', optedOut: true } })
    await manager.call(setPreference, { params, body: { purpose: 'service', channel: 'wecom', optedOut: true } })
    await tell(who)
    await send()
    expect([got(who).length, mailedTo()]).toEqual([0, 1])
  })

  test('“退订” in WeChat stops care and promotion there; what else somebody writes is put before their manager, once', async () => {
    const who = await aPerson()
    await does(who, { act: 'say', text: '退订' })
    const rows = await db
      .selectFrom('message_preference')
      .select(['purpose', 'channel', 'how'])
      .where('patient_id', '=', who.patientId)
      .orderBy('purpose')
      .execute()
    expect(rows).toEqual([
      { purpose: 'care', channel: 'wechat', how: 'wechat-reply' },
      { purpose: 'promotion', channel: 'wechat', how: 'wechat-reply' },
    ])
    await does(who, { act: 'say', text: '报告什么时候出？' })
    const tasks = await db
      .selectFrom('task')
      .select(['owner_id', 'note'])
      .where('patient_id', '=', who.patientId)
      .execute()
    expect(tasks).toEqual([{ owner_id: manager.staffId, note: '报告什么时候出？' }])
  })
})

describe('what the platform answers', () => {
  const follower = async () => {
    const who = await aPerson()
    await does(who, { act: 'follow' })
    return who
  }

  test.each<[number, object]>([
    [-1, { state: 'deferred', reason: 'temporary' }],
    [45011, { state: 'deferred', reason: 'throttled' }],
    // Quotas begin anew at midnight in Beijing.
    [45009, { state: 'deferred', reason: 'throttled', next_at: new Date('2026-03-02T16:00:00Z') }],
    [48001, { state: 'deferred', reason: 'wechat-account' }],
    [40164, { state: 'deferred', reason: 'wechat-account' }],
    [40003, { state: 'failed', reason: 'address-unknown' }],
    [43004, { state: 'failed', reason: 'no-right' }],
    [43101, { state: 'failed', reason: 'refused-by-recipient' }],
    [47003, { state: 'failed', reason: 'wechat-template' }],
    [88888, { state: 'failed', reason: 'refused' }],
  ])('%i', async (code, wanted) => {
    const who = await follower()
    wechat.fail(code)
    await tell(who, once)
    await send()
    expect(await rowOf(who)).toMatchObject(wanted)
    expect(got(who)).toHaveLength(0)
    if ((await rowOf(who)).state !== 'deferred') return
    // It is tried again by itself, with the same right, and goes out once.
    house.clock.set((await rowOf(who)).next_at!.toISOString())
    if (code === 45009) house.clock.advance({ hours: 10 })
    await send()
    expect(await rowOf(who)).toMatchObject({ state: 'accepted' })
    expect(got(who)).toHaveLength(1)
  })

  test('a wrong template stops everything that goes by it, raises the alarm once, and lets the others through', async () => {
    const people = [await follower(), await follower()]
    wechat.fail(40037, 3)
    for (const who of people) await tell(who, once)
    const another = await follower()
    await tell(another)
    await send()
    await send()
    expect(people.map((who) => got(who).length)).toEqual([0, 0])
    expect(await rowOf(people[0]!)).toMatchObject({ state: 'failed' })
    // They have just followed: the next step of the ladder is open for a minute.
    expect(await rowOf(another)).toMatchObject({ channel: 'wechat-chat', state: 'accepted' })
    const alarms = (await administrator.call(listNotices)).rows.filter(({ kind }) => kind === 'wechat-template-fault')
    expect(alarms).toHaveLength(1)
    await putTemplate('REVISIT', 'wechat-template', 'thing1', 'time2')
    await tell(people[0]!, once)
    await send()
    expect(got(people[0]!)).toHaveLength(1)
  })

  test('the answer lost, the message is not: asked for again under the same id it goes out once', async () => {
    const who = await follower()
    wechat.fail('taken-and-hang-up')
    await tell(who, once)
    await send()
    expect(await rowOf(who)).toMatchObject({ state: 'deferred', reason: 'in-doubt', uncertain: true })
    house.clock.advance({ minutes: 3 })
    await send()
    expect(await rowOf(who)).toMatchObject({ state: 'accepted', possible_doubles: 0 })
    expect(got(who)).toHaveLength(1)
  })

  test('a sender killed between claim and answer: the next one finds the claim, and nobody gets a second copy', async () => {
    const who = await follower()
    const killed = {
      ...mailing,
      wechat: {
        ...mailing.wechat,
        service: (...of: Parameters<typeof mailing.wechat.service>) => {
          const real = mailing.wechat.service(...of)
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
    await tell(who, once)
    await expect(sendPush(killed, house.tenant)).rejects.toThrow('killed')
    expect(await rowOf(who)).toMatchObject({ state: 'claimed' })
    house.clock.advance({ minutes: 5 })
    await send()
    expect(await rowOf(who)).toMatchObject({ state: 'accepted', possible_doubles: 0 })
    expect(got(who)).toHaveLength(1)
    const uses = await db
      .selectFrom('channel_right_use')
      .select('state')
      .where('message_id', '=', (await rowOf(who)).id)
      .execute()
    expect(uses).toEqual([{ state: 'used' }])
  })

  test('whoever stops following between two tries is reached by the next way, or the message ends', async () => {
    const mailed = await publish(house, byLadder(['wechat-template', 'email']))
    for (const [template, wanted] of [
      [mailed, { channel: 'email', state: 'accepted' }],
      [once, { channel: 'wechat-template', state: 'failed', reason: 'no-right' }],
    ] as const) {
      const who = await follower()
      wechat.fail(-1)
      await tell(who, template)
      await send()
      expect(await rowOf(who)).toMatchObject({ state: 'deferred', reason: 'temporary' })
      await does(who, { act: 'unfollow' })
      house.clock.advance({ minutes: 30 })
      await send()
      expect(await rowOf(who)).toMatchObject(wanted)
      expect(got(who)).toHaveLength(0)
    }
  })

  test('two senders at once take one right once', async () => {
    const notice = await publish(house, byLadder(['wechat-notice']))
    const who = await aPerson()
    await does(who, { act: 'consent', answers: { REPORT: 'accept' } })
    for (let n = 0; n < 4; n++) await tell(who, notice)
    await Promise.all([send(), send(), send()])
    house.clock.advance({ minutes: 1 })
    await send()
    expect(got(who)).toHaveLength(1)
    expect((await rowsOf(who)).map(({ state }) => state).toSorted()).toEqual(['accepted', 'failed', 'failed', 'failed'])
  })
})

describe('mass messages of WeCom', () => {
  const contact = async () => {
    const who = await aPerson()
    await adds(who)
    return who
  }
  const look = async () => {
    house.clock.advance({ minutes: 30 })
    await lookAtMasses(house.house, house.tenant)
    await house.settle()
  }
  const openTasks = (patientId: string) =>
    db.selectFrom('task').select(['owner_id', 'state']).where('patient_id', '=', patientId).execute()

  test('becomes a task of whoever has to confirm it, and is sent when the result says so', async () => {
    const who = await contact()
    await tell(who, mass)
    await send()
    expect(await rowOf(who)).toMatchObject({ state: 'deferred', reason: 'with-staff', sent_at: null })
    expect(await openTasks(who.patientId)).toEqual([{ owner_id: manager.staffId, state: 'accepted' }])
    await look()
    expect((await rowOf(who)).state).toBe('deferred')
    wecom.confirms(wecom.tasks.at(-1)!.id, 'wang')
    await look()
    expect(await rowOf(who)).toMatchObject({ state: 'accepted' })
    expect((await openTasks(who.patientId))[0]!.state).toBe('completed')
    expect(wecom.customers.get(who.externalId)!.got.filter(({ kind }) => kind === 'mass')).toHaveLength(1)
  })

  test('of somebody who has died meanwhile is called back before anybody confirms it', async () => {
    const who = await contact()
    await tell(who, mass)
    await send()
    await house.write((ctx) => ctx.emit(patientDied, { patientId: who.patientId as never, on: '2026-03-02' } as never))
    await house.settle()
    expect((await rowOf(who)).state).toBe('cancelled')
    await recallFromStaff(house.house, house.tenant)
    expect(wecom.tasks.at(-1)!.cancelled).toBe(true)
  })

  test('that the customer has deleted staff for goes by mail', async () => {
    const who = await contact()
    await tell(who, mass)
    await send()
    await wecom.parts(who.externalId, 'wang', 'customer')
    wecom.confirms(wecom.tasks.at(-1)!.id, 'wang')
    await look()
    await send()
    expect([(await rowOf(who)).channel, mailedTo()]).toEqual(['email', 1])
  })
})

describe('templates', () => {
  test.each<[string, Partial<TemplateDefinitionInput>, string[]]>([
    ['a step without its words', { wechat: [], ladder: ['wechat-template'] }, ['wechat-missing ']],
    ['a way twice', { ladder: ['wechat-chat', 'wechat-chat'] }, ['ladder-twice wechat-chat']],
    ['a way behind one that is always open', { ladder: ['email', 'wechat-chat'] }, ['ladder-order wechat-chat']],
    ['a promotion among service notices', { purpose: 'promotion', ladder: ['wechat-template'] }, ['wechat-promotion ']],
    [
      'a template that is not entered',
      { ladder: ['wechat-template'], wechat: [{ channel: 'wechat-template', templateId: 'NONE', values: {} }] },
      ['wechat-template NONE'],
    ],
    [
      'a field that would be too long',
      {
        ladder: ['wechat-template'],
        wechat: [
          {
            channel: 'wechat-template',
            templateId: 'REVISIT',
            values: { thing1: '一二三四五六七八九十一二三四五六七八九十一', time2: '09:00' },
          },
        ],
      },
      ['wechat-field thing1: too-long 20'],
    ],
    [
      'a field of another form',
      {
        ladder: ['wechat-template'],
        wechat: [
          { channel: 'wechat-template', templateId: 'REVISIT', values: { thing1: '{{ what }}', time2: '明天' } },
        ],
      },
      ['wechat-field time2: not-of-type'],
    ],
    [
      'a field that is missing',
      {
        ladder: ['wechat-template'],
        wechat: [{ channel: 'wechat-template', templateId: 'REVISIT', values: { thing1: '{{ what }}' } }],
      },
      ['wechat-field time2: missing'],
    ],
    [
      'a variable that there is not',
      {
        ladder: ['wechat-template'],
        wechat: [
          { channel: 'wechat-template', templateId: 'REVISIT', values: { thing1: '{{ wish }}', time2: '09:00' } },
        ],
      },
      ['unknown-variable wish'],
    ],
  ])('%s is said when it is saved', async (_name, change, wanted) => {
    const definition = byLadder([], change)
    const { findings } = await editor.call(saveDraft, {
      params: { code: definition.code },
      body: { definition, revision: null },
    })
    expect(findings.map(({ kind, what }) => `${kind} ${what}`)).toEqual(wanted)
  })

  test('a value that turns out too long at the moment of sending fails, and is not cut', async () => {
    const who = await aPerson()
    await does(who, { act: 'follow' })
    await tell(who, await publish(house, byLadder(['wechat-template'])), '这件事情写得太长了所以微信不会完整显示出来')
    await send()
    expect(await rowOf(who)).toMatchObject({ state: 'failed', reason: 'too-long' })
    expect(got(who)).toHaveLength(0)
    const { saw } = (
      await manager.call(getMessage, { params: { messageId: (await rowOf(who))!.id as never } })
    ).events.at(-1)!
    expect(saw).toEqual({ over: 1, what: 'thing1' })
  })
})

test('another organization’s people, accounts and rights are not touched', async () => {
  const other = await house.anOrganization()
  const stranger = await aPatient(house, { tenant: other })
  await house.write(
    (ctx) => linkAccount(ctx, { app, address: 'oShared', patientId: stranger, relation: 'self' }),
    other,
  )
  const before = wechat.messages.length
  await wechat.does('oShared', { act: 'follow' })
  await house.settle()
  const code = await publish(house, byLadder(['wechat-template']), other)
  await house.write(
    (ctx) => sendMessage(ctx, { patientId: stranger, template: code, touch: 'x', values: { what: '复诊' } }),
    other,
  )
  await sendPush(mailing, other)
  const rights = await house.house.databases
    .of(other.id)
    .selectFrom('channel_right')
    .selectAll()
    .where('organization_id', '=', other.id)
    .execute()
  expect([rights.length, wechat.messages.length - before]).toEqual([0, 0])
})
