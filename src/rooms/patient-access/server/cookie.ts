import type { House } from '../../../platform/context/house.ts'
import type { Call } from '../../../platform/context/room.ts'

/** The patient's cookie of a call to a public endpoint, where nobody has been asked for it. */
export function cookieOf({ headers }: Call): string | undefined {
  return /(?:^|;\s*)peiban_patient=([\w.-]+)/.exec(String(headers['cookie'] ?? ''))?.[1]
}

/** Whether the browser speaks https: the house says so of itself, or the proxy before it does. */
export function isSecure(house: Pick<House, 'publicUrl'>, { headers }: Call): boolean {
  return house.publicUrl.startsWith('https:') || headers['x-forwarded-proto'] === 'https'
}
