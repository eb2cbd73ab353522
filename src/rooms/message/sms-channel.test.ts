import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { aliyunStandIn } from '../../apps/stand-ins/sms/index.ts'
import type { Clock } from '../../platform/clock.ts'
import { aHouse, TEST_NOW } from '../../../test/house.ts'
import { assignCarers } from '../patient/server/index.ts'
import { setSmsAccount } from '../sms/contract/account.ts'
import * as contract from './contract/template.ts'
import type { TemplateDefinitionInput } from './contract/template.ts'
import { setPreference } from './contract/message.ts'
import { addSuppression } from './contract/suppression.ts'
import { sendDue, sendMessage } from './server/index.ts'
import { aPatient, aTemplate } from './sample.ts'

/** Short messages from the template to the receipt, over a stand-in of Aliyun. */
const clock: Clock = { now: () => house.clock.now(), today: (zone) => house.clock.today(zone) }
const KEYS = { keyId: 'LTAI-test-key', keySecret: 'a secret of the account' }
const NOTICE = { code: 'SMS_1', kind: 'notice' as const, text: '您好${name}，您预约了${day}的检查，请按时到达。' }
const ADVERT = { code: 'SMS_2', kind: 'promotion' as const, text: '${name}，春季体检开始预约，拒收请回复R' }
const standIn = await aliyunStandIn({ clock, ...KEYS, signNames: ['和康体检'], templates: [NOTICE, ADVERT] })
afterAll(() => standIn.close())
const house = await aHouse({ smsUrls: { aliyun: standIn.url } })
await house.app.listen({ host: '127.0.0.1', port: 0 })
const db = house.house.databases.of(house.tenant.id)
const administrator = await house.as('system-administrator')
const editor = await house.as('content-editor')
const reviewer = await house.as('medical-reviewer')
const manager = await house.as('service-manager')

async function anAccount(): Promise<void> {
  const body = { provider: 'aliyun' as const, ...KEYS, signName: '和康体检', version: null }
  const { callbacks } = await administrator.call(setSmsAccount, { body })
  const { port } = house.app.server.address() as { port: number }
  for (const kind of ['receipts', 'replies'] as const)
    standIn.callbacks[kind] = `http://127.0.0.1:${port}${new URL(callbacks[kind]).pathname}`
}

const aShortOne = (change: Partial<TemplateDefinitionInput> = {}): TemplateDefinitionInput => ({
  ...aTemplate(),
  code: 'check-up-day',
  purpose: 'service',
  channels: ['sms'],
  variables: [
    { name: 'day', dataClass: 'date', label: { zh: '日期', en: 'Day' }, example: { zh: '3月5日', en: '5 March' } },
  ],
  sms: [{ provider: 'aliyun', code: 'SMS_1', text: NOTICE.text, values: { name: 'name', day: 'day' } }],
  ...change,
})
async function publish(definition: TemplateDefinitionInput): Promise<void> {
  const params = { code: definition.code }
  const { findings, revision } = await editor.call(contract.saveDraft, {
    params,
    body: { definition, revision: null },
  })
  expect(findings).toEqual([])
  await reviewer.call(contract.publishTemplate, { params, body: { revision } })
}

let count = 0
const aPerson = async (over: Parameters<typeof aPatient>[1] = {}): Promise<never> => {
  const phone = `139000010${String((count += 1)).padStart(2, '0')}`
  const id = await aPatient(house, { name: '王桂兰', birthDate: '1960-01-01', phone, ...over })
  await house.write((ctx) => assignCarers(ctx, id as never, { managerId: manager.staffId as never }))
  return id as never
}
const tell = (patientId: string, template = 'check-up-day') =>
  house.write((ctx) =>
    sendMessage(ctx, {
      patientId,
      template,
      touch: `test:${(count += 1)}`,
      values: template === 'check-up-day' ? { day: '3月5日' } : {},
    }),
  )
const send = async () => {
  await sendDue(house.house, house.tenant)
  await house.settle()
}
const rowOf = (patientId: string) =>
  db
    .selectFrom('message')
    .selectAll()
    .where('organization_id', '=', house.tenant.id)
    .where('patient_id', '=', patientId)
    .where('channel', '=', 'sms')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
const hear = async (act: () => Promise<unknown>) => {
  await act()
  await house.settle()
}

beforeEach(() => {
  house.clock.set(TEST_NOW)
  standIn.desk.taken.length = 0
})

describe('templates', () => {
  test.each<[string, Partial<TemplateDefinitionInput>, string[]]>([
    ['nothing approved', { sms: [] }, ['sms-missing ']],
    [
      'a variable that the provider does not have',
      {
        sms: [
          { provider: 'aliyun', code: 'SMS_1', text: NOTICE.text, values: { name: 'name', day: 'day', hour: 'day' } },
        ],
      },
      ['sms-surplus hour'],
    ],
    [
      'one that nothing fills',
      { sms: [{ provider: 'aliyun', code: 'SMS_1', text: NOTICE.text, values: { name: 'name' } }] },
      ['sms-unfilled day'],
    ],
    [
      'one that is filled with nothing we have',
      { sms: [{ provider: 'aliyun', code: 'SMS_1', text: NOTICE.text, values: { name: 'name', day: 'hour' } }] },
      ['unknown-variable hour'],
    ],
    [
      'an address',
      { sms: [{ provider: 'aliyun', code: 'SMS_1', text: NOTICE.text, values: { name: 'name', day: 'link' } }] },
      ['sms-link link'],
    ],
    [
      'a promotion that nobody can refuse',
      { purpose: 'promotion', sms: [{ provider: 'aliyun', code: 'SMS_9', text: '体检八折', values: {} }] },
      ['sms-template no-way-to-refuse: 拒收请回复R'],
    ],
  ])('%s is said when it is saved', async (name, change, wanted) => {
    const definition = aShortOne({ code: `unfit-${name.length}`, ...change })
    const { findings } = await editor.call(contract.saveDraft, {
      params: { code: definition.code },
      body: { definition, revision: null },
    })
    expect(findings.map(({ kind, what }) => `${kind} ${what}`)).toEqual(wanted)
  })
})

describe('sending', () => {
  test('without an account it waits, and goes out once there is one', async () => {
    await publish(aShortOne())
    const patientId = await aPerson()
    await tell(patientId)
    await send()
    expect(await rowOf(patientId)).toMatchObject({ state: 'planned', reason: 'sms-account' })
    await anAccount()
    house.clock.advance({ minutes: 31 })
    await send()
    expect(standIn.taken.map(({ text }) => text)).toEqual([
      '【和康体检】您好王桂兰，您预约了3月5日的检查，请按时到达。',
    ])
    expect(await rowOf(patientId)).toMatchObject({ state: 'accepted', delivered_at: null })
    expect((await rowOf(patientId)).to_masked).toMatch(/^139\*{4}/)
    await hear(() => standIn.deliver())
    expect((await rowOf(patientId)).delivered_at).not.toBeNull()
    const events = await db
      .selectFrom('message_event')
      .select('kind')
      .where('message_id', '=', (await rowOf(patientId)).id)
      .execute()
    await hear(() => standIn.deliverAgain())
    expect(
      await db
        .selectFrom('message_event')
        .select('kind')
        .where('message_id', '=', (await rowOf(patientId)).id)
        .execute(),
    ).toHaveLength(events.length)
  })

  test('of a number that nobody has the ledger learns, and does not write to it again', async () => {
    const patientId = await aPerson()
    await tell(patientId)
    await send()
    await hear(() => standIn.deliver({ code: 'MK:0001', words: '空号' }))
    expect(await rowOf(patientId)).toMatchObject({ state: 'failed', reason: 'address-unknown' })
    await tell(patientId)
    await send()
    expect(standIn.taken).toHaveLength(1)
    expect(await rowOf(patientId)).toMatchObject({ state: 'failed', reason: 'address-unknown', attempts: 0 })
  })

  test('a child under 14 is spoken to through the guardian’s phone, and never by its own', async () => {
    const guardian = { relation: 'mother', name: '妈妈', phone: '13911112222' } as const
    const child = await aPerson({ birthDate: '2018-01-01', guardian })
    await tell(child)
    await send()
    expect(standIn.taken.map(({ to }) => to)).toEqual(['+8613911112222'])
    expect(await rowOf(child)).toMatchObject({ via_guardian: true })
  })

  test('a number that staff have put on the list gets nothing', async () => {
    const phone = '13900009955'
    const lead = await house.as('quality-lead')
    await lead.call(addSuppression, { body: { channel: 'sms', address: `+86 ${phone}`, reason: 'asked' } })
    const patientId = await aPerson({ phone })
    await tell(patientId)
    await send()
    expect(standIn.taken).toHaveLength(0)
    expect(await rowOf(patientId)).toMatchObject({ state: 'suppressed', reason: 'address-suppressed' })
  })

  test('at night nothing goes out', async () => {
    const patientId = await aPerson()
    house.clock.set('2026-03-02T15:00:00Z')
    await tell(patientId)
    await send()
    expect(standIn.taken).toHaveLength(0)
    expect(await rowOf(patientId)).toMatchObject({ reason: 'quiet-hours' })
  })

  test('no promotion without an express consent', async () => {
    const sms = [{ provider: 'aliyun' as const, code: 'SMS_2', text: ADVERT.text, values: { name: 'name' } }]
    await publish(aShortOne({ code: 'spring-offer', purpose: 'promotion', variables: [], sms }))
    const patientId = await aPerson()
    await tell(patientId, 'spring-offer')
    await send()
    expect(standIn.taken).toHaveLength(0)
    expect(await rowOf(patientId)).toMatchObject({ state: 'suppressed', reason: 'consent-missing' })
  })

  test('in doubt it waits and is named; the receipt settles it, and nothing is doubled', async () => {
    standIn.behave({ kind: 'drop-after' })
    const patientId = await aPerson()
    await tell(patientId)
    await send()
    expect(await rowOf(patientId)).toMatchObject({ state: 'deferred', reason: 'in-doubt', uncertain: true })
    await send()
    await hear(() => standIn.deliver())
    expect(await rowOf(patientId)).toMatchObject({ state: 'accepted', possible_doubles: 0 })
    house.clock.advance({ hours: 2 })
    await send()
    expect(standIn.taken).toHaveLength(1)
  })

  test('a limit of the provider is waited for', async () => {
    standIn.behave({ kind: 'refuse', code: 'isv.BUSINESS_LIMIT_CONTROL', words: '触发小时级流控Permits:5' })
    const patientId = await aPerson()
    await tell(patientId)
    await send()
    const { state, reason, next_at } = await rowOf(patientId)
    expect({ state, reason, next_at }).toEqual({
      state: 'deferred',
      reason: 'throttled',
      next_at: new Date('2026-03-02T03:00:00Z'),
    })
  })
})

describe('replies', () => {
  test('TD stops this purpose and promotion by short message, at once; mail is not concerned', async () => {
    const patientId = await aPerson({ phone: '13900009901' })
    await tell(patientId)
    await send()
    await hear(() => standIn.reply('+8613900009901', 'TD'))
    const rows = await db
      .selectFrom('message_preference')
      .select(['purpose', 'channel', 'how'])
      .where('patient_id', '=', patientId)
      .where('opted_out_at', 'is not', null)
      .orderBy('purpose')
      .execute()
    expect(rows).toEqual([
      { purpose: 'promotion', channel: 'sms', how: 'sms-reply' },
      { purpose: 'service', channel: 'sms', how: 'sms-reply' },
    ])
    await tell(patientId)
    await send()
    expect(standIn.taken).toHaveLength(1)
    expect(await rowOf(patientId)).toMatchObject({ state: 'suppressed', reason: 'opted-out' })
    const body = { purpose: 'service', channel: 'sms', optedOut: false, note: '本人来电' } as const
    await manager.call(setPreference, { params: { patientId }, body })
    await tell(patientId)
    await send()
    expect(standIn.taken).toHaveLength(2)
  })

  test('anything else is put before the manager, once', async () => {
    const patientId = await aPerson({ phone: '13900009902' })
    await tell(patientId)
    await send()
    await hear(() => standIn.reply('+8613900009902', '改到周五可以吗'))
    await hear(() => standIn.reply('+8613900009902', '改到周五可以吗', { again: true }))
    const tasks = await db
      .selectFrom('task')
      .select(['owner_id', 'note', 'source'])
      .where('patient_id', '=', patientId)
      .execute()
    expect(tasks).toEqual([{ owner_id: manager.staffId, note: '改到周五可以吗', source: 'message' }])
  })
})
