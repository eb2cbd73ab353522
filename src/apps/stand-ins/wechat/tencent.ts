import { randomBytes } from 'node:crypto'
import type { Clock } from '../../../platform/clock.ts'
import { callbackCipher, callbackSignature } from '../../../platform/wechat/callback-cipher.ts'
import { writeXml, type XmlFields } from '../../../platform/wechat/xml.ts'
import { HANG_UP, type StandInCall } from './json-server.ts'

/** What the stand-ins of WeChat and WeCom have in common: refusals, tokens, quotas, and telling what happened. */

export class Refused extends Error {
  readonly code: number
  constructor(code: number, text: string) {
    super(text)
    this.code = code
  }
}

export const OK = { errcode: 0, errmsg: 'ok' }
const DAY_MS = 86_400_000
/** Quotas of a day begin anew at midnight in Beijing. */
const dayOf = (clock: Clock) => clock.today('Asia/Shanghai')

/** A code of the platform's, or the connection breaks off: before a call is taken, or after. */
export type Fault = number | 'hang-up' | 'taken-and-hang-up'

/** The next `times` calls fail so; with a path only those to it. */
export type Fail = (fault: Fault, times?: number, path?: string) => void

/** Turns refusals into answers, and lets the next calls fail as a test wants them to. */
export function answering(handle: (call: StandInCall) => object | Promise<object>) {
  const faults: { fault: Fault; path: string }[] = []
  return {
    fail: (fault: Fault, times = 1, path = '') =>
      void faults.push(...Array.from({ length: times }, () => ({ fault, path }))),
    answer: async (call: StandInCall): Promise<object | typeof HANG_UP> => {
      const at = faults.findIndex(({ path }) => call.path.includes(path))
      const fault = at < 0 ? undefined : faults.splice(at, 1)[0]!.fault
      if (fault === 'hang-up') return HANG_UP
      if (typeof fault === 'number') return { errcode: fault, errmsg: `asked for: ${fault}` }
      try {
        const answer = await handle(call)
        return fault ? HANG_UP : answer
      } catch (error) {
        if (error instanceof Refused) return { errcode: error.code, errmsg: error.message }
        throw error
      }
    },
  }
}

/** Tokens of one account: the newest, and the one before it for as long as it goes on. */
export function tokenDesk(clock: Clock, seconds: number) {
  let tokens: { token: string; endsAt: number }[] = []
  const now = () => clock.now().getTime()
  return {
    newest: () => tokens.at(-1),
    /** @param graceSeconds how long the one before is still taken */
    issue(graceSeconds: number) {
      const former = tokens
        .slice(-1)
        .map(({ token, endsAt }) => ({ token, endsAt: Math.min(endsAt, now() + graceSeconds * 1000) }))
      const token = randomBytes(40).toString('base64url')
      tokens = [...former, { token, endsAt: now() + seconds * 1000 }]
      return token
    },
    secondsLeft: () => Math.max(0, Math.floor(((tokens.at(-1)?.endsAt ?? 0) - now()) / 1000)),
    /** @returns the state of a token that somebody shows */
    judge(token: string): 'good' | 'ended' | 'unknown' {
      const found = tokens.find((one) => one.token === token)
      return !found ? 'unknown' : found.endsAt > now() ? 'good' : 'ended'
    },
    /** As when another system has fetched one by the older way, or a person has reset it. */
    revoke: () => void (tokens = []),
  }
}

/** Counts by day and by minute, and says when it is enough. */
export function counter(clock: Clock) {
  const counts = new Map<string, number>()
  const next = (key: string) => {
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count
  }
  return {
    today: (what: string) => next(`${what} ${dayOf(clock)}`),
    countToday: (what: string) => counts.get(`${what} ${dayOf(clock)}`) ?? 0,
    thisMinute: (what: string) => next(`${what} ${Math.floor(clock.now().getTime() / 60_000)}`),
    /** Within the last 24 hours, at steps of one call. */
    within24Hours: (marks: number[]) => {
      const since = clock.now().getTime() - DAY_MS
      return marks.filter((at) => at > since).length
    },
  }
}

export interface CallbackTo {
  url: string
  token: string
  receiver: string
  encodingAesKey?: string | undefined
}

/** Tells the other side what happened, signed and, with a key, encrypted; up to three times until it is taken. */
export async function tell(clock: Clock, to: CallbackTo, fields: XmlFields): Promise<{ status: number; text: string }> {
  const { body, query } = sealed(clock, to, fields)
  const separator = to.url.includes('?') ? '&' : '?'
  for (let time = 1; ; time++) {
    const response = await fetch(`${to.url}${separator}${query}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body,
    })
    const text = await response.text()
    if (response.ok || time === 3) return { status: response.status, text }
  }
}

export function sealed(
  clock: Clock,
  to: Omit<CallbackTo, 'url'>,
  fields: XmlFields,
): { body: string; query: URLSearchParams } {
  const timestamp = String(Math.floor(clock.now().getTime() / 1000))
  const nonce = randomBytes(6).toString('hex')
  const open = writeXml(fields)
  const query = new URLSearchParams({ timestamp, nonce, signature: callbackSignature([to.token, timestamp, nonce]) })
  if (!to.encodingAesKey) return { body: open, query }
  const encrypted = callbackCipher({ encodingAesKey: to.encodingAesKey, receiver: to.receiver }).seal(open)
  query.set('encrypt_type', 'aes')
  query.set('msg_signature', callbackSignature([to.token, timestamp, nonce, encrypted]))
  return { body: writeXml({ ToUserName: to.receiver, Encrypt: encrypted }), query }
}
