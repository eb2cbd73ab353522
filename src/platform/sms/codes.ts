import aliyun from './aliyun-codes.json' with { type: 'json' }
import receipts from './receipt-words.json' with { type: 'json' }
import tencent from './tencent-codes.json' with { type: 'json' }
import { SMS_CLASSES, type SmsClass, type SmsProviderName } from './provider.ts'

/** How long to wait: so many seconds, or until a boundary of the provider's clock, which is Beijing's. */
type Wait = number | 'minute' | 'hour' | 'day' | 'midnight' | 'month' | 'eight'

interface CodeEntry {
  /** `in-doubt`: the provider's own words leave open whether it was sent. */
  class: SmsClass | 'in-doubt'
  wait?: Wait
}

export interface CodeVerdict {
  class: SmsClass | 'in-doubt'
  notBefore?: Date
}

const TABLES: Record<SmsProviderName, Record<string, CodeEntry>> = {
  aliyun: readTable(aliyun.codes),
  tencent: readTable(tencent.codes),
}

/** Every code that is known, for tests and for the help. */
export function knownCodes(provider: SmsProviderName): ReadonlyMap<string, CodeEntry> {
  return new Map(Object.entries(TABLES[provider]))
}

/**
 * What a refusal means. A code that is not listed is judged by the longest listed beginning (`LimitExceeded.…`), and is
 * otherwise a fault: nothing was sent, and it is tried a few times.
 */
export function verdictOf(provider: SmsProviderName, code: string, words: string, now: Date): CodeVerdict {
  const table = TABLES[provider]
  let name = code
  while (!table[name] && name.includes('.')) name = name.slice(0, name.lastIndexOf('.'))
  const entry = table[name] ?? { class: 'fault' }
  if (entry.class !== 'throttled') return { class: entry.class }
  return { class: 'throttled', notBefore: waitUntil(waitInWords(words) ?? entry.wait ?? 60, now) }
}

/** Aliyun says in words which of its limits was met: 触发分钟级流控Permits:1, 触发小时级…, 触发天级…. */
function waitInWords(words: string): Wait | undefined {
  const level = /触发(分钟|小时|天|月)级流控/.exec(words)?.[1]
  return level ? ({ 分钟: 'minute', 小时: 'hour', 天: 'day', 月: 'month' } as const)[level as '分钟'] : undefined
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** China has one time zone and no summer time. */
const BEIJING = 8 * HOUR

function waitUntil(wait: Wait, now: Date): Date {
  const local = now.getTime() + BEIJING
  const next = (unit: number) => new Date(Math.floor(local / unit) * unit + unit - BEIJING)
  if (typeof wait === 'number') return new Date(now.getTime() + wait * 1000)
  if (wait === 'minute') return next(MINUTE)
  if (wait === 'hour') return next(HOUR)
  if (wait === 'midnight') return next(DAY)
  // A day of Aliyun's is the 24 hours since the first message of it, of which we do not know: the longest it can be.
  if (wait === 'day') return new Date(now.getTime() + DAY)
  const clock = new Date(local)
  if (wait === 'month') return new Date(Date.UTC(clock.getUTCFullYear(), clock.getUTCMonth() + 1, 1) - BEIJING)
  const eight = Math.floor(local / DAY) * DAY + 8 * HOUR
  return new Date((eight > local ? eight : eight + DAY) - BEIJING)
}

const RECEIPT_CODES = receipts.codes as Record<string, SmsClass>
const RECEIPT_WORDS = receipts.words.map(([pattern, name]) => [new RegExp(pattern!), classOf(name!)] as const)

/** Why a message did not arrive: by the carrier's code where it is known, else by what the receipt says in words. */
export function receiptClass(code: string, words: string): SmsClass {
  return RECEIPT_CODES[code] ?? RECEIPT_WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? 'unreachable'
}

function readTable(raw: Record<string, { class: string; wait?: string | number }>): Record<string, CodeEntry> {
  return Object.fromEntries(
    Object.entries(raw).map(([code, { class: name, wait }]) => [
      code,
      { class: name === 'in-doubt' ? name : classOf(name), ...(wait === undefined ? {} : { wait: wait as Wait }) },
    ]),
  )
}

function classOf(name: string): SmsClass {
  if (!(SMS_CLASSES as readonly string[]).includes(name)) throw new Error(`no such class of refusals: ${name}`)
  return name as SmsClass
}
