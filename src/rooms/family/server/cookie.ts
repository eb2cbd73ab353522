import type { Call } from '../../../platform/context/room.ts'

/** The cookie of whoever looks after others; the platform reads the same name where a call is meant for others. */
export function proxyCookieOf({ headers }: Call): string | undefined {
  return /(?:^|;\s*)peiban_proxy=([\w.-]+)/.exec(String(headers['cookie'] ?? ''))?.[1]
}

/** As of patients (`patient-access`): no script reads it, no other site brings it along. */
export function proxyCookie(token: string, { isSecure, seconds }: { isSecure: boolean; seconds?: number }): string {
  const age = seconds === undefined ? '' : `; Max-Age=${seconds}`
  return `peiban_proxy=${token}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}${age}`
}
