import { systemClock } from '../../platform/clock.ts'
import { startWeChat } from '../stand-ins/wechat/wechat.ts'
import { startWeCom } from '../stand-ins/wechat/wecom.ts'
import type { Command } from './command.ts'

const LOOK_EVERY_MS = 2000
const AGREED = { token: 'agreed1', encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' }

/** What is entered in Peiban, and what WeChat has approved. */
export const WECHAT_STAND_IN = {
  account: { appId: 'wx0123456789abcdef', secret: 'only-on-this-machine' },
  templates: {
    OPENTM100001: { fields: { thing1: null, time2: null } },
    OPENTM100002: { fields: { thing1: null, phrase2: null } },
  },
}
export const WECOM_STAND_IN = { corpId: 'ww0123456789abcdef', agentId: 1_000_002, secret: 'only-on-this-machine' }
const STAFF = ['wang', 'li']

const valueOf = (args: readonly string[], option: string) =>
  args.includes(option) ? args[args.indexOf(option) + 1] : undefined

/** Runs until it is stopped. */
async function untilStopped(look: () => Promise<void>, close: () => Promise<void>): Promise<void> {
  const timer = setInterval(() => {
    look().catch((error: unknown) => console.error((error as Error).message))
  }, LOOK_EVERY_MS)
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve)
  })
  clearInterval(timer)
  await close()
}

/** Prints each message as the phone would show it, and says two seconds later that it arrived. */
export const wechatStandInCommand: Command = {
  name: 'wechat-stand-in',
  usage: 'wechat-stand-in [--port 3026] [--callback URL] [--followers OPENID,OPENID]',
  zh: '在本机假扮微信，试用服务号时不真的发出',
  en: 'stand in for WeChat on this machine, to try a service account without sending anything',
  async run(args) {
    const url = valueOf(args, '--callback')
    const standIn = await startWeChat({
      clock: systemClock,
      ...WECHAT_STAND_IN.account,
      templates: WECHAT_STAND_IN.templates,
      port: Number(valueOf(args, '--port') ?? 3026),
      ...(url ? { callback: { url, ...AGREED } } : {}),
    })
    console.log(JSON.stringify({ url: standIn.url, ...WECHAT_STAND_IN, ...AGREED }, null, 2))
    for (const openId of (valueOf(args, '--followers') ?? '').split(',').filter(Boolean))
      await standIn.does(openId, { act: 'follow' })
    let shown = 0
    const look = async () => {
      for (const { openId, way, values } of standIn.messages.slice(shown))
        console.log(`→ ${openId} (${way}) ${Object.values(values).join(' · ')}`)
      shown = standIn.messages.length
      await standIn.report()
    }
    await untilStopped(look, () => standIn.close())
  },
}

/** Prints what staff are asked to confirm, and confirms it two seconds later, as they would on their phones. */
export const wecomStandInCommand: Command = {
  name: 'wecom-stand-in',
  usage: 'wecom-stand-in [--port 3027] [--callback URL] [--contacts EXTERNALID,EXTERNALID]',
  zh: '在本机假扮企业微信，群发由替身代员工确认',
  en: 'stand in for WeCom on this machine; it confirms mass messages as staff would',
  async run(args) {
    const url = valueOf(args, '--callback')
    const standIn = await startWeCom({
      clock: systemClock,
      ...WECOM_STAND_IN,
      staff: STAFF,
      isMedical: true,
      port: Number(valueOf(args, '--port') ?? 3027),
      ...(url ? { callback: { url, ...AGREED } } : {}),
    })
    console.log(JSON.stringify({ url: standIn.url, ...WECOM_STAND_IN, ...AGREED, staff: STAFF }, null, 2))
    for (const externalId of (valueOf(args, '--contacts') ?? '').split(',').filter(Boolean))
      await standIn.adds(externalId, STAFF[0]!)
    let shown = 0
    const look = async () => {
      for (const { id, text, shares } of standIn.tasks.slice(shown)) {
        console.log(`→ ${[...shares.keys()].join(', ')}: ${text}`)
        for (const userId of shares.keys()) standIn.confirms(id, userId)
      }
      shown = standIn.tasks.length
    }
    await untilStopped(look, () => standIn.close())
  },
}
