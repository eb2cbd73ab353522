import type { Tenant } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import { eachAtMost } from '../../../platform/sms/exchange.ts'
import type { Answer, NotOk } from '../../../platform/wechat/answer.ts'
import { windowAfter } from '../../../platform/wechat/customer-window.ts'
import type { FieldSpec } from '../../../platform/wechat/fields.ts'
import type { OpenAccount } from './open-account.ts'
import type { WeChatToSend } from './send.ts'

/** A message that is ours to hand over. */
export interface Taken {
  message: WeChatToSend
  account: OpenAccount
  attempt: number
  spec: FieldSpec
  lasting: boolean
  /** The first try, where one before may have been acted on. */
  doubtful: Date | null
}

export interface Result {
  state: 'accepted' | 'tasked' | 'refused' | 'in-doubt'
  providerId: string | null
  refusal: string | null
  code: string | null
  reply: string
}

/** So many on their way at once. */
const AT_ONCE = 8

/** Hands messages over; what goes by mass messages of WeCom is put together where one says the same to several. */
export async function handOver(house: House, tenant: Tenant, ours: readonly Taken[]): Promise<Map<string, Result>> {
  const mass = ours.filter(({ message }) => message.channel === 'wecom-mass')
  const single = ours.filter(({ message }) => message.channel !== 'wecom-mass')
  const found = new Map<string, Result>()
  const jobs = [
    ...single.map((taken) => async () => void found.set(taken.message.id, await sendOne(house, tenant, taken))),
    ...groupsOf(mass).map((group) => async () => {
      for (const [id, result] of await askStaff(house, tenant, group)) found.set(id, result)
    }),
  ]
  await eachAtMost(AT_ONCE, jobs, (job) => job())
  return found
}

function groupsOf(mass: readonly Taken[]): Taken[][] {
  const keyOf = ({ message }: Taken) =>
    JSON.stringify(message.channel === 'wecom-mass' && [message.app, message.staffUserId, message.text])
  return [...Map.groupBy(mass, keyOf).values()]
}

async function sendOne(house: House, tenant: Tenant, taken: Taken): Promise<Result> {
  const answer = await call(house, tenant, taken)
  if (answer.kind === 'ok')
    return { state: 'accepted', providerId: answer.value.messageId || null, refusal: null, code: null, reply: '' }
  const result = resultOf(answer)
  // The one consent was used by the try before, whose answer never came: it was sent.
  const wasSent =
    taken.doubtful !== null &&
    !taken.lasting &&
    result.refusal === 'refused-by-recipient' &&
    taken.message.channel !== 'wechat-template'
  return wasSent ? { ...result, state: 'accepted', refusal: null } : result
}

function call(house: House, tenant: Tenant, { message, account, spec }: Taken): Promise<Answer<{ messageId: string }>> {
  const { appId, secret } = account
  const openId = message.address
  switch (message.channel) {
    case 'wechat-template':
    case 'wechat-notice': {
      const client = house.wechat.service(tenant.id, { appId, secret })
      const { templateId, values, link } = message
      const filled = { openId, templateId, spec, values }
      if (message.channel === 'wechat-notice') return client.sendNotice({ ...filled, ...(link ? { page: link } : {}) })
      return client.sendTemplate({ ...filled, clientMessageId: message.id, ...(link ? { url: link } : {}) })
    }
    case 'mini-notice': {
      const { templateId, values, link } = message
      const client = house.wechat.mini(tenant.id, { appId, secret })
      return client.send({ openId, templateId, spec, values, ...(link ? { page: link } : {}) })
    }
    case 'wechat-chat': {
      // The ledger of rights has taken one: the client is not asked to count again.
      const now = house.clock.now()
      const windows = [windowAfter('message', now)]
      return house.wechat.service(tenant.id, { appId, secret }).sendText({ openId, text: message.text, windows, now })
    }
    case 'wecom-mass':
      throw new Error('a mass message is asked of staff')
  }
}

/** One question to one member of staff, for all who get the same words. */
async function askStaff(house: House, tenant: Tenant, group: readonly Taken[]): Promise<[string, Result][]> {
  const [{ account, message }] = group as [Taken, ...Taken[]]
  if (message.channel !== 'wecom-mass') throw new Error('only mass messages are asked of staff')
  const corp = house.wechat.corp(tenant.id, {
    corpId: account.appId,
    agentId: account.agentId!,
    secret: account.secret,
  })
  const externalIds = group.map((one) => one.message.address)
  const answer = await corp.mass.create({ externalIds, staffUserId: message.staffUserId, text: message.text })
  // One address that is none spoils the question for all of them: who it is shows when each is asked for alone.
  if (answer.kind === 'refused' && answer.refusal === 'unknown-recipient' && group.length > 1) {
    const found: [string, Result][] = []
    for (const one of group) found.push(...(await askStaff(house, tenant, [one])))
    return found
  }
  return group.map(({ message: { id, address } }): [string, Result] => {
    if (answer.kind !== 'ok') return [id, resultOf(answer)]
    // Nobody's contact any more.
    if (answer.value.unreachable.includes(address))
      return [id, { state: 'refused', providerId: null, refusal: 'not-following', code: 'fail_list', reply: '' }]
    return [id, { state: 'tasked', providerId: answer.value.taskId, refusal: null, code: null, reply: '' }]
  })
}

function resultOf(answer: NotOk): Result {
  if (answer.kind === 'unreachable')
    return answer.uncertain
      ? { state: 'in-doubt', providerId: null, refusal: null, code: null, reply: answer.text }
      : { state: 'refused', providerId: null, refusal: 'busy', code: 'unreachable', reply: answer.text }
  const code = answer.kind === 'refused' ? String(answer.code) : 'held-back'
  return { state: 'refused', providerId: null, refusal: answer.refusal, code, reply: answer.text }
}
