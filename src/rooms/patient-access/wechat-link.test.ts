import { afterAll, expect, test } from 'vitest'
import { startWeChat } from '../../apps/stand-ins/wechat/wechat.ts'
import type { Clock } from '../../platform/clock.ts'
import { aHouse } from '../../../test/house.ts'
import { aPatient } from '../message/sample.ts'
import { addWeChatAccount } from '../wechat/contract/account.ts'
import { linkWeChat, wechatLink } from './contract/wechat.ts'

/** From the page in WeChat to the account that is tied: the openid comes from the platform, whose it is from the session. */
const account = { appId: 'wx0123456789abcdef', secret: 'of-the-account' }
const clock: Clock = { now: () => house.clock.now(), today: (zone) => house.clock.today(zone) }
const wechat = await startWeChat({ clock, ...account, templates: {} })
afterAll(() => wechat.close())
const house = await aHouse({ wechatUrls: { wechat: wechat.url } })
const links = () =>
  house.house.databases
    .of(house.tenant.id)
    .selectFrom('channel_account_patient')
    .select(['patient_id', 'relation'])
    .execute()
const stateOf = (url: string | null) => new URL(url!).searchParams.get('state')!

test('without a service account there is nothing to tie', async () => {
  const patient = await house.asPatient(await aPatient(house))
  expect(await patient.call(wechatLink)).toEqual({ url: null, linked: false })
})

test('a page opened in WeChat ties its account to the person of the session, once', async () => {
  const administrator = await house.as('system-administrator')
  const body = { kind: 'service', name: '服务号', ...account, token: 'agreed1' } as const
  await administrator.call(addWeChatAccount, { body })
  const patientId = await aPatient(house)
  const patient = await house.asPatient(patientId)
  const { url, linked } = await patient.call(wechatLink)
  expect(linked).toBe(false)
  const address = new URL(url!)
  expect([address.searchParams.get('appid'), address.searchParams.get('redirect_uri')]).toEqual([
    account.appId,
    'http://localhost:3000/my/wechat',
  ])
  const code = wechat.visits('oPatient')
  const state = stateOf(url)
  expect(await patient.call(linkWeChat, { body: { code, state } })).toEqual({ linked: true })
  expect(await links()).toEqual([{ patient_id: patientId, relation: 'self' }])
  expect((await patient.call(wechatLink)).linked).toBe(true)
  // The code is spent.
  expect((await patient.try(linkWeChat, { body: { code, state } })).code).toBe('WeChatLinkStale')
})

test('nobody is tied by a link that was made for another session', async () => {
  const [attacker, victim] = [
    await house.asPatient(await aPatient(house)),
    await house.asPatient(await aPatient(house)),
  ]
  const { url } = await attacker.call(wechatLink)
  const before = (await links()).length
  const body = { code: wechat.visits('oAttacker'), state: stateOf(url) }
  expect((await victim.try(linkWeChat, { body })).code).toBe('WeChatLinkStale')
  expect(await links()).toHaveLength(before)
})

test('of a child the account is that of whoever speaks for it', async () => {
  const guardian = { relation: 'mother', name: '妈妈', phone: '13911112222' } as const
  const childId = await aPatient(house, { birthDate: '2018-01-01', guardian })
  const child = await house.asPatient(childId)
  const { url } = await child.call(wechatLink)
  await child.call(linkWeChat, { body: { code: wechat.visits('oMother'), state: stateOf(url) } })
  expect((await links()).find(({ patient_id }) => patient_id === childId)).toMatchObject({ relation: 'guardian' })
})

test('staff do not come this way', async () => {
  expect((await (await house.as('service-manager')).try(wechatLink)).status).toBe(401)
})
