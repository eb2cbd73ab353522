import { isbot } from 'isbot'
import type { ClientFamily, Sign } from '../../contract/words.ts'

/** What one request shows of whoever made it. Nothing of it is kept but the two words that come of it. */
export interface Request {
  method: string
  userAgent: string
  /** `Purpose`, `Sec-Purpose`, `X-Moz`: a program that says itself that nobody looks yet. */
  purpose: string
}

/**
 * Gmail fetches pictures ahead of anybody's looking and names a browser of 2015
 * (Bird/SparkPost, "Gmail prefetching images"; Validity Everest help).
 */
const GMAIL_PREFETCH = /Chrome\/42\.0\.2311\.135 Safari\/537\.36 Edge\/12\.246 Mozilla\/5\.0$/

/** Apple's Mail Privacy Protection fetches at any time by two proxies and says no more than this (SocketLabs, PoliteMail). */
const BARE = /^Mozilla\/5\.0$/

/** Gateways that name themselves; most do not, and are told by what they do (judge.ts). */
const GATEWAYS =
  /barracuda|mimecast|proofpoint|symantec|messagelabs|trendmicro|fireeye|ironport|safelinks|coremail.*(?:scan|check)/i

const PROXIES: readonly [RegExp, ClientFamily][] = [
  // Fetch when somebody looks: the time is right, the place is hidden.
  [/GoogleImageProxy/, 'gmail'],
  [/YahooMailProxy/, 'yahoo'],
]

const FAMILIES: readonly [RegExp, ClientFamily][] = [
  [/MicroMessenger/i, 'wechat'],
  [/QQMail|QQBrowser|\bQQ\//i, 'qq'],
  [/NeteaseMail|MailMaster/i, 'netease'],
  [/ms-office|MSOffice|Microsoft Outlook/i, 'outlook'],
  [/Thunderbird/i, 'thunderbird'],
  // A mail program shows no version of a browser.
  [/AppleWebKit\/[\d.]+ \(KHTML, like Gecko\)(?: Mobile\/\w+)?$/, 'apple'],
  [/Mozilla\/5\.0 .*(?:Chrome|Safari|Firefox|Edg)\//, 'browser'],
]

export function signOf({ method, userAgent, purpose }: Request): { sign: Sign; client: ClientFamily } {
  const agent = userAgent.trim()
  if (method === 'HEAD') return { sign: 'head', client: 'unknown' }
  if (GMAIL_PREFETCH.test(agent)) return { sign: 'prefetch', client: 'gmail' }
  if (/prefetch|preview|prerender/i.test(purpose)) return { sign: 'prefetch', client: familyOf(agent) }
  if (BARE.test(agent)) return { sign: 'privacy-proxy', client: 'apple' }
  const proxy = PROXIES.find(([pattern]) => pattern.test(agent))
  if (proxy) return { sign: 'image-proxy', client: proxy[1] }
  const client = familyOf(agent)
  if (!agent || GATEWAYS.test(agent) || (client === 'unknown' || client === 'browser' ? isbot(agent) : false))
    return { sign: 'robot', client: 'unknown' }
  return { sign: 'plain', client }
}

function familyOf(agent: string): ClientFamily {
  return FAMILIES.find(([pattern]) => pattern.test(agent))?.[1] ?? 'unknown'
}
