import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, TEST_NOW } from '../../../test/house.ts'
import { anSmtpEnd } from '../../../test/smtp-end.ts'
import { aliyunStandIn } from '../../apps/stand-ins/sms/index.ts'
import type { Clock } from '../../platform/clock.ts'
import { setSmsAccount } from '../sms/contract/account.ts'
import { listNotices } from './contract/notice.ts'
import { liftStop, listStops, type StopWhy } from './contract/stop.ts'
import { sendDue, sendMessages } from './server/index.ts'
import { aPatient, aTemplate, forgetBefore, ledger, publish, setWebAddress } from './sample.ts'

/**
 * Each answer of messages.md §4, by a real SMTP server and by the stand-in of a provider of short messages, and what is
 * done about it: again and when, given up, the address left alone, people told, a campaign or a channel stopped.
 */
const clock: Clock = { now: () => house.clock.now(), today: (zone) => house.clock.today(zone) }
const answers = new Map<string, string>()
const end = await anSmtpEnd({
  answer: (command) => (command.startsWith('RCPT') ? answers.get(/<(.*)>/.exec(command)?.[1] ?? '') : undefined),
})
const KEYS = { keyId: 'LTAI-test-key', keySecret: 'a secret of the account' }
const NOTICE = { code: 'SMS_1', kind: 'notice' as const, text: '您好${name}，请按时到达。' }
const standIn = await aliyunStandIn({ clock, ...KEYS, signNames: ['和康体检'], templates: [NOTICE] })
afterAll(async () => {
  await end.close()
  await standIn.close()
})
const house = await aHouse({ smtpUrl: `smtp://127.0.0.1:${end.port}`, smsUrls: { aliyun: standIn.url } })
await setWebAddress(house, 'https://care.example.org')
const administrator = await house.as('system-administrator')
let lead = await house.as('quality-lead')
await administrator.call(setSmsAccount, {
  body: { provider: 'aliyun', ...KEYS, signName: '和康体检', version: null },
})
const byMail = await publish(house, aTemplate({ code: 'by-mail', purpose: 'service', channels: ['email'] }))
const byPhone = await publish(
  house,
  aTemplate({
    code: 'by-phone',
    purpose: 'service',
    channels: ['sms'],
    sms: [{ provider: 'aliyun', code: 'SMS_1', text: NOTICE.text, values: { name: 'name' } }],
  }),
)

let week = 0
/** So that what one answer has slowed down is over when the next comes. */
beforeEach(async () => {
  house.clock.set(TEST_NOW)
  house.clock.advance({ days: 7 * (week += 1) })
  lead = await house.as('quality-lead')
  answers.clear()
  await forgetBefore(house)
})

interface Told {
  campaign?: string | null
  template?: string
  urgent?: boolean
}
async function tell(patientId: string, { campaign = null, template = byMail, urgent = false }: Told) {
  await house.write((ctx) =>
    sendMessages(ctx, [
      { patientId, template, touch: `answer:${week}`, urgent, ...(campaign ? { campaign } : {}) } as never,
    ]),
  )
  await sendDue(house.house, house.tenant)
  return (await ledger(house, patientId)).find(({ channel }) => channel !== 'in-app')!
}
const minutesTo = (at: Date | null) =>
  at && at.getTime() < Infinity ? Math.round((at.getTime() - clock.now().getTime()) / 60_000) : null
const openStops = async () => (await lead.call(listStops)).open
async function mailTo(domain: string, reply?: string): Promise<string> {
  const email = `w${week}-${answers.size}@${domain}`
  if (reply) answers.set(email, reply)
  else answers.set(`${email} fine`, '')
  return aPatient(house, { email })
}

type Wanted = { state: 'failed' | 'deferred'; reason: string; minutes?: number; stop?: StopWhy }
const again = (minutes: number, reason = 'temporary', stop?: StopWhy): Wanted => ({
  state: 'deferred',
  reason,
  minutes,
  ...(stop ? { stop } : {}),
})
const over = (reason: string, stop?: StopWhy): Wanted => ({ state: 'failed', reason, ...(stop ? { stop } : {}) })

describe.each<[string, string, Wanted]>([
  // §4.3: QQ answers its limits with 550.
  ['qq.com', '550 Domain frequency limited', again(15)],
  ['qq.com', '550 Sender frequency limited', again(15)],
  ['qq.com', '550 Connection frequency limited', again(15)],
  ['qq.com', '550 Mailbox unavailable or access denied', again(60)],
  ['qq.com', '550 Mailbox not found', over('address-unknown')],
  ['qq.com', '550 Mail is rejected by recipients', over('refused-by-recipient')],
  ['qq.com', '550 DMARC check failed', again(60, 'sender-refused', 'policy')],
  ['qq.com', '550 Mail content denied', over('refused-content', 'content')],
  ['qq.com', '550 Suspected spam', again(60, 'sender-refused', 'policy')],
  ['163.com', '421 HL:REP', again(60, 'temporary', 'complaints')],
  ['163.com', '421 HL:ICC', again(10)],
  ['163.com', '421 HL:IFC', again(30)],
  ['163.com', '450 MI:DMC', again(5)],
  ['163.com', '451 MI:DMC', again(5)],
  ['163.com', '450 RP:DRC', again(5)],
  ['163.com', '451 MI:SFQ', again(15)],
  ['163.com', '451 DT:SPM', again(5)],
  ['163.com', '554 DT:SPM', over('refused-content', 'content')],
  // §4.1: permanent refusals of bulk senders.
  ['gmail.com', '550 5.7.26 This mail is unauthenticated', again(60, 'sender-refused', 'policy')],
  [
    'outlook.com',
    '550 5.7.515 Access denied, sending domain does not meet the required level',
    again(60, 'sender-refused', 'policy'),
  ],
])('%s says %s', (domain, reply, { minutes, stop, ...wanted }) => {
  test('to a campaign', async () => {
    const campaign = randomUUID()
    const row = await tell(await mailTo(domain, reply), { campaign })
    const stops = (await openStops()).filter(({ scope }) => scope === campaign)
    if (!stop) {
      expect(row).toMatchObject(wanted)
      if (minutes !== undefined) expect(minutesTo(row.next_at)).toBe(minutes)
      expect(stops).toEqual([])
      return
    }
    // What is deferred waits with the campaign; what ended stays ended.
    expect(row).toMatchObject(wanted.state === 'failed' ? wanted : { state: 'deferred', reason: 'campaign-paused' })
    expect(stops).toMatchObject([{ kind: 'campaign', why: stop }])
    expect(stops[0]!.reply).not.toContain('@')
    const next = await tell(await mailTo('example.com'), { campaign })
    expect(next).toMatchObject({ state: 'planned', reason: 'campaign-paused', attempts: 0 })
    // Another campaign to somebody else goes on.
    expect(await tell(await mailTo('example.com'), { campaign: randomUUID() })).toMatchObject({ state: 'accepted' })
  })

  test('to no campaign', async () => {
    const row = await tell(await mailTo(domain, reply), {})
    if (wanted.state === 'failed' || !stop) expect(row).toMatchObject(wanted)
    const [open, ...others] = (await openStops()).filter(({ kind }) => kind === 'channel')
    if (!stop) {
      expect(open).toBeUndefined()
      return
    }
    expect(others).toEqual([])
    expect(open).toMatchObject({ kind: 'channel', why: stop, scope: expect.stringMatching(/^email:\w+$/) })
    // Those whose mailboxes others keep, and whoever is in danger, are written to.
    expect(await tell(await mailTo(domain), {})).toMatchObject({ state: 'planned', reason: 'sending-stopped' })
    expect(await tell(await mailTo('example.com'), {})).toMatchObject({ state: 'accepted' })
    const waiting = await tell(await mailTo(domain), {})
    expect(waiting).toMatchObject({ reason: 'sending-stopped' })
    expect((await lead.call(listNotices)).rows.map(({ kind }) => kind)).toContain('sending-stopped')
    const manager = await house.as('service-manager')
    const lift = { params: { stopId: open!.id }, body: { because: '已改发信设置' } }
    expect((await manager.try(liftStop, lift)).status).toBe(403)
    expect((await openStops()).map(({ id }) => id)).toContain(open!.id)
    await lead.call(liftStop, lift)
    answers.clear()
    house.clock.advance({ days: 1 })
    lead = await house.as('quality-lead')
    await sendDue(house.house, house.tenant)
    expect((await ledger(house, waiting.patient_id)).find(({ id }) => id === waiting.id)).toMatchObject({
      state: 'accepted',
    })
  })
})

describe.each<[string, Wanted]>([
  ['isv.BUSINESS_LIMIT_CONTROL', { state: 'deferred', reason: 'throttled' }],
  ['isv.MOBILE_NUMBER_ILLEGAL', over('address-unknown')],
  ['isv.SMS_TEMPLATE_ILLEGAL', over('sms-template', 'sms-template')],
  ['isv.SMS_SIGNATURE_ILLEGAL', over('sms-template', 'sms-signature')],
  // Our own check has seen that no value is missing: it was approved with other ones than entered.
  ['isv.TEMPLATE_MISSING_PARAMETERS', over('sms-template', 'sms-template')],
  ['isv.INVALID_JSON_PARAM', over('sms-template')],
  ['isv.PARAM_LENGTH_LIMIT', over('sms-template')],
  ['isv.PARAM_NOT_SUPPORT_URL', over('sms-template')],
  ['isv.BLACK_KEY_CONTROL_LIMIT', over('refused-content')],
  ['isv.AMOUNT_NOT_ENOUGH', again(30, 'sms-account')],
])('Aliyun says %s', (code, { minutes, stop, ...wanted }) => {
  const aPhone = () => aPatient(house, { phone: `1390002${String(1000 + (phones += 1))}` })
  test('to a campaign', async () => {
    const campaign = randomUUID()
    standIn.behave({ kind: 'refuse', code })
    const row = await tell(await aPhone(), { campaign, template: byPhone })
    expect(row).toMatchObject(wanted)
    if (minutes !== undefined) expect(minutesTo(row.next_at)).toBe(minutes)
    const open = await openStops()
    expect(open.filter(({ scope }) => scope === campaign)).toMatchObject(stop ? [{ kind: 'campaign', why: stop }] : [])
    // An account that does not work is told of, until something goes out again.
    if (wanted.reason === 'sms-account') expect(open).toMatchObject([{ kind: 'login', why: 'sms-account' }])
    const next = await tell(await aPhone(), { campaign, template: byPhone })
    expect(next).toMatchObject(stop ? { state: 'planned', reason: 'campaign-paused' } : { state: 'accepted' })
    expect((await openStops()).filter(({ kind }) => kind === 'login')).toEqual([])
  })
})
let phones = 0

test('a signature that is refused stops short messages that belong to no campaign', async () => {
  standIn.behave({ kind: 'refuse', code: 'isv.SMS_SIGNATURE_ILLEGAL' })
  await tell(await aPatient(house, { phone: '13900039001' }), { template: byPhone })
  const [open] = (await openStops()).filter(({ kind }) => kind === 'channel')
  expect(open).toMatchObject({ scope: 'sms', why: 'sms-signature' })
  const held = await tell(await aPatient(house, { phone: '13900039002' }), { template: byPhone })
  expect(held).toMatchObject({ state: 'planned', reason: 'sending-stopped' })
  await lead.call(liftStop, { params: { stopId: open!.id }, body: { because: '签名已报备' } })
  await sendDue(house.house, house.tenant)
  expect((await ledger(house, held.patient_id)).at(-1)).toMatchObject({ state: 'accepted' })
})
