import type { SmsKind, SmsProviderName } from '../../../platform/sms/provider.ts'

export type LimitMet = 'half-minute' | 'minute' | 'hour' | 'day'

interface Counted {
  to: string
  signName: string
  template: { code: string; kind: SmsKind }
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * The limits to one number (help.aliyun.com 44335): codes by signature 1 a minute, 5 an hour, 10 in 24 hours, minute and
 * hour being those of the clock; notices and promotions 50 in 24 hours by signature and template. Tencent's defaults:
 * 1 in 30 seconds, 5 in an hour and 10 a day for codes, and the same 50 for the rest.
 */
export function limitMet(
  provider: SmsProviderName,
  taken: readonly (Counted & { at: Date })[],
  asked: Counted,
  now: Date,
): LimitMet | undefined {
  const same = taken.filter(
    (one) =>
      one.to === asked.to &&
      one.signName === asked.signName &&
      (asked.template.kind === 'code' ? one.template.kind === 'code' : one.template.code === asked.template.code),
  )
  const within = (ms: number) => same.filter(({ at }) => now.getTime() - at.getTime() < ms).length
  const inSame = (ms: number) =>
    same.filter(({ at }) => Math.floor(at.getTime() / ms) === Math.floor(now.getTime() / ms)).length
  if (asked.template.kind !== 'code') return within(DAY) >= 50 ? 'day' : undefined
  if (provider === 'aliyun' && inSame(MINUTE) >= 1) return 'minute'
  if (provider === 'tencent' && within(MINUTE / 2) >= 1) return 'half-minute'
  if ((provider === 'aliyun' ? inSame(HOUR) : within(HOUR)) >= 5) return 'hour'
  return within(DAY) >= 10 ? 'day' : undefined
}
