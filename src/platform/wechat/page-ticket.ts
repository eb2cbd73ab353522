import { hash } from 'node:crypto'
import type { AccessTokens, TokenSource } from './access-token.ts'
import { ok, type Answer } from './answer.ts'
import { numberOf, textOf, tokenCaller } from './call.ts'
import { WECHAT_CODES, WECHAT_URL, wechatTokenSource, type WeChatAccount } from './token-source.ts'

/** What a page that is open in WeChat is allowed to use the parts of WeChat's by (`wx.config`). */
export interface PageConfig {
  appId: string
  timestamp: number
  nonceStr: string
  signature: string
}

/**
 * The ticket by which an account's pages are signed: fetched with an access token, kept and shared like one, counted by the day.
 * Source: developers.weixin.qq.com, JS-SDK, appendix 1 (read 2026-11).
 */
export function pageTicketSource(account: WeChatAccount, tokens: AccessTokens): TokenSource {
  const source = wechatTokenSource(account)
  const call = tokenCaller({ baseUrl: account.baseUrl ?? WECHAT_URL, tokens, source, table: WECHAT_CODES })
  return {
    holder: `wechat-page:${account.appId}`,
    marginSeconds: 240,
    async fetch() {
      const answer = await call({ path: '/cgi-bin/ticket/getticket', query: { type: 'jsapi' } })
      if (answer.kind !== 'ok') return answer
      return ok({ token: textOf(answer.value, 'ticket'), seconds: numberOf(answer.value, 'expires_in') })
    },
  }
}

/** @param url as the phone has it, without what follows `#` */
export async function pageConfig(
  account: WeChatAccount,
  tokens: AccessTokens,
  { url, nonce, now }: { url: string; nonce: string; now: Date },
): Promise<Answer<PageConfig>> {
  const ticket = await tokens.current(pageTicketSource(account, tokens))
  if (ticket.kind !== 'ok') return ticket
  const timestamp = Math.floor(now.getTime() / 1000)
  const signature = pageSignature({ ticket: ticket.value, nonce, timestamp, url })
  return ok({ appId: account.appId, timestamp, nonceStr: nonce, signature })
}

export function pageSignature(of: { ticket: string; nonce: string; timestamp: number; url: string }): string {
  const text = `jsapi_ticket=${of.ticket}&noncestr=${of.nonce}&timestamp=${of.timestamp}&url=${of.url}`
  return hash('sha1', text, 'hex')
}
