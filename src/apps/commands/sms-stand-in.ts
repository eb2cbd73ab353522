import { systemClock } from '../../platform/clock.ts'
import { SMS_PROVIDERS, type SmsProviderName } from '../../platform/sms/provider.ts'
import { aliyunStandIn, tencentStandIn, type StandInSettings } from '../stand-ins/sms/index.ts'
import { CommandRefused, type Command } from './command.ts'

const PUSH_EVERY_MS = 2000

/** What the stand-in has approved; more can be tried by tests. */
export const STAND_IN: Record<
  SmsProviderName,
  Pick<StandInSettings, 'signNames' | 'templates' | 'keyId' | 'keySecret' | 'appId'>
> = {
  aliyun: {
    keyId: 'LTAI5tStandIn',
    keySecret: 'only-on-this-machine',
    signNames: ['和康体检中心'],
    templates: [
      { code: 'SMS_100001', kind: 'notice', text: '您好${name}，您的体检报告已出，请登录查看。' },
      { code: 'SMS_100002', kind: 'notice', text: '您好${name}，您预约了${day}的检查，请按时到达。' },
    ],
  },
  tencent: {
    keyId: 'AKIDStandIn',
    keySecret: 'only-on-this-machine',
    appId: '1400006666',
    signNames: ['和康体检中心'],
    templates: [
      { code: '100001', kind: 'notice', text: '您好{1}，您的体检报告已出，请登录查看。' },
      { code: '100002', kind: 'notice', text: '您好{1}，您预约了{2}的检查，请按时到达。' },
    ],
  },
}

/** Runs until it is stopped; prints each message as the phone would show it, and says two seconds later that it arrived. */
export const smsStandInCommand: Command = {
  name: 'sms-stand-in',
  usage: 'sms-stand-in aliyun|tencent [--port 3025] [--receipts URL] [--replies URL]',
  zh: '在本机假扮短信服务商，试用短信时不真的发出',
  en: 'stand in for a provider of short messages on this machine, to try them without sending any',
  async run(args) {
    const [provider] = args
    if (!(SMS_PROVIDERS as readonly string[]).includes(provider ?? ''))
      throw new CommandRefused(`请写明 aliyun 或 tencent。 Name aliyun or tencent.`)
    const name = provider as SmsProviderName
    const value = (option: string) => (args.includes(option) ? args[args.indexOf(option) + 1] : undefined)
    const [receipts, replies] = [value('--receipts'), value('--replies')]
    const standIn = await (name === 'aliyun' ? aliyunStandIn : tencentStandIn)({
      ...STAND_IN[name],
      clock: systemClock,
      port: Number(value('--port') ?? 3025),
      callbacks: { ...(receipts ? { receipts } : {}), ...(replies ? { replies } : {}) },
    })
    console.log(JSON.stringify({ url: standIn.url, ...STAND_IN[name] }, null, 2))
    let shown = 0
    const timer = setInterval(() => {
      for (const { to, text, segments } of standIn.taken.slice(shown)) console.log(`→ ${to} (${segments}) ${text}`)
      shown = standIn.taken.length
      standIn.deliver().catch((error: unknown) => console.error((error as Error).message))
    }, PUSH_EVERY_MS)
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve)
    })
    clearInterval(timer)
    await standIn.close()
  },
}
