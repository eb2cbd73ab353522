import { setTimeout } from 'node:timers/promises'
import { organizationOfToken, hashToken } from '../../../platform/auth/token.ts'
import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { Call, Stream } from '../../../platform/context/room.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { readCallback } from '../../../platform/wechat/callback.ts'
import { eventOf } from '../../../platform/wechat/events.ts'
import { wecomEventOf } from '../../../platform/wecom/events.ts'
import type { wechatTold } from '../contract/callback.ts'
import { wechatProblem } from '../contract/problems.ts'
import { findAccount, type AccountRow } from './account-store.ts'
import { keepAct, type ToldEvent } from './act.ts'
import { welcome } from './welcome.ts'

/** What a platform tells is a few hundred bytes, encrypted twice that. */
const BODY_MAX = 100_000
/** Both platforms wait five seconds; a welcome that takes longer goes on by itself. */
const ANSWER_MS = 3000

type Input = Pick<InputOf<typeof wechatTold>, 'params' | 'query'>

/** @throws Problem WeChatCallbackUnknown, WeChatCallbackRefused */
export async function answerHello(house: House, { params, query }: Input): Promise<Stream> {
  const { tenant, account } = await callerOf(house, params.token)
  const callback = readCallback(agreedWith(house, tenant, account), {
    method: 'GET',
    query,
    body: '',
    now: house.clock.now(),
  })
  if (callback.kind !== 'hello') throw wechatProblem('WeChatCallbackRefused')
  return plain(callback.echo)
}

/**
 * Keeps what is told and answers. Told again it is known already, and nothing happens twice; what could not be kept is
 * answered with a fault, and the platform tells it again.
 * @throws Problem WeChatCallbackUnknown, WeChatCallbackRefused, WeChatCallbackTooLarge
 */
export async function takeTold(house: House, { params, query }: Input, call: Call): Promise<Stream> {
  const { tenant, account } = await callerOf(house, params.token)
  const body = await readBody(call)
  const receivedAt = house.clock.now()
  const agreed = agreedWith(house, tenant, account)
  const callback = readCallback(agreed, { method: 'POST', query, body, now: receivedAt })
  if (callback.kind !== 'message') throw wechatProblem('WeChatCallbackRefused')
  const told: ToldEvent =
    account.kind === 'wecom'
      ? { from: 'wecom', event: wecomEventOf(callback.message) }
      : { from: 'wechat', event: eventOf(callback.message) }
  const actId = await write(house, { tenant, actor: systemActor(tenant.id, 'wechat/callback') }, (ctx) =>
    keepAct(ctx, account, told),
  )
  if (actId && told.event.kind === 'contact-added' && told.event.welcomeCode && account.welcome && account.active)
    await Promise.race([
      welcome(house, tenant, account, { actId, code: told.event.welcomeCode, receivedAt }),
      setTimeout(ANSWER_MS, undefined, { ref: false }),
    ])
  return plain('success')
}

async function callerOf(house: House, token: string): Promise<{ tenant: Tenant; account: AccountRow }> {
  const organizationId = organizationOfToken(token)
  const account = organizationId
    ? await findAccount(house.databases.of(organizationId), organizationId, { callbackHash: hashToken(token) })
    : undefined
  if (!account) throw wechatProblem('WeChatCallbackUnknown')
  return { tenant: await house.tenant(account.organization_id), account }
}

function agreedWith(house: House, tenant: Tenant, account: AccountRow) {
  const open = (sealed: Buffer) => house.sealer.open(tenant.id, sealed)
  return {
    token: open(account.token_sealed),
    receiver: account.app_id,
    ...(account.aes_key_sealed ? { encodingAesKey: open(account.aes_key_sealed) } : {}),
  }
}

const plain = (text: string): Stream => ({ stream: Buffer.from(text), media: 'text/plain' })

async function readBody(call: Call): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of call.stream ?? []) {
    const bytes = Buffer.from(chunk as Buffer)
    size += bytes.length
    if (size > BODY_MAX) throw wechatProblem('WeChatCallbackTooLarge')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}
