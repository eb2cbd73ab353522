import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse, TEST_NOW } from '../../../test/house.ts'
import { tencentStandIn } from '../../apps/stand-ins/sms/index.ts'
import type { Clock } from '../../platform/clock.ts'
import { knownCodes } from '../../platform/sms/codes.ts'
import { setSmsAccount } from '../sms/contract/account.ts'
import { listNotices } from './contract/notice.ts'
import type { StopWhy } from './contract/stop.ts'
import { sendMessages } from './server/index.ts'
import { aPatient, aTemplate, forgetBefore, ledger, publish, work } from './sample.ts'

/**
 * Each code that Tencent Cloud's short messages answer with, by the stand-in over HTTP, through the worker's own rounds:
 * what the ledger says of the message, what of the number, the campaign and the account, and that nothing goes out twice.
 */
const clock: Clock = { now: () => house.clock.now(), today: (zone) => house.clock.today(zone) }
const KEYS = { keyId: 'AKID-test-key', keySecret: 'a secret of the account', appId: '1400006666' }
const NOTICE = { code: '101', kind: 'notice' as const, text: '您好{1}，请按时到达。' }
const standIn = await tencentStandIn({ clock, ...KEYS, signNames: ['和康体检'], templates: [NOTICE] })
afterAll(() => standIn.close())
const house = await aHouse({ smsUrls: { tencent: standIn.url } })
await house.app.listen({ host: '127.0.0.1', port: 0 })
const db = house.house.databases.of(house.tenant.id)
const administrator = await house.as('system-administrator')
const account = { provider: 'tencent' as const, ...KEYS, region: 'ap-guangzhou', signName: '和康体检', version: null }
const { callbacks } = await administrator.call(setSmsAccount, { body: account })
const { port } = house.app.server.address() as { port: number }
standIn.callbacks.receipts = `http://127.0.0.1:${port}${new URL(callbacks.receipts).pathname}`
const byPhone = await publish(
  house,
  aTemplate({
    code: 'by-phone',
    purpose: 'service',
    channels: ['sms'],
    sms: [{ provider: 'tencent', code: NOTICE.code, text: NOTICE.text, values: { '1': 'name' } }],
  }),
)

let week = 0
let count = 0
let lead = await house.as('quality-lead')
beforeEach(async () => {
  house.clock.set(TEST_NOW)
  house.clock.advance({ days: 7 * (week += 1) })
  await forgetBefore(house)
  standIn.desk.taken.length = 0
  lead = await house.as('quality-lead')
})

interface Somebody {
  patientId: string
  phone: string
}
const somebody = async (): Promise<Somebody> => {
  const phone = `1390003${1000 + (count += 1)}`
  return { patientId: await aPatient(house, { phone }), phone }
}
const rowOf = async ({ patientId }: Somebody, touch: string) =>
  (await ledger(house, patientId)).find((row) => row.channel === 'sms' && row.touch === touch)!
async function tell(who: Somebody, campaign: string | null = null) {
  const touch = `answer:${(count += 1)}`
  const message = { patientId: who.patientId, template: byPhone, touch, ...(campaign ? { campaign } : {}) }
  await house.write((ctx) => sendMessages(ctx, [message]))
  await work(house)
  return rowOf(who, touch)
}
const gotBy = ({ phone }: Somebody) => standIn.taken.filter(({ to }) => to === `+86${phone}`).length
const openStops = () =>
  db.selectFrom('message_stop').select(['kind', 'scope', 'why']).where('lifted_at', 'is', null).execute()
const suppressionOf = (messageId: string) =>
  db
    .selectFrom('message_suppression')
    .select(['reason', 'until'])
    .where('message_id', '=', messageId)
    .where('lifted_at', 'is', null)
    .executeTakeFirst()

type Wanted =
  /** Waits, then goes out. */
  | { kind: 'wait'; reason: string; seconds: number; login?: true }
  /** Over for this message; `suppressed`: nothing more goes to the number; `stop`: nor to anybody of the campaign. */
  | { kind: 'over'; reason: string; suppressed?: 'bounced' | 'complained'; stop?: StopWhy }
  /** Nobody knows whether it went out: not again before that is known. */
  | { kind: 'doubt' }

const HOUR = 3600
/** It is ten in the morning in Beijing. */
const [MIDNIGHT, EIGHT] = [14 * HOUR, 22 * HOUR]
const limit = (seconds: number): Wanted => ({ kind: 'wait', reason: 'throttled', seconds })
const fault: Wanted = { kind: 'wait', reason: 'temporary', seconds: 300 }
const login: Wanted = { kind: 'wait', reason: 'sms-account', seconds: 1800, login: true }
const nobody: Wanted = { kind: 'over', reason: 'address-unknown', suppressed: 'bounced' }
const unwanted: Wanted = { kind: 'over', reason: 'refused-by-recipient', suppressed: 'complained' }
const template: Wanted = { kind: 'over', reason: 'sms-template', stop: 'sms-template' }
const value: Wanted = { kind: 'over', reason: 'sms-template' }
const signature: Wanted = { kind: 'over', reason: 'sms-template', stop: 'sms-signature' }
const words: Wanted = { kind: 'over', reason: 'refused-content' }
const doubt: Wanted = { kind: 'doubt' }

const TABLE: Record<string, Wanted> = {
  'LimitExceeded.PhoneNumberThirtySecondLimit': limit(30),
  'LimitExceeded.PhoneNumberOneHourLimit': limit(HOUR),
  'LimitExceeded.DeliveryFrequencyLimit': limit(HOUR),
  'LimitExceeded.PhoneNumberDailyLimit': limit(MIDNIGHT),
  'LimitExceeded.PhoneNumberSameContentDailyLimit': limit(MIDNIGHT),
  'LimitExceeded.AppDailyLimit': limit(MIDNIGHT),
  'LimitExceeded.AppMainlandChinaDailyLimit': limit(MIDNIGHT),
  'LimitExceeded.AppGlobalDailyLimit': limit(MIDNIGHT),
  'LimitExceeded.AppCountryOrRegionDailyLimit': limit(MIDNIGHT),
  'LimitExceeded.DailyLimit': limit(MIDNIGHT),
  LimitExceeded: limit(10),
  RequestLimitExceeded: limit(10),
  // One that is not listed is judged by its beginning.
  'LimitExceeded.OfSomethingNew': limit(10),
  'FailedOperation.MarketingSendTimeConstraint': limit(EIGHT),
  'LimitExceeded.PhoneNumberCountLimit': fault,
  'InvalidParameterValue.IncorrectPhoneNumber': nobody,
  'FailedOperation.PhoneNumberParseFail': nobody,
  'UnsupportedOperation.UnsuportedRegion': nobody,
  'UnsupportedOperation.UnsupportedRegion': nobody,
  'LimitExceeded.AppCountryOrRegionInBlacklist': nobody,
  'FailedOperation.PhoneNumberInBlacklist': unwanted,
  'FailedOperation.TemplateIncorrectOrUnapproved': template,
  'FailedOperation.TemplateUnapprovedOrNotExist': template,
  'FailedOperation.TemplateIdNotExist': template,
  'FailedOperation.TemplateParamSetNotMatchApprovedTemplate': template,
  'UnsupportedOperation.GlobalTemplateToChineseMainlandPhone': template,
  'InvalidParameterValue.InvalidTemplateFormat': value,
  'UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone': value,
  'InvalidParameterValue.TemplateParameterFormatError': value,
  'InvalidParameterValue.TemplateParameterLengthLimit': value,
  'InvalidParameterValue.ContentLengthLimit': value,
  'InvalidParameterValue.ProhibitedUseUrlInTemplateParameter': value,
  'FailedOperation.SignatureIncorrectOrUnapproved': signature,
  'FailedOperation.MissingSignature': signature,
  'FailedOperation.ContainSensitiveWord': words,
  'InvalidParameter.DirtyWordFound': words,
  'InvalidParameterValue.TemplateWithDirtyWords': words,
  'FailedOperation.InsufficientBalanceInSmsPackage': login,
  'UnauthorizedOperation.SerivceSuspendDueToArrears': login,
  'UnauthorizedOperation.ServiceSuspendDueToArrears': login,
  AuthFailure: login,
  'AuthFailure.SignatureFailure': login,
  UnauthorizedOperation: login,
  'UnauthorizedOperation.SmsSdkAppIdVerifyFail': login,
  IpNotInWhitelist: login,
  IpInBlacklist: login,
  'FailedOperation.NotEnterpriseCertification': login,
  'InvalidParameterValue.SdkAppIdNotExist': login,
  'InvalidParameter.AppidAndBizId': login,
  'InternalError.SigFieldMissing': login,
  'InternalError.SigVerificationFail': login,
  'InternalError.RequestTimeException': login,
  FailedOperation: fault,
  'FailedOperation.OtherError': fault,
  InvalidParameter: fault,
  InvalidParameterValue: fault,
  MissingParameter: fault,
  UnknownParameter: fault,
  UnsupportedOperation: fault,
  InvalidAction: fault,
  NoSuchVersion: fault,
  NoSuchProduct: fault,
  ActionOffline: fault,
  ResourceUnavailable: fault,
  ServiceUnavailable: fault,
  'InternalError.RestApiInterfaceNotExist': fault,
  'InternalError.JsonParseFail': fault,
  SomethingNobodyKnows: fault,
  InternalError: doubt,
  'InternalError.Timeout': doubt,
  'InternalError.SendAndRecvFail': doubt,
}

test('every code that is known stands in the table', () => {
  expect([...knownCodes('tencent').keys()].filter((code) => !(code in TABLE))).toEqual([])
})

/** What is wrong with a number stands beside it, the rest in place of an answer; some come in either way. */
const FORMS = Object.entries(TABLE).flatMap(([code, wanted]): [string, string, Wanted][] => [
  [code, 'as an error', wanted],
  ...(/^(FailedOperation|LimitExceeded|InvalidParameterValue|UnsupportedOperation)\./.test(code)
    ? ([[code, 'beside the number', wanted]] as [string, string, Wanted][])
    : []),
])

test.each(FORMS)('%s %s', async (code, form, wanted) => {
  const campaign = randomUUID()
  standIn.behave({ kind: 'refuse', code, perNumber: form === 'beside the number' })
  const who = await somebody()
  const row = await tell(who, campaign)
  expect(gotBy(who)).toBe(0)
  if (wanted.kind === 'doubt') {
    expect(row).toMatchObject({ state: 'deferred', reason: 'in-doubt', uncertain: true })
    house.clock.advance({ minutes: 5 })
    await work(house)
    expect(await rowOf(who, row.touch)).toMatchObject({ state: 'deferred', reason: 'in-doubt' })
    expect(gotBy(who)).toBe(0)
    return
  }
  const stops = await openStops()
  const stop = wanted.kind === 'over' ? wanted.stop : undefined
  expect(stops.filter(({ kind }) => kind !== 'login')).toMatchObject(
    stop ? [{ kind: 'campaign', scope: campaign, why: stop }] : [],
  )
  if (wanted.kind === 'wait') {
    expect(row).toMatchObject({ state: 'deferred', reason: wanted.reason })
    expect(row.next_at!.getTime() - clock.now().getTime()).toBe(wanted.seconds * 1000)
    expect(stops.map(({ kind, why }) => `${kind} ${why}`)).toEqual(wanted.login ? ['login sms-account'] : [])
    if (wanted.login)
      expect((await lead.call(listNotices)).rows.map(({ kind }) => kind)).toContain('sending-sms-account')
    // It goes out by itself when its time has come (at night it waits for the morning), once, and ends the alarm.
    house.clock.set(row.next_at!.toISOString())
    if (wanted.seconds === MIDNIGHT) house.clock.advance({ hours: 10 })
    await work(house)
    await work(house)
    expect(await rowOf(who, row.touch)).toMatchObject({ state: 'accepted', attempts: 2 })
    expect(gotBy(who)).toBe(1)
    expect(await openStops()).toEqual([])
    return
  }
  expect(row).toMatchObject({ state: 'failed', reason: wanted.reason, next_at: null })
  const suppressed = await suppressionOf(row.id)
  expect(suppressed?.reason).toBe(wanted.suppressed)
  // A number that nobody has may be somebody's one day, a refusal stands until they are asked.
  if (wanted.suppressed) expect(suppressed!.until === null).toBe(wanted.suppressed === 'complained')
  const again = await tell(who)
  expect(gotBy(who)).toBe(wanted.suppressed ? 0 : 1)
  if (wanted.suppressed) expect(again).toMatchObject({ sent_at: null, attempts: 0 })
  const next = await tell(await somebody(), campaign)
  expect(next).toMatchObject(stop ? { state: 'planned', reason: 'campaign-paused' } : { state: 'accepted' })
})

test('a signature that is refused to a message of no campaign stops short messages, and urgent ones go on', async () => {
  standIn.behave({ kind: 'refuse', code: 'FailedOperation.SignatureIncorrectOrUnapproved', perNumber: true })
  await tell(await somebody())
  expect(await openStops()).toMatchObject([{ kind: 'channel', scope: 'sms', why: 'sms-signature' }])
  expect(await tell(await somebody())).toMatchObject({ state: 'planned', reason: 'sending-stopped' })
  const sms = [{ provider: 'tencent' as const, code: NOTICE.code, text: NOTICE.text, values: { '1': 'name' } }]
  const urgent = aTemplate({ code: 'urgent-phone', purpose: 'service', urgent: true, channels: ['sms'], sms })
  const who = await somebody()
  const code = await publish(house, urgent)
  await house.write((ctx) => sendMessages(ctx, [{ patientId: who.patientId, template: code, touch: 'urgent' }]))
  await work(house)
  expect(await rowOf(who, 'urgent')).toMatchObject({ state: 'accepted' })
})

test('a fault that does not go away is given up after eight tries, and nothing has gone out', async () => {
  standIn.behave({ kind: 'refuse', code: 'ServiceUnavailable' }, 8)
  const who = await somebody()
  let row = await tell(who)
  for (let tries = 1; row.next_at && tries < 10; tries++) {
    house.clock.set(row.next_at.toISOString())
    await work(house)
    row = await rowOf(who, row.touch)
  }
  expect(row).toMatchObject({ state: 'failed', reason: 'gave-up', attempts: 8 })
  expect(gotBy(who)).toBe(0)
})

describe('what the receipt says', () => {
  test.each<[string, string, object, 'bounced' | 'complained' | undefined]>([
    ['DELIVRD', '用户短信送达成功', { state: 'accepted', reason: null }, undefined],
    ['MK:0001', '手机号在黑名单', { state: 'failed', reason: 'refused-by-recipient' }, 'complained'],
    ['MK:0002', '空号', { state: 'failed', reason: 'address-unknown' }, 'bounced'],
    ['UNDELIV', '手机关机', { state: 'failed', reason: 'not-reached' }, undefined],
    ['EXPIRED', '', { state: 'failed', reason: 'not-reached' }, undefined],
    ['MK:0003', '运营商关键字拦截', { state: 'failed', reason: 'refused-content' }, undefined],
    ['MK:0004', '签名未报备', { state: 'failed', reason: 'sms-template' }, undefined],
    ['MK:0005', '超过频率上限', { state: 'failed', reason: 'throttled' }, undefined],
  ])('%s %s', async (code, said, wanted, suppressed) => {
    const who = await somebody()
    const row = await tell(who)
    expect(row).toMatchObject({ state: 'accepted', delivered_at: null })
    await standIn.deliver(code === 'DELIVRD' ? 'delivered' : { code, words: said })
    await work(house)
    const known = await rowOf(who, row.touch)
    expect(known).toMatchObject(wanted)
    expect(known.delivered_at !== null).toBe(code === 'DELIVRD')
    expect((await suppressionOf(row.id))?.reason).toBe(suppressed)
  })
})
