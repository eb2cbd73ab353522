import { systemActor, type Tenant } from '../../platform/context/context.ts'
import { readContext, type House } from '../../platform/context/house.ts'
import type { Room } from '../../platform/context/room.ts'
import type { StandInUrls } from '../../platform/stand-in.ts'
import { sendByHand } from '../../rooms/message/contract/message.ts'
import { findDemoLoad, settingsOf } from '../../rooms/organization/server/index.ts'
import { patientSummaries } from '../../rooms/patient/server/index.ts'
import { staffInRole } from '../../rooms/staff/server/index.ts'
import { aliyunStandIn, type SmsStandIn, type TakenSms } from '../stand-ins/sms/index.ts'
import { startWeChat, type WeChatStandIn } from '../stand-ins/wechat/wechat.ts'
import { startWeCom, type WeComStandIn } from '../stand-ins/wechat/wecom.ts'
import content from './content/stand-ins.json' with { type: 'json' }
import { castOf } from './play.ts'
import {
  AGREED,
  callbacksOf,
  furnishStandIns,
  peopleThere,
  STAFF_USER,
  STAND_IN_SMS,
  STAND_IN_WECHAT,
  STAND_IN_WECOM,
  type Stage,
} from './stand-in-accounts.ts'

/** A phone takes its time: what was sent less than this ago is still on its way. */
const ARRIVES_MS = 2000
/** As long as it takes staff to find the question on their phones. */
const CONFIRMS_MS = 8000
const TURN_MS = 2000

export interface StandIns {
  /** What the phones, WeChat and staff do in their turn: receipts, replies, confirmations. */
  turn(): Promise<void>
  sms: SmsStandIn
  wechat: WeChatStandIn
  wecom: WeComStandIn
  close(): Promise<void>
}

interface Options {
  /** Where this house is reached from this machine. */
  webUrl: string
  /** Filled in with where the stand-ins are. */
  urls: StandInUrls
}

/** The organization of the demonstration, once it is whole; no other one ever has anything to do with stand-ins. */
async function demonstration(house: House): Promise<Tenant | undefined> {
  if (await findDemoLoad(house.databases.none)) return undefined
  for (const tenant of await house.tenants()) {
    const { demo } = await settingsOf({ db: house.databases.of(tenant.id), organizationId: tenant.id })
    if (demo) return tenant
  }
  return undefined
}

/**
 * Runs stand-ins for short messages, WeChat and WeCom beside the demonstration, on loopback, so that its staff see messages
 * go out and come back. Undefined where there is no demonstration.
 */
export async function openStandIns(
  house: House,
  rooms: readonly Room[],
  { webUrl, urls }: Options,
): Promise<StandIns | undefined> {
  const tenant = await demonstration(house)
  if (!tenant) return undefined
  const { clock } = house
  const [onWeChat, onWeCom] = [
    { url: '', ...AGREED },
    { url: '', ...AGREED },
  ]
  const { code, text } = content.sms
  const sms = await aliyunStandIn({
    clock,
    ...STAND_IN_SMS,
    signNames: [content.sign],
    templates: [
      { code, kind: 'notice', text },
      { ...content.code, kind: 'code' },
    ],
  })
  const { templateId, fields } = content.wechat
  const wechat = await startWeChat({
    clock,
    ...STAND_IN_WECHAT,
    callback: onWeChat,
    templates: { [templateId]: { fields: Object.fromEntries(fields.map(({ key }) => [key, null])) } },
  })
  const wecom = await startWeCom({
    clock,
    ...STAND_IN_WECOM,
    callback: onWeCom,
    staff: [STAFF_USER],
    isMedical: true,
  })
  Object.assign(urls, { sms: sms.url, wechat: wechat.url, wecom: wecom.url })
  const stage: Stage = { house, tenant, cast: castOf(house, tenant, rooms) }
  const isNew = await furnishStandIns(stage)
  const callbacks = await callbacksOf(stage)
  if (callbacks.receipts) sms.callbacks.receipts = webUrl + callbacks.receipts
  if (callbacks.replies) sms.callbacks.replies = webUrl + callbacks.replies
  onWeChat.url = webUrl + (callbacks.wechat ?? '')
  onWeCom.url = webUrl + (callbacks.wecom ?? '')
  const turns = turnsOf(stage, { sms, wechat, wecom }, isNew)
  return {
    sms,
    wechat,
    wecom,
    turn: async () => {
      for (const turn of turns) await turn()
    },
    close: async () => {
      for (const name of ['sms', 'wechat', 'wecom'] as const) delete urls[name]
      await Promise.all([sms.close(), wechat.close(), wecom.close()])
    },
  }
}

/** Each turn in its order; a turn that fails is tried again at the next. */
function turnsOf(stage: Stage, { sms, wechat, wecom }: Pick<StandIns, 'sms' | 'wechat' | 'wecom'>, isNew: boolean) {
  const now = () => stage.house.clock.now().getTime()
  let isSeated = false
  let isGreeted = !isNew
  let answers = 0
  const answer = () => content.answers[answers++ % content.answers.length]!
  const answered = new Set<string>()
  const told = new Map<string, number>()

  /** Who follows and who is a contact, as before a restart; at the very first they do so now, and are welcomed. */
  const seat = async () => {
    if (isSeated) return
    const people = await peopleThere(stage)
    for (const { address, hasActed } of people.wechat)
      if (hasActed) wechat.person(address).following = true
      else await wechat.does(address, { act: 'follow' })
    for (const { address, hasActed } of people.wecom)
      if (hasActed) wecom.knows(address, STAFF_USER)
      else await wecom.adds(address, STAFF_USER)
    isSeated = true
  }

  /** The first messages of a demonstration, once all who are to get them have said so. */
  const greet = async () => {
    if (isGreeted || !isSeated) return
    const people = await peopleThere(stage)
    if ([...people.wechat, ...people.wecom].some(({ hasActed }) => !hasActed)) return
    isGreeted = true
    const [bySms, byWeChat] = content.templates.map((template) => template.code)
    const [one, two] = people.wechat
    await send(stage, one?.patientId, bySms!)
    await send(stage, two?.patientId, byWeChat!)
    await send(stage, people.wecom[0]?.patientId, byWeChat!)
  }

  const phones = async () => {
    const isThere = ({ at }: TakenSms) => now() - at.getTime() >= ARRIVES_MS
    const isOff = ({ to }: TakenSms) => to.endsWith('9')
    await sms.deliver(content.unreachable, (one) => isThere(one) && isOff(one))
    await sms.deliver('delivered', (one) => isThere(one) && !isOff(one))
    for (const { id, to, fate, text } of sms.taken)
      if (fate === 'delivered' && text.includes(content.asks) && !answered.has(id)) {
        answered.add(id)
        await sms.reply(to, answer())
      }
  }

  const onWeChat = async () => {
    await wechat.report()
    for (const { id, openId, values, at } of wechat.messages)
      if (now() - at >= ARRIVES_MS && !answered.has(id) && Object.values(values).join().includes(content.asks)) {
        answered.add(id)
        await wechat.does(openId, { act: 'say', text: answer() })
      }
  }

  const staff = async () => {
    for (const { id, shares } of wecom.tasks) {
      const since = told.get(id) ?? now()
      told.set(id, since)
      if (now() - since >= CONFIRMS_MS) for (const userId of shares.keys()) wecom.confirms(id, userId)
    }
  }
  return [seat, greet, phones, onWeChat, staff]
}

/** By whoever looks after the person, as from their page. */
async function send(stage: Stage, patientId: string | undefined, template: string): Promise<void> {
  const { house, tenant, cast } = stage
  if (!patientId) return
  const ctx = readContext(house, { tenant, actor: systemActor(tenant.id, 'demo/stand-ins') })
  const managerId = (await patientSummaries(ctx, [patientId])).get(patientId)?.managerId
  const manager = (await staffInRole(ctx, 'service-manager')).find(({ id }) => id === managerId)
  if (!manager) return
  const params = { patientId: patientId as never }
  const body = { template, values: { day: content.day } }
  await cast.staff({ ...manager, roles: ['service-manager'] }).does(sendByHand, { params, body })
}

/** Opens them and lets them take their turns until closed. A demonstration without them is better than none. */
export async function runStandIns(
  house: House,
  rooms: readonly Room[],
  options: Options,
): Promise<() => Promise<void>> {
  let standIns: StandIns | undefined
  try {
    standIns = await openStandIns(house, rooms, options)
  } catch (error) {
    house.log.error({ err: error as Error }, 'the stand-ins of the demonstration could not be started')
  }
  if (!standIns) return async () => {}
  const { turn, close } = standIns
  let underWay: Promise<void> | undefined
  const timer = setInterval(() => {
    underWay ??= turn()
      .catch((error: unknown) =>
        house.log.warn({ err: error as Error }, 'a stand-in of the demonstration could not take its turn'),
      )
      .finally(() => (underWay = undefined))
  }, TURN_MS)
  return async () => {
    clearInterval(timer)
    await underWay
    await close()
  }
}
