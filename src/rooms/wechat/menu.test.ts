import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { startWeChat } from '../../apps/stand-ins/wechat/wechat.ts'
import { startWeCom } from '../../apps/stand-ins/wechat/wecom.ts'
import type { Clock } from '../../platform/clock.ts'
import { aHouse, TEST_NOW } from '../../../test/house.ts'
import { addWeChatAccount, setWeComStaff } from './contract/account.ts'
import { addContactWay, listContactWays, removeContactWay } from './contract/contact-way.ts'
import { publishMenu, readMenu, saveMenu, withdrawMenu, type MenuDraft } from './contract/menu.ts'
import { AGREED, CORP, SERVICE, TEMPLATES } from './sample.ts'

/** What staff set up at the platforms from our pages: the menu of a service account, codes to talk to the staff. */
const clock: Clock = { now: () => house.clock.now(), today: (zone) => house.clock.today(zone) }
const callback = { url: 'http://127.0.0.1:1/unheard', ...AGREED }
const wechat = await startWeChat({ clock, ...SERVICE, templates: TEMPLATES, callback })
const wecom = await startWeCom({ clock, ...CORP, staff: ['wang', 'li'], callback, isMedical: true })
afterAll(async () => {
  await wechat.close()
  await wecom.close()
})
const house = await aHouse({ wechatUrls: { wechat: wechat.url, wecom: wecom.url } })
const administrator = await house.as('system-administrator', { name: '钱工' })
const secrets = { token: AGREED.token, aesKey: AGREED.encodingAesKey }
const service = await administrator.call(addWeChatAccount, {
  body: { kind: 'service', name: '和康服务号', appId: SERVICE.appId, secret: SERVICE.secret, ...secrets },
})
const corp = await administrator.call(addWeChatAccount, {
  body: {
    kind: 'wecom',
    name: '和康企业微信',
    appId: CORP.corpId,
    agentId: CORP.agentId,
    secret: CORP.secret,
    ...secrets,
  },
})
const nurse = await house.as('service-manager', { name: '林护士' })
await administrator.call(setWeComStaff, {
  params: { accountId: corp.id },
  body: { rows: [{ userId: 'wang', staffId: nurse.staffId as never }] },
})
const params = { accountId: service.id }
const item = (name: string, over: object = {}) => ({ name, url: 'https://care.example.org/my', ...over })
const read = () => administrator.call(readMenu, { params })
const save = async (draft: unknown[]) =>
  administrator.call(saveMenu, { params, body: { draft: draft as MenuDraft, version: (await read()).version } })
const publish = async () => administrator.try(publishMenu, { params, body: { version: (await read()).version } })

beforeEach(() => {
  house.clock.set(TEST_NOW)
})

describe('the menu', () => {
  test('is drafted, says what WeChat would refuse, and goes once nothing is', async () => {
    expect(await read()).toMatchObject({ version: 0, draft: [], faults: [], published: null })
    expect((await publish()).code).toBe('WeChatMenuUnfit')
    expect((await save([item('六个汉字太长')])).faults).toEqual([{ at: '0', kind: 'name-long' }])
    expect((await publish()).code).toBe('WeChatMenuUnfit')
    await save([item('我的健康'), { name: '服务', below: [item('预约')] }])
    expect((await publish()).status).toBe(200)
    expect(await read()).toMatchObject({ published: { by: '钱工', isDraft: true } })
    await save([item('健康')])
    expect((await read()).published).toMatchObject({ isDraft: false })
    expect((await administrator.call(withdrawMenu, { params })).published).toBeNull()
    expect((await read()).draft.map(({ name }) => name)).toEqual(['健康'])
  })

  test('of two who change it at once one is told, and what he did not see stays', async () => {
    const { version } = await read()
    const put = (name: string) =>
      administrator.try(saveMenu, { params, body: { draft: [item(name)] as MenuDraft, version } })
    const codes = (await Promise.all([put('甲'), put('乙')])).map(({ code, status }) => code ?? status)
    expect(codes.map(String).toSorted()).toEqual(['200', 'WeChatChangedMeanwhile'])
    expect((await administrator.try(publishMenu, { params, body: { version } })).code).toBe('WeChatChangedMeanwhile')
  })

  test('that the platform refuses stays unpublished, and the refusal says why', async () => {
    await save([item('健康')])
    wechat.fail(48001, 1, '/cgi-bin/menu/create')
    const refused = await publish()
    expect(refused).toMatchObject({ code: 'WeChatPlatformRefused' })
    expect((refused.body as unknown as { values: object }).values).toMatchObject({
      code: '48001',
      refusal: 'no-permission',
    })
    expect((await read()).published).toBeNull()
  })

  test('is for service accounts, and for whoever sets them up', async () => {
    expect((await administrator.try(readMenu, { params: { accountId: corp.id } })).code).toBe('WeChatNotService')
    expect((await nurse.try(readMenu, { params })).status).toBe(403)
    expect((await nurse.try(saveMenu, { params, body: { draft: [], version: 0 } })).status).toBe(403)
  })
})

describe('a code to talk to the staff', () => {
  const ofCorp = { accountId: corp.id }
  const add = (over: object = {}) =>
    administrator.try(addContactWay, { params: ofCorp, body: { name: '一楼咨询台', userIds: ['wang'], ...over } })
  const list = async () => (await administrator.call(listContactWays, { params: ofCorp })).rows

  test('is made, hangs with its name, and is taken back', async () => {
    expect((await add()).status).toBe(200)
    const [way] = await list()
    expect(way).toMatchObject({
      name: '一楼咨询台',
      staff: [{ userId: 'wang', name: '林护士' }],
      temporary: false,
      until: null,
      madeBy: '钱工',
    })
    expect(way!.codeUrl).toMatch(/^https:/)
    const wayParams = { params: { ...ofCorp, wayId: way!.id } }
    expect(await administrator.call(removeContactWay, wayParams)).toEqual({ rows: [] })
    expect((await administrator.try(removeContactWay, wayParams)).code).toBe('WeChatWayUnknown')
  })

  test('for one talk is with one person, and leaves the list when it is over', async () => {
    expect((await add({ temporary: true, userIds: ['wang', 'li'] })).code).toBe('WeChatWayOfOne')
    expect((await add({ temporary: true, codeDays: 15 })).status).toBe(400)
    await add({ temporary: true, codeDays: 2, chatHours: 24 })
    expect(await list()).toMatchObject([{ temporary: true, chatHours: 24, until: '2026-03-04T02:00:00.000Z' }])
    house.clock.advance({ days: 2 })
    expect(await (await house.as('system-administrator')).call(listContactWays, { params: ofCorp })).toEqual({
      rows: [],
    })
  })

  test('for somebody whom the platform does not know is refused in words, and nothing is kept', async () => {
    const refused = await add({ userIds: ['nobody'] })
    expect(refused.code).toBe('WeChatPlatformRefused')
    expect((refused.body as unknown as { values: object }).values).toMatchObject({ refusal: 'not-following' })
    expect((await list()).filter(({ temporary }) => !temporary)).toEqual([])
    expect((await administrator.try(listContactWays, { params })).code).toBe('WeChatNotWeCom')
    expect((await nurse.try(addContactWay, { params: ofCorp, body: { name: 'x', userIds: ['wang'] } })).status).toBe(
      403,
    )
  })
})
