import { ok } from './answer.ts'
import type { TokenSource } from './access-token.ts'
import { callJson, numberOf, textOf, type CodeTable } from './call.ts'
import codes from './codes.json' with { type: 'json' }

export const WECHAT_CODES: CodeTable = codes
export const WECHAT_URL = 'https://api.weixin.qq.com'

export interface WeChatAccount {
  appId: string
  secret: string
  /** Where the server is; another one in tests and demonstrations. */
  baseUrl?: string
}

/**
 * The "stable" access token: its fetches stand apart from those of another system with the same appid, which the older
 * endpoint would throw out each time. A token has at least five minutes left when it is handed out; within these the
 * server hands out the next one, and the former goes on for the rest of its time.
 */
export function wechatTokenSource({ appId, secret, baseUrl = WECHAT_URL }: WeChatAccount): TokenSource {
  return {
    holder: `wechat:${appId}`,
    marginSeconds: 240,
    async fetch(force) {
      const answer = await callJson(baseUrl, WECHAT_CODES, {
        path: '/cgi-bin/stable_token',
        body: { grant_type: 'client_credential', appid: appId, secret, force_refresh: force },
      })
      if (answer.kind !== 'ok') return credential(answer)
      return ok({ token: textOf(answer.value, 'access_token'), seconds: numberOf(answer.value, 'expires_in') })
    },
  }
}

/** Where a token is fetched, 40001 speaks of the secret. */
export function credential<T extends { kind: string; refusal?: string }>(answer: T): T {
  return answer.refusal === 'token' ? { ...answer, refusal: 'credential' } : answer
}
