import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { startWeChat, type WeChatStandIn } from '../../apps/stand-ins/wechat/wechat.ts'
import { accessTokens } from '../../platform/wechat/access-token.ts'
import { readCallback } from '../../platform/wechat/callback.ts'
import { eventOf } from '../../platform/wechat/events.ts'
import { serviceAccount } from '../../platform/wechat/service-account.ts'
import { linkAccount, noteAct, refuseRight, settleRight, takeRight } from './server/right.ts'
import { changesOfWeChat, isOwnAct } from './server/rules/right-changes.ts'
import { aPatient } from './sample.ts'

/** The whole way: what people do in WeChat comes by callback into the ledger, and messages go out by what it allows. */
const house = await aHouse()
const account = { appId: 'wx0123456789abcdef', secret: 'of-the-account' }
const callback = {
  token: 'agreed',
  receiver: account.appId,
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
}
const app = `wechat:${account.appId}`

const address = createServer((request, response) => {
  let body = ''
  request.on('data', (part: Buffer) => (body += part.toString()))
  request.on('end', () => {
    const query = Object.fromEntries(new URL(request.url!, 'http://x').searchParams)
    const read = readCallback(callback, { method: request.method!, query, body, now: house.clock.now() })
    if (read.kind !== 'message') return void response.writeHead(403).end()
    const event = eventOf(read.message)
    const changes = changesOfWeChat(event, { kind: 'service', isLasting: () => false })
    const { openId, key, at } = event
    house
      .write((ctx) => noteAct(ctx, { app, address: openId, key, at, changes, own: isOwnAct(event) }))
      .then(
        () => response.end('success'),
        () => response.writeHead(500).end(),
      )
  })
})
await new Promise<void>((resolve) => address.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${(address.address() as AddressInfo).port}/`
const wechat: WeChatStandIn = await startWeChat({
  clock: house.clock,
  ...account,
  templates: { REVISIT: { fields: { thing1: null } } },
  callback: { url, token: callback.token, encodingAesKey: callback.encodingAesKey },
})
afterAll(async () => {
  await wechat.close()
  address.close()
})
const tokens = accessTokens({
  db: house.house.databases.of(house.tenant.id),
  organizationId: house.tenant.id,
  sealer: house.house.sealer,
  clock: house.clock,
})
const client = serviceAccount({ ...account, baseUrl: wechat.url }, tokens)

let count = 0
const follower = async () => {
  const openId = `oPatient${++count}`
  const patientId = await aPatient(house)
  await wechat.does(openId, { act: 'follow' })
  await house.write((ctx) => linkAccount(ctx, { app, address: openId, patientId, relation: 'self' }))
  return { openId, patientId }
}
/** One try of one message, as a sender does it: take the right, send, settle. */
const send = async (patientId: string, messageId: string = house.house.ids.next()) => {
  const wanted = { messageId, patientId, viaGuardian: false, channel: 'wechat-notice' as const, template: 'REVISIT' }
  const right = await house.write((ctx) => takeRight(ctx, wanted))
  if (right.kind === 'none') return right.because
  const values = { thing1: '明天上午复查' }
  const answer = await client.sendNotice({ openId: right.address, templateId: 'REVISIT', spec: { thing1: {} }, values })
  await house.write(async (ctx) => {
    if (answer.kind === 'ok') await settleRight(ctx, messageId, 'used')
    else if (answer.kind !== 'unreachable') await refuseRight(ctx, messageId, answer.refusal)
    else if (!answer.uncertain) await settleRight(ctx, messageId, 'given-back')
  })
  return answer.kind
}
const gotBy = (openId: string) => wechat.messages.filter((message) => message.openId === openId).length

test('a consent given in WeChat is one message, whichever of two senders comes first', async () => {
  const { openId, patientId } = await follower()
  expect(await send(patientId)).toBe('consent-missing')
  await wechat.does(openId, { act: 'consent', answers: { REVISIT: 'accept' } })
  const outcomes = await Promise.all([send(patientId), send(patientId), send(patientId)])
  expect(outcomes.toSorted()).toEqual(['consent-used', 'consent-used', 'ok'])
  expect(gotBy(openId)).toBe(1)
})

test('the two books agree after many consents, messages and refusals', async () => {
  const { openId, patientId } = await follower()
  for (let n = 0; n < 3; n++) {
    await wechat.does(openId, { act: 'consent', answers: { REVISIT: 'accept' } })
    house.clock.advance({ seconds: 1 })
  }
  wechat.fail(-1)
  expect(await send(patientId)).toBe('refused')
  const outcomes = []
  for (let n = 0; n < 4; n++) outcomes.push(await send(patientId))
  expect(outcomes).toEqual(['ok', 'ok', 'ok', 'consent-used'])
  expect(wechat.person(openId).consents.get('REVISIT')).toBe(0)
})

test('a try that broke off keeps its right: the same message again, never another one', async () => {
  const { openId, patientId } = await follower()
  await wechat.does(openId, { act: 'consent', answers: { REVISIT: 'accept' } })
  const messageId = house.house.ids.next<string>()
  wechat.fail('taken-and-hang-up')
  expect(await send(patientId, messageId)).toBe('unreachable')
  expect(await send(patientId)).toBe('consent-used')
  // Tried again, the platform says that the consent is gone: it had been taken. Nobody got it twice.
  expect(await send(patientId, messageId)).toBe('refused')
  expect(gotBy(openId)).toBe(1)
})

test('what WeChat has taken back without telling is learned from its refusal', async () => {
  const { openId, patientId } = await follower()
  await wechat.does(openId, { act: 'consent', answers: { REVISIT: 'accept' } })
  wechat.person(openId).consents.clear()
  expect(await send(patientId)).toBe('refused')
  expect(await send(patientId)).toBe('consent-withdrawn')
  house.clock.advance({ seconds: 1 })
  await wechat.does(openId, { act: 'consent', answers: { REVISIT: 'accept' } })
  expect(await send(patientId)).toBe('ok')
})
