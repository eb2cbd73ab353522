import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aliyunStandIn, tencentStandIn, type SmsStandIn } from '../../apps/stand-ins/sms/index.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Tenant } from '../../platform/context/context.ts'
import type { House } from '../../platform/context/house.ts'
import type { SmsProviderName } from '../../platform/sms/provider.ts'
import type { SmsTemplate } from '../../platform/sms/template.ts'
import { aHouse, TEST_NOW, type TestHouse } from '../../../test/house.ts'
import { getSmsAccount, listUnplaced, setSmsAccount, type AccountView } from './contract/account.ts'
import { sendSms, type SmsAnswer, type SmsToSend } from './server/index.ts'
import { placeLate, readDueCallbacks } from './server/callback-reading.ts'
import { isStopWord } from './server/rules/stop-word.ts'

const KEYS = { keyId: 'LTAI-test-key', keySecret: 'a secret of the account', appId: '1400006666' }
const TEMPLATES: Record<SmsProviderName, SmsTemplate> = {
  aliyun: { provider: 'aliyun', code: 'SMS_1', kind: 'notice', text: '您好${name}，${day}请按时复查。' },
  tencent: { provider: 'tencent', code: '101', kind: 'notice', text: '您好{1}，{2}请按时复查。' },
}

// The stand-ins tell the time of the house, which is made after them.
const clock: Clock = { now: () => house.clock.now(), today: (zone) => house.clock.today(zone) }
const settings = { clock, ...KEYS, signNames: ['和康体检'] }
const standIns: Record<SmsProviderName, SmsStandIn> = {
  aliyun: await aliyunStandIn({ ...settings, templates: [TEMPLATES.aliyun] }),
  tencent: await tencentStandIn({ ...settings, templates: [TEMPLATES.tencent] }),
}
const house: TestHouse = await aHouse({
  smsUrls: { aliyun: standIns.aliyun.url, tencent: standIns.tencent.url },
})
await house.app.listen({ host: '127.0.0.1', port: 0 })

afterAll(async () => {
  await standIns.aliyun.close()
  await standIns.tencent.close()
})
beforeEach(() => {
  house.clock.set(TEST_NOW)
  for (const standIn of Object.values(standIns)) standIn.desk.taken.length = 0
})

async function anAccount(provider: SmsProviderName, tenant?: Tenant): Promise<AccountView> {
  const administrator = await house.as('system-administrator', { tenant: tenant ?? house.tenant })
  const { account: known } = await administrator.call(getSmsAccount)
  const account = await administrator.call(setSmsAccount, {
    body: { provider, ...KEYS, signName: '和康体检', version: known?.version ?? null },
  })
  const { port } = house.app.server.address() as { port: number }
  const here = (url: string) => `http://127.0.0.1:${port}${new URL(url).pathname}`
  standIns[provider].callbacks.receipts = here(account.callbacks.receipts)
  standIns[provider].callbacks.replies = here(account.callbacks.replies)
  return account
}

const aMessage = (provider: SmsProviderName, change: Partial<SmsToSend> = {}): SmsToSend => ({
  id: house.house.ids.next(),
  to: '13900000001',
  template: TEMPLATES[provider],
  parameters:
    provider === 'aliyun'
      ? [
          { name: 'name', value: '王女士' },
          { name: 'day', value: '3月5日' },
        ]
      : [
          { name: '1', value: '王女士' },
          { name: '2', value: '3月5日' },
        ],
  ...change,
})

const rowOf = (id: string, tenant = house.tenant) =>
  house.house.databases
    .of(tenant.id)
    .selectFrom('sms_sending')
    .selectAll()
    .where('organization_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()

/** A house whose sender is killed around the request: before it leaves, or before its answer is written down. */
function killedAt(moment: 'before' | 'after'): House {
  const { sms } = house.house
  return {
    ...house.house,
    sms: {
      ...sms,
      open: (account) => {
        const real = sms.open(account)
        const send = async (messages: Parameters<typeof real.send>[0]) => {
          if (moment === 'after') await real.send(messages)
          throw new Error('killed')
        }
        return { ...real, send }
      },
    },
  }
}

describe.each<SmsProviderName>(['aliyun', 'tencent'])('by %s', (provider) => {
  const standIn = () => standIns[provider]
  const sendOne = async (message: SmsToSend, through: House = house.house): Promise<SmsAnswer> =>
    (await sendSms(through, house.tenant, [message]))[0]!

  beforeAll(() => anAccount(provider))

  test('a message is sent once, however often it is asked for, and its receipt is written to it', async () => {
    const message = aMessage(provider)
    expect(await sendOne(message)).toEqual({ kind: 'accepted' })
    expect(await sendOne(message)).toEqual({ kind: 'accepted' })
    expect(standIn().taken.map(({ text }) => text)).toEqual(['【和康体检】您好王女士，3月5日请按时复查。'])
    await standIn().deliver()
    expect(await rowOf(message.id)).toMatchObject({ state: 'delivered', attempt: 1, segments: 1, was_in_doubt: false })
    // The providers push again when an answer is late.
    await standIn().deliverAgain()
    expect(await sendOne(message)).toEqual({ kind: 'delivered' })
    expect(standIn().taken).toHaveLength(1)
  })

  test('of a message that did not arrive the reason is kept', async () => {
    const message = aMessage(provider)
    await sendOne(message)
    await standIn().deliver({ code: 'MK:0001', words: '空号' })
    expect(await sendOne(message)).toEqual({ kind: 'undelivered', class: 'bad-number' })
  })

  test.each<[string, Partial<SmsToSend>, object]>([
    ['a landline', { to: '01088886666' }, { class: 'bad-number' }],
    ['a value too few', { parameters: [] }, { class: 'template' }],
    ['a value that is empty', { parameters: [{ name: 'name', value: '' }] }, { class: 'template' }],
  ])('%s: nothing leaves', async (_name, change, wanted) => {
    const message = aMessage(provider, change)
    expect(await sendOne(message)).toMatchObject({ kind: 'refused', ...wanted })
    expect(standIn().taken).toHaveLength(0)
    expect(await rowOf(message.id)).toBeUndefined()
  })

  test('what was refused may be asked for again', async () => {
    standIn().behave({
      kind: 'refuse',
      code: provider === 'aliyun' ? 'isv.BUSINESS_LIMIT_CONTROL' : 'LimitExceeded.PhoneNumberOneHourLimit',
      words: '触发小时级流控Permits:5',
    })
    const message = aMessage(provider)
    const answer = await sendOne(message)
    expect(answer).toMatchObject({ kind: 'refused', class: 'throttled', notBefore: new Date('2026-03-02T03:00:00Z') })
    expect(await rowOf(message.id)).toMatchObject({ state: 'refused', class: 'throttled' })
    house.clock.advance({ hours: 1 })
    expect(await sendOne(message)).toEqual({ kind: 'accepted' })
    expect(await rowOf(message.id)).toMatchObject({ state: 'accepted', attempt: 2 })
  })

  test('two workers at once: each message goes out once', async () => {
    const messages = Array.from({ length: 12 }, (_, at) => aMessage(provider, { to: `139000002${10 + at}` }))
    const answers = await Promise.all([
      sendSms(house.house, house.tenant, messages),
      sendSms(house.house, house.tenant, messages.toReversed()),
      sendSms(house.house, house.tenant, messages),
    ])
    expect(
      standIn()
        .taken.map(({ id }) => id)
        .toSorted(),
    ).toEqual(messages.map(({ id }) => id).toSorted())
    for (const answer of answers.flat()) expect(['accepted', 'open']).toContain(answer.kind)
    expect(answers.flat().filter(({ kind }) => kind === 'accepted').length).toBeGreaterThanOrEqual(12)
  })

  test('killed before the answer was written down: in doubt by name, asked, and not sent again', async () => {
    const message = aMessage(provider)
    await expect(sendOne(message, killedAt('after'))).rejects.toThrow('killed')
    expect(standIn().taken).toHaveLength(1)
    expect(await sendOne(message)).toMatchObject({ kind: 'open' })
    house.clock.advance({ minutes: 2, seconds: 1 })
    // Its lease is over: it is in doubt, and it is too early to believe a list that lags.
    expect(await sendOne(message)).toMatchObject({ kind: 'open' })
    expect(await rowOf(message.id)).toMatchObject({ state: 'in-doubt', was_in_doubt: true })
    house.clock.advance({ minutes: 2 })
    await standIn().deliver()
    expect((await sendOne(message)).kind).toBe('delivered')
    expect(standIn().taken).toHaveLength(1)
    expect(await rowOf(message.id)).toMatchObject({ was_in_doubt: true, attempt: 1 })
  })

  test('an answer that never came is cleared up by the receipt alone', async () => {
    standIn().behave({ kind: 'drop-after' })
    const message = aMessage(provider)
    expect(await sendOne(message)).toMatchObject({ kind: 'open' })
    await standIn().deliver()
    expect(await rowOf(message.id)).toMatchObject({ state: 'delivered', was_in_doubt: true })
    expect(await sendOne(message)).toEqual({ kind: 'delivered' })
    expect(standIn().taken).toHaveLength(1)
  })

  test('killed before the request left', async () => {
    const message = aMessage(provider)
    await expect(sendOne(message, killedAt('before'))).rejects.toThrow('killed')
    house.clock.advance({ minutes: 4 })
    const answer = await sendOne(message)
    if (provider === 'aliyun') {
      // Its list says that there is no such message: it goes out now.
      expect(answer).toEqual({ kind: 'accepted' })
      expect(standIn().taken).toHaveLength(1)
      expect(await rowOf(message.id)).toMatchObject({ attempt: 2, was_in_doubt: true })
      return
    }
    // Tencent's silence proves nothing: three days of asking, and then it is given up, named and not sent.
    expect(answer).toMatchObject({ kind: 'open' })
    house.clock.advance({ days: 3 })
    expect((await sendOne(message)).kind).toBe('lost')
    expect(standIn().taken).toHaveLength(0)
  })

  test('an account that is off sends nothing', async () => {
    const administrator = await house.as('system-administrator')
    const { account } = await administrator.call(getSmsAccount)
    const body = { provider, ...KEYS, keySecret: '', signName: '和康体检' }
    const off = await administrator.call(setSmsAccount, { body: { ...body, active: false, version: account!.version } })
    expect(await sendOne(aMessage(provider))).toMatchObject({ kind: 'refused', class: 'auth', code: 'no-account' })
    expect(standIn().taken).toHaveLength(0)
    await administrator.call(setSmsAccount, { body: { ...body, version: off.version } })
    expect(await sendOne(aMessage(provider))).toEqual({ kind: 'accepted' })
  })

  test('what people write back is kept once, and stop words are known', async () => {
    const replies = () =>
      house.house.databases
        .of(house.tenant.id)
        .selectFrom('sms_reply')
        .selectAll()
        .where('organization_id', '=', house.tenant.id)
        .orderBy('id')
        .execute()
    const known = (await replies()).length
    await sendOne(aMessage(provider))
    await standIn().reply('+8613900000001', 'TD')
    await standIn().reply('+8613900000001', 'TD', { again: true })
    await standIn().reply('+8613900000001', '好的，我会来')
    const fresh = (await replies()).slice(known)
    expect(fresh.map(({ stops }) => stops)).toEqual([true, false])
  })

  test('a receipt of nothing we sent is kept with its reason, and placed once its message is known', async () => {
    const message = aMessage(provider, { to: '13900000077' })
    await sendOne(message)
    const db = house.house.databases.of(house.tenant.id)
    const where = { organization_id: house.tenant.id, id: message.id }
    // As if the answer to the request had not been written down yet.
    const { organization_id, id } = where
    const row = (await rowOf(message.id))!
    await db.deleteFrom('sms_sending').where('organization_id', '=', organization_id).where('id', '=', id).execute()
    await standIn().deliver()
    const administrator = await house.as('system-administrator')
    const { rows } = await administrator.call(listUnplaced)
    expect(rows[0]).toMatchObject({ kind: 'receipts', why: 'unknown', phoneMasked: '139****0077' })
    await db.insertInto('sms_sending').values(row).execute()
    expect(await placeLate(house.house, house.tenant)).toBe(1)
    expect(await rowOf(message.id)).toMatchObject({ state: 'delivered' })
    expect((await administrator.call(listUnplaced)).rows.map((one) => one.id)).not.toContain(rows[0]!.id)
  })
})

describe('callbacks', () => {
  const post = (path: string, payload: string) =>
    house.app.inject({ method: 'POST', url: path, payload, headers: { 'content-type': 'application/json' } })
  const pathOf = (url: string) => new URL(url).pathname

  test('another address than ours is not there, and leaves nothing', async () => {
    const { callbacks } = await anAccount('aliyun')
    const path = pathOf(callbacks.receipts)
    const forged = path.replace(/\.[\w-]{6}/, '.AAAAAA')
    expect((await post(forged, '[]')).statusCode).toBe(404)
    expect((await post('/api/sms/x/receipts', '[]')).statusCode).toBe(404)
    expect((await post(path, `["${'x'.repeat(1_000_001)}"]`)).statusCode).toBe(413)
  })

  test('renewed addresses stop the old ones at once', async () => {
    const administrator = await house.as('system-administrator')
    const before = await anAccount('aliyun')
    const body = { provider: 'aliyun' as const, ...KEYS, signName: '和康体检', version: before.version }
    const after = await administrator.call(setSmsAccount, { body: { ...body, renewCallbacks: true } })
    expect((await post(pathOf(before.callbacks.receipts), '[]')).statusCode).toBe(404)
    expect((await post(pathOf(after.callbacks.receipts), '[]')).json()).toEqual({ code: 0, msg: '成功' })
  })

  test('rubbish is kept with its reason and answered, so that it does not come for ever', async () => {
    const { callbacks } = await anAccount('aliyun')
    for (const payload of ['not JSON', '{"a":1}', '[1,2]', '[{"phone_number":"12","success":true,"biz_id":"1"}]'])
      expect((await post(pathOf(callbacks.receipts), payload)).statusCode).toBe(200)
    expect(await readDueCallbacks(house.house, house.tenant)).toBe(0)
    const administrator = await house.as('system-administrator')
    const why = (await administrator.call(listUnplaced)).rows.map((row) => row.why)
    expect(why.filter((one) => one.startsWith('form')).length).toBeGreaterThanOrEqual(4)
    expect(why).toContain('number')
  })

  test('a receipt of one organization touches nothing of another', async () => {
    const other = await house.anOrganization('别家医院')
    await anAccount('aliyun', other)
    const elsewhere = { ...standIns.aliyun.callbacks }
    const message = aMessage('aliyun', { to: '13900000055' })
    await sendSms(house.house, other, [message])
    await anAccount('aliyun')
    await sendSms(house.house, house.tenant, [message])
    expect(standIns.aliyun.taken).toHaveLength(2)
    // All receipts come to the other organization's address: only its own message is settled.
    Object.assign(standIns.aliyun.callbacks, elsewhere)
    await standIns.aliyun.deliver('delivered', ({ providerId }) => providerId === standIns.aliyun.taken[0]!.providerId)
    expect(await rowOf(message.id, other)).toMatchObject({ state: 'delivered' })
    expect(await rowOf(message.id)).toMatchObject({ state: 'accepted' })
  })
})

describe('the account', () => {
  test('its secret is never shown, and only who may configure sees the rest', async () => {
    await anAccount('aliyun')
    const administrator = await house.as('system-administrator')
    const answer = await administrator.try(getSmsAccount)
    expect(answer.raw.body).not.toContain(KEYS.keySecret)
    expect(JSON.parse(answer.raw.body)).toMatchObject({ account: { secretEnd: 'ount', keyId: KEYS.keyId } })
    for (const role of ['physician', 'service-manager', 'front-desk'] as const)
      expect((await (await house.as(role)).try(getSmsAccount)).status).toBe(403)
  })

  test('two who change it at once: the second is told', async () => {
    const { version } = await anAccount('aliyun')
    const administrator = await house.as('system-administrator')
    const body = { provider: 'aliyun' as const, ...KEYS, signName: '和康', version }
    await administrator.call(setSmsAccount, { body })
    const answer = await administrator.try(setSmsAccount, { body })
    expect(answer).toMatchObject({ status: 409, code: 'SmsAccountChangedMeanwhile' })
  })

  test('another provider asks for another secret, Tencent for the application', async () => {
    const { version } = await anAccount('aliyun')
    const administrator = await house.as('system-administrator')
    const body = { provider: 'tencent' as const, keyId: KEYS.keyId, signName: '和康', version }
    expect((await administrator.try(setSmsAccount, { body })).code).toBe('SmsSecretMissing')
    const withSecret = { ...body, keySecret: 'another secret' }
    expect((await administrator.try(setSmsAccount, { body: withSecret })).code).toBe('SmsAppIdMissing')
  })
})

test.each([
  ['TD', true],
  ['td', true],
  ['Ｔ', true],
  ['T', true],
  ['R', true],
  ['退订', true],
  [' 退订。', true],
  ['回复TD', true],
  ['TDTD', true],
  ['请不要再发了！', true],
  ['取消', true],
  ['取消周三的预约', false],
  ['能不能退订单里的那一项', false],
  ['好的', false],
  ['Y', false],
  ['To be there at 8', false],
  ['', false],
])('%s stops: %s', (text, stops) => expect(isStopWord(text)).toBe(stops))
