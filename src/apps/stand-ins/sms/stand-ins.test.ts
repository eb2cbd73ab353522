import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { travellingClock } from '../../../platform/clock.ts'
import { knownCodes } from '../../../platform/sms/codes.ts'
import { smsProviders } from '../../../platform/sms/open.ts'
import type { OutgoingSms, SmsOutcome, SmsProvider, SmsProviderName } from '../../../platform/sms/provider.ts'
import { aliyunStandIn, tencentStandIn, type SmsStandIn, type StandInSettings } from './index.ts'

const NOW = '2026-03-02T02:00:00Z'
const clock = travellingClock(NOW)
const account = { keyId: 'LTAI-test', keySecret: 'a secret', appId: '1400006666', region: '' }

const TEMPLATES: Record<SmsProviderName, StandInSettings['templates']> = {
  aliyun: [
    { code: 'SMS_1', kind: 'notice', text: '您好，您预约了${day}的体检。' },
    { code: 'SMS_2', kind: 'code', text: '验证码${code}' },
  ],
  tencent: [
    { code: '101', kind: 'notice', text: '您好，您预约了{1}的体检。' },
    { code: '102', kind: 'code', text: '验证码{1}' },
  ],
}
const CODES: Record<SmsProviderName, { notice: string; code: string; name: string; codeName: string }> = {
  aliyun: { notice: 'SMS_1', code: 'SMS_2', name: 'day', codeName: 'code' },
  tencent: { notice: '101', code: '102', name: '1', codeName: '1' },
}

async function closedUrl(): Promise<string> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}

describe.each<SmsProviderName>(['aliyun', 'tencent'])('%s', (provider) => {
  const start = provider === 'aliyun' ? aliyunStandIn : tencentStandIn
  const codes = CODES[provider]
  let standIn: SmsStandIn
  let client: SmsProvider

  beforeAll(async () => {
    standIn = await start({ clock, ...account, signNames: ['和康体检'], templates: TEMPLATES[provider] })
    client = clientOf({})
  })
  afterAll(() => standIn.close())
  beforeEach(() => {
    clock.set(NOW)
    standIn.desk.taken.length = 0
    standIn.desk.blacklist.clear()
  })

  const clientOf = (change: Partial<typeof account>, options: { url?: string; timeoutMs?: number } = {}) =>
    smsProviders({
      clock,
      urls: { [provider]: options.url ?? standIn.url },
      timeoutMs: options.timeoutMs ?? 3000,
    }).open({ provider, ...account, ...change })

  let next = 0
  const aMessage = (change: Partial<OutgoingSms> = {}): OutgoingSms => ({
    id: `message-${(next += 1)}`,
    to: '+8613900000001',
    signName: '和康体检',
    templateCode: codes.notice,
    parameters: [{ name: codes.name, value: "3月5日 8:00 (二楼)'*!~" }],
    ...change,
  })
  const sendOne = async (change: Partial<OutgoingSms> = {}, through = client): Promise<SmsOutcome> =>
    (await through.send([aMessage(change)]))[0]!
  const classOf = (outcome: SmsOutcome) => (outcome.kind === 'refused' ? outcome.class : outcome.kind)

  test('sends many, each under its own id, in order', async () => {
    const messages = Array.from({ length: 20 }, (_, at) =>
      aMessage({ to: `+86139000001${String(at).padStart(2, '0')}` }),
    )
    const outcomes = await client.send(messages)
    expect(outcomes.map(({ kind }) => kind)).toEqual(messages.map(() => 'accepted'))
    const byId = new Map(standIn.taken.map((taken) => [taken.id, taken]))
    for (const [at, message] of messages.entries()) {
      const taken = byId.get(message.id)!
      expect(taken).toMatchObject({ to: message.to, segments: 1 })
      expect(taken.text).toBe("【和康体检】您好，您预约了3月5日 8:00 (二楼)'*!~的体检。")
      expect(outcomes[at]).toMatchObject({ providerId: taken.providerId })
    }
  })

  test.each<[string, Partial<OutgoingSms>, string]>([
    ['a signature that is not approved', { signName: '别家' }, 'signature'],
    ['a template that is not there', { templateCode: 'SMS_999' }, 'template'],
    ['a value that is missing', { parameters: [] }, 'template'],
    ['a link in a value', { parameters: [{ name: codes.name, value: 'https://example.org' }] }, 'template'],
    ['a number that nobody can have', { to: '+86139' }, 'bad-number'],
  ])('refuses %s', async (_name, change, wanted) => {
    expect(classOf(await sendOne(change))).toBe(wanted)
    expect(standIn.taken).toHaveLength(0)
  })

  test.each<[string, () => SmsProvider]>([
    ['a wrong secret', () => clientOf({ keySecret: 'another' })],
    ['a wrong key', () => clientOf({ keyId: 'another' })],
    ...(provider === 'tencent'
      ? ([['a wrong application', () => clientOf({ appId: '1' })]] as [string, () => SmsProvider][])
      : []),
  ])('refuses %s', async (_name, open) => {
    expect(classOf(await sendOne({}, open()))).toBe('auth')
    expect(standIn.taken).toHaveLength(0)
  })

  test('refuses a request of another time', async () => {
    const late = travellingClock('2026-03-02T01:40:00Z')
    const through = smsProviders({ clock: late, urls: { [provider]: standIn.url } }).open({ provider, ...account })
    expect(classOf(await sendOne({}, through))).toBe('auth')
  })

  test('codes: one a minute, five an hour, ten a day', async () => {
    const code = { templateCode: codes.code, parameters: [{ name: codes.codeName, value: '482913' }] }
    expect((await sendOne(code)).kind).toBe('accepted')
    const tooSoon = await sendOne(code)
    expect(classOf(tooSoon)).toBe('throttled')
    expect(tooSoon).toMatchObject({ notBefore: expect.any(Date) as Date })
    for (let sent = 1; sent < 5; sent += 1) {
      clock.advance({ minutes: 2 })
      expect((await sendOne(code)).kind).toBe('accepted')
    }
    clock.advance({ minutes: 2 })
    expect(classOf(await sendOne(code))).toBe('throttled')
    for (let sent = 5; sent < 10; sent += 1) {
      clock.advance({ minutes: 62 })
      expect((await sendOne(code)).kind).toBe('accepted')
    }
    clock.advance({ minutes: 62 })
    expect(classOf(await sendOne(code))).toBe('throttled')
    // Another number is not concerned.
    expect((await sendOne({ ...code, to: '+8613900000002' })).kind).toBe('accepted')
  })

  test('notices: fifty a day to a number by template', async () => {
    const messages = Array.from({ length: 51 }, () => aMessage())
    const outcomes = await client.send(messages)
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(50)
    expect(outcomes.filter((outcome) => classOf(outcome) === 'throttled')).toHaveLength(1)
    clock.advance({ days: 1 })
    expect((await sendOne()).kind).toBe('accepted')
  })

  test('every code that is known comes out as its class', async () => {
    for (const [code, entry] of knownCodes(provider)) {
      standIn.behave({ kind: 'refuse', code })
      const outcome = await sendOne()
      expect({ code, class: classOf(outcome) }).toEqual({ code, class: entry.class })
      if (outcome.kind === 'refused') expect(outcome.code).toBe(code)
    }
    expect(standIn.taken).toHaveLength(0)
  })

  test.each(['drop-after', 'garbage'] as const)('in doubt after %s, and told by the list', async (kind) => {
    standIn.behave({ kind })
    const message = aMessage()
    expect((await client.send([message]))[0]).toMatchObject({ kind: 'in-doubt' })
    expect(standIn.taken).toHaveLength(1)
    const asked = { id: message.id, to: message.to, sentAt: clock.now() }
    await standIn.deliver()
    expect(await client.lookUp(asked)).toMatchObject({ kind: 'found', state: 'delivered' })
    expect(standIn.taken).toHaveLength(1)
  })

  test('in doubt when the answer is too late', async () => {
    standIn.behave({ kind: 'slow', ms: 400 })
    expect(await sendOne({}, clientOf({}, { timeoutMs: 100 }))).toMatchObject({ kind: 'in-doubt' })
    expect(standIn.taken).toHaveLength(1)
  })

  test('in doubt when the line broke before it was looked at: only the list may say that nothing came', async () => {
    standIn.behave({ kind: 'drop-before' })
    const message = aMessage()
    expect((await client.send([message]))[0]).toMatchObject({ kind: 'in-doubt' })
    // Tencent lists what has a receipt, so that its silence proves nothing.
    expect((await client.lookUp({ id: message.id, to: message.to, sentAt: clock.now() })).kind).toBe(
      provider === 'aliyun' ? 'absent' : 'unknown',
    )
  })

  test.each([
    ['a closed port', async () => closedUrl()],
    ['a port that fetch does not try', async () => 'http://127.0.0.1:1'],
  ])('nothing has left when nobody answers the door: %s', async (_name, url) => {
    const closed = clientOf({}, { url: await url() })
    expect(await sendOne({}, closed)).toMatchObject({ kind: 'refused', class: 'fault', code: 'unsent' })
    expect((await closed.lookUp({ id: 'a', to: '+8613900000001', sentAt: clock.now() })).kind).toBe('unknown')
  })

  test('a message that did not arrive says why', async () => {
    const message = aMessage()
    await client.send([message])
    await standIn.deliver({ code: 'MK:0001', words: '空号' })
    const found = await client.lookUp({ id: message.id, to: message.to, sentAt: clock.now() })
    expect(found).toMatchObject({ kind: 'found', state: 'failed' })
  })

  test('somebody else’s message is not taken for ours', async () => {
    await client.send([aMessage()])
    await standIn.deliver()
    const found = await client.lookUp({ id: 'another', to: '+8613900000001', sentAt: clock.now() })
    expect(found.kind).toBe(provider === 'aliyun' ? 'absent' : 'unknown')
  })

  if (provider === 'tencent')
    test('refuses a number on the list of those who want none', async () => {
      standIn.desk.blacklist.add('+8613900000001')
      expect(classOf(await sendOne())).toBe('blacklisted')
    })

  if (provider === 'aliyun')
    test('asks on the next day as well, shortly before midnight', async () => {
      clock.set('2026-03-02T15:58:00Z')
      const message = aMessage()
      const sentAt = clock.now()
      clock.set('2026-03-02T16:00:30Z')
      await client.send([message])
      await standIn.deliver()
      expect((await client.lookUp({ id: message.id, to: message.to, sentAt })).kind).toBe('found')
    })
})
