/**
 * Accounts with such an id are of a demonstration: no provider gives them out. What goes by one of them goes to the
 * stand-in beside this process, or nowhere; it never leaves the machine, whatever else is configured.
 */
export function isStandIn(accountId: string): boolean {
  return /^(w[wx])?StandIn/.test(accountId)
}

/** Where the stand-ins of this process are; empty while none runs. Filled in while the house stands. */
export interface StandInUrls {
  sms?: string
  wechat?: string
  wecom?: string
}

/** Nobody listens there, and it is known at once that nothing was sent. */
export const NOWHERE = 'http://127.0.0.1:1'
