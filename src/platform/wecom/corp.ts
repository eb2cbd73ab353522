import { ok, type Answer } from '../wechat/answer.ts'
import type { AccessTokens, TokenSource } from '../wechat/access-token.ts'
import { callJson, numberOf, textOf, tokenCaller, type CodeTable, type Fields, type Request } from '../wechat/call.ts'
import { credential } from '../wechat/token-source.ts'
import codes from './codes.json' with { type: 'json' }

export const WECOM_CODES: CodeTable = codes
export const WECOM_URL = 'https://qyapi.weixin.qq.com'

/** An application of ours in the hospital's WeCom: each has a secret and a token of its own. */
export interface Corp {
  corpId: string
  agentId: number
  secret: string
  /** Where the server is; another one in tests and demonstrations. */
  baseUrl?: string
}

/**
 * WeCom hands out the same token until it ends: asked earlier it gives the same again, and asked often it refuses. So it
 * is fetched when it has ended, or when the server says so first.
 */
export function wecomTokenSource({ corpId, agentId, secret, baseUrl = WECOM_URL }: Corp): TokenSource {
  return {
    holder: `wecom:${corpId}:${agentId}`,
    marginSeconds: 0,
    async fetch() {
      const query = { corpid: corpId, corpsecret: secret }
      const answer = await callJson(baseUrl, WECOM_CODES, { path: '/cgi-bin/gettoken', query })
      if (answer.kind !== 'ok') return credential(answer)
      return ok({ token: textOf(answer.value, 'access_token'), seconds: numberOf(answer.value, 'expires_in') })
    },
  }
}

export type CorpCall = (request: Request) => Promise<Answer<Fields>>

export function corpCaller(corp: Corp, tokens: AccessTokens): CorpCall {
  return tokenCaller({
    baseUrl: corp.baseUrl ?? WECOM_URL,
    tokens,
    source: wecomTokenSource(corp),
    table: WECOM_CODES,
  })
}
