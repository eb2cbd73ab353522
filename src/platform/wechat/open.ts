import type { Clock } from '../clock.ts'
import type { Databases } from '../database/database.ts'
import type { Sealer } from '../pii/sealer.ts'
import { isStandIn, NOWHERE, type StandInUrls } from '../stand-in.ts'
import { weCom, type WeCom } from '../wecom/index.ts'
import { wecomTokenSource, WECOM_URL, type Corp } from '../wecom/corp.ts'
import { accessTokens, type AccessTokens, type TokenSource } from './access-token.ts'
import type { Answer } from './answer.ts'
import { miniProgram, type MiniProgram } from './mini-program.ts'
import { serviceAccount, type ServiceAccount } from './service-account.ts'
import { wechatTokenSource, WECHAT_URL, type WeChatAccount } from './token-source.ts'

/** Where requests go: stand-ins on this machine while it is tried. */
export interface WeChatUrls {
  wechat: string
  wecom: string
}

/** Opens the clients of an organization's accounts; their tokens are kept for as long as the process lives. */
export interface WeChatClients {
  readonly urls: WeChatUrls
  service(organizationId: string, account: WeChatAccount): ServiceAccount
  mini(organizationId: string, account: WeChatAccount): MiniProgram
  corp(organizationId: string, corp: Corp): WeCom
  /** Asks for a token and throws it away: whether account and secret are known there. */
  tryAccount(account: WeChatAccount): Promise<Answer<unknown>>
  tryCorp(corp: Corp): Promise<Answer<unknown>>
}

export interface WeChatClientsOptions {
  databases: Databases
  sealer: Sealer
  clock: Clock
  urls?: Partial<WeChatUrls>
  /** Where accounts of a demonstration go. */
  standIns?: StandInUrls
}

export function wechatClients({
  databases,
  sealer,
  clock,
  urls: given,
  standIns = {},
}: WeChatClientsOptions): WeChatClients {
  const urls = { wechat: given?.wechat || WECHAT_URL, wecom: given?.wecom || WECOM_URL }
  const kept = new Map<string, AccessTokens>()
  const tokensOf = (organizationId: string) => {
    const tokens =
      kept.get(organizationId) ?? accessTokens({ db: databases.of(organizationId), organizationId, sealer, clock })
    kept.set(organizationId, tokens)
    return tokens
  }
  const atWeChat = (account: WeChatAccount) => ({
    ...account,
    baseUrl: isStandIn(account.appId) ? (standIns.wechat ?? NOWHERE) : urls.wechat,
  })
  const atWeCom = (corp: Corp) => ({
    ...corp,
    baseUrl: isStandIn(corp.corpId) ? (standIns.wecom ?? NOWHERE) : urls.wecom,
  })
  const tried = (source: TokenSource) => source.fetch(false)
  return {
    urls,
    service: (organizationId, account) => serviceAccount(atWeChat(account), tokensOf(organizationId)),
    mini: (organizationId, account) => miniProgram(atWeChat(account), tokensOf(organizationId)),
    corp: (organizationId, corp) => weCom(atWeCom(corp), tokensOf(organizationId)),
    tryAccount: (account) => tried(wechatTokenSource(atWeChat(account))),
    tryCorp: (corp) => tried(wecomTokenSource(atWeCom(corp))),
  }
}
