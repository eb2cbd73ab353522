import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { isStandIn, NOWHERE, type StandInUrls } from '../stand-in.ts'
import { aliyunSms, ALIYUN_URL } from './aliyun.ts'
import { EXCHANGE_TIMEOUT_MS } from './exchange.ts'
import type { SmsAccount, SmsProvider, SmsProviderName } from './provider.ts'
import { tencentSms, TENCENT_URL } from './tencent.ts'

/** Opens the client of an organization's account. */
export interface SmsProviders {
  open(account: SmsAccount): SmsProvider
  /** Where requests go: a stand-in on this machine while it is tried. */
  readonly urls: Readonly<Record<SmsProviderName, string>>
}

export interface SmsProvidersOptions {
  clock: Clock
  urls?: Partial<Record<SmsProviderName, string>>
  /** Where accounts of a demonstration send to. */
  standIns?: StandInUrls
  timeoutMs?: number
}

export function smsProviders({
  clock,
  urls,
  standIns = {},
  timeoutMs = EXCHANGE_TIMEOUT_MS,
}: SmsProvidersOptions): SmsProviders {
  const addresses = { aliyun: urls?.aliyun || ALIYUN_URL, tencent: urls?.tencent || TENCENT_URL }
  const nonce = () => randomBytes(16).toString('hex')
  return {
    urls: addresses,
    open: (account) => {
      const url = isStandIn(account.keyId) ? (standIns.sms ?? NOWHERE) : addresses[account.provider]
      const settings = { account, url, clock, nonce, timeoutMs }
      return account.provider === 'aliyun' ? aliyunSms(settings) : tencentSms(settings)
    },
  }
}
