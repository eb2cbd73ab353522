import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { aHouse, visitor } from '../../../test/house.ts'
import type { StandInUrls } from '../../platform/stand-in.ts'
import { listMessages, sendByHand, summarizeMessages } from '../../rooms/message/contract/message.ts'
import { work } from '../../rooms/message/sample.ts'
import { getSmsAccount, setSmsAccount } from '../../rooms/sms/contract/account.ts'
import { createOrganizationWithAccounts, openSession } from '../../rooms/staff/server/index.ts'
import { listWeChatAccounts } from '../../rooms/wechat/contract/account.ts'
import { seedDemonstration } from './seed.ts'
import { STAND_IN_SMS } from './stand-in-accounts.ts'
import { openStandIns, runStandIns, type StandIns } from './stand-ins.ts'

/** Where messages of real accounts would go: nothing of a demonstration may ever come here. */
let outside = 0
const real = createServer((_request, response) => {
  outside += 1
  response.end('{}')
})
await new Promise<void>((resolve) => real.listen(0, '127.0.0.1', resolve))
const realUrl = `http://127.0.0.1:${(real.address() as AddressInfo).port}`
const urls: StandInUrls = {}
const house = await aHouse({
  smsUrls: { aliyun: realUrl, tencent: realUrl },
  wechatUrls: { wechat: realUrl, wecom: realUrl },
  standIns: urls,
})
await house.app.listen({ host: '127.0.0.1', port: 0 })
const webUrl = `http://127.0.0.1:${(house.app.server.address() as AddressInfo).port}`
const open = () => openStandIns(house.house, house.rooms, { webUrl, urls })
let standIns: StandIns
afterAll(async () => {
  await standIns.close()
  real.close()
})

let organizationId = ''
const tenant = () => house.house.tenant(organizationId)
const asAdministrator = async () => house.as('system-administrator', { tenant: await tenant() })
/** Who looks after the people that are known there. */
async function asManager() {
  const db = house.house.databases.of(organizationId)
  const row = await db
    .selectFrom('channel_account_patient as c')
    .innerJoin('patient as p', 'p.id', 'c.patient_id')
    .select('p.manager_id')
    .executeTakeFirstOrThrow()
  const options = { secondFactor: true, address: '127.0.0.1', userAgent: 'test' }
  return visitor(house, await house.write((ctx) => openSession(ctx, row.manager_id!, options), await tenant()))
}
/** Some seconds pass: the stand-ins have their turn, and the worker its own. */
async function pass(seconds: number): Promise<void> {
  house.clock.advance({ seconds })
  await standIns.turn()
  await house.settle()
  await work(house, await tenant())
}
const sent = async (family: 'sms' | 'wechat' | 'wecom') =>
  (await (await asManager()).call(listMessages, { query: { family, limit: 20 } })).rows

test('without a demonstration there are none', async () => {
  expect(await open()).toBeUndefined()
  const close = await runStandIns(house.house, house.rooms, { webUrl, urls })
  expect(urls).toEqual({})
  await close()
})

test(
  'the demonstration gets accounts that are marked, templates and people; its messages go out and come back',
  { timeout: 120_000 },
  async () => {
    const demoLoad = { patients: 40, years: 1, seed: 1, today: '2026-03-02', loaded: 0 }
    const founded = await createOrganizationWithAccounts(house.house, { slug: 'demo', name: '示范', demoLoad })
    organizationId = founded.tenant.id
    // Half of it is none.
    expect(await open()).toBeUndefined()
    await seedDemonstration(house.house, house.databaseUrl, { patients: 40, years: 1, seed: 1 })
    standIns = (await open())!
    const administrator = await asAdministrator()
    expect((await administrator.call(getSmsAccount)).account).toMatchObject({
      standIn: true,
      keyId: STAND_IN_SMS.keyId,
    })
    const accounts = (await administrator.call(listWeChatAccounts)).rows
    expect(accounts.map(({ kind, standIn, name }) => [kind, standIn, name.includes('替身')]).toSorted()).toEqual([
      ['service', true, true],
      ['wecom', true, true],
    ])
    // Each page has something to show.
    const shown = [
      'relative',
      'medication_schedule',
      'medication_take',
      'home_visit',
      'praise',
      'stage_summary',
      'complaint',
    ] as const
    for (const table of shown)
      expect([
        table,
        (await house.house.databases.of(organizationId).selectFrom(table).selectAll().execute()).length > 0,
      ]).toEqual([table, true])
    // They follow and become contacts, are welcomed, and then get the first messages.
    await pass(1)
    expect([...standIns.wecom.customers.values()].map(({ got }) => got[0]?.kind)).toEqual([
      'welcome',
      'welcome',
      'welcome',
    ])
    await pass(1)
    expect([(await sent('sms')).length, (await sent('wechat')).length, (await sent('wecom')).length]).toEqual([1, 1, 1])
    expect((await sent('wecom'))[0]).toMatchObject({ state: 'deferred', reason: 'with-staff' })
    await pass(3)
    await pass(3)
    const [[short], [wechat]] = [await sent('sms'), await sent('wechat')]
    const isOff = standIns.sms.taken[0]!.to.endsWith('9')
    expect(short).toMatchObject(
      isOff ? { state: 'failed', reason: 'not-reached' } : { state: 'accepted', replied: true },
    )
    expect(short!.deliveredAt === null).toBe(isOff)
    expect(wechat).toMatchObject({ state: 'accepted', replied: true })
    expect(wechat!.deliveredAt).not.toBeNull()
    // What people answer is put before whoever looks after them; what staff confirm arrives.
    const db = house.house.databases.of(organizationId)
    const notes = await db.selectFrom('task').select('note').where('source', '=', 'message').execute()
    expect(notes.length).toBeGreaterThanOrEqual(2)
    await pass(10)
    await pass(120)
    expect((await sent('wecom'))[0]).toMatchObject({ state: 'accepted' })
    expect((await sent('wecom'))[0]!.deliveredAt).not.toBeNull()
    const summary = await (await asManager()).call(summarizeMessages)
    expect(summary).toMatchObject({ mail: 'outbox', standIns: ['sms', 'wechat', 'wecom'] })
    expect(outside).toBe(0)
  },
)

test('after a restart everybody is known as before, nobody is told anew, and it goes on', async () => {
  const db = house.house.databases.of(organizationId)
  const acts = async () => (await db.selectFrom('wechat_act').select('id').execute()).length
  const before = await acts()
  await standIns.close()
  expect(urls).toEqual({})
  standIns = (await open())!
  house.clock.advance({ days: 1 })
  await pass(1)
  await pass(1)
  expect(await acts()).toBe(before)
  expect([(await sent('sms')).length, (await sent('wechat')).length]).toEqual([1, 1])
  const { patientId } = (await sent('wechat'))[0]!
  const body = { template: 'stand-in-visit-wechat', values: { day: '周五上午' } }
  await (await asManager()).call(sendByHand, { params: { patientId }, body })
  await pass(1)
  expect((await sent('wechat'))[0]).toMatchObject({ state: 'accepted' })
  expect(standIns.wechat.messages).toMatchObject([{ values: { thing2: '周五上午' } }])
})

test('while they are off nothing of the demonstration leaves the machine; an account of one’s own goes where it says', async () => {
  await standIns.close()
  const { patientId } = (await sent('sms'))[0]!
  const body = { template: 'stand-in-visit-sms', values: { day: '周五上午' } }
  house.clock.advance({ days: 1 })
  await (await asManager()).call(sendByHand, { params: { patientId }, body })
  await work(house, await tenant())
  expect((await sent('sms'))[0]).toMatchObject({ state: 'deferred', reason: 'temporary' })
  expect(outside).toBe(0)
  const administrator = await asAdministrator()
  const { account } = await administrator.call(getSmsAccount)
  const own = { provider: 'aliyun' as const, keyId: 'LTAI-their-own', keySecret: 'a secret', signName: '和康体检中心' }
  await administrator.call(setSmsAccount, { body: { ...own, version: account!.version } })
  expect((await (await asManager()).call(summarizeMessages)).standIns).toEqual(['wechat', 'wecom'])
  house.clock.advance({ minutes: 10 })
  await work(house, await tenant())
  expect(outside).toBe(1)
  // What somebody has entered stays, whatever the next start does.
  standIns = (await open())!
  expect((await (await asAdministrator()).call(getSmsAccount)).account).toMatchObject({ standIn: false })
})
