import type { AccessTokens } from './access-token.ts'
import type { Answer } from './answer.ts'
import { textOf, tokenCaller } from './call.ts'
import { dataOf, mapped, unfit, type Filled, type Sent } from './service-account.ts'
import { WECHAT_CODES, WECHAT_URL, wechatTokenSource, type WeChatAccount } from './token-source.ts'

export interface SubscribeMessage extends Filled {
  openId: string
  /** A page of the published mini-program, such as `pages/plan?id=1`; without one the card leads nowhere. */
  page?: string
  state?: 'developer' | 'trial' | 'formal'
  language?: 'zh_CN' | 'en_US' | 'zh_HK' | 'zh_TW'
}

export interface MiniProgram {
  /** 订阅消息: uses up one consent (asked by `requestSubscribeMessage`, up to three templates), or a lasting one. */
  send(message: SubscribeMessage): Promise<Answer<Sent>>
}

export function miniProgram(account: WeChatAccount, tokens: AccessTokens): MiniProgram {
  const baseUrl = account.baseUrl ?? WECHAT_URL
  const call = tokenCaller({ baseUrl, tokens, source: wechatTokenSource(account), table: WECHAT_CODES })
  return {
    async send({ openId, page, state = 'formal', language = 'zh_CN', ...filled }) {
      const held = unfit(filled)
      if (held) return held
      const answer = await call({
        path: '/cgi-bin/message/subscribe/send',
        body: {
          touser: openId,
          template_id: filled.templateId,
          page,
          data: dataOf(filled.values),
          miniprogram_state: state,
          lang: language,
        },
      })
      return mapped(answer, (fields) => ({ messageId: textOf(fields, 'msgid') }))
    },
  }
}
