import { createContext, useContext } from 'react'
import type { Permission } from '../../contract/endpoint.ts'
import type { Locale } from '../../contract/words.ts'
import { systemClock } from '../../clock.ts'

/** Who is signed in. The app fills it from the room that knows. */
export interface Me {
  id: string | null
  name: string
  roles: readonly string[]
  permissions: readonly string[]
  locale: Locale
  organization: { id: string; name: string; timeZone: string }
}

export const MeContext = createContext<Me | undefined>(undefined)

/** Who is signed in; only for pages inside the shell. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('no one is signed in here')
  return me
}

/** One permission, or several of which one is enough; nothing asked is always given. */
export type Asked = Permission | readonly Permission[] | undefined

export function may(me: Pick<Me, 'permissions'> | undefined, asked: Asked): boolean {
  if (!asked) return true
  const list = typeof asked === 'string' ? [asked] : asked
  return list.some((permission) => me?.permissions.includes(permission) ?? false)
}

/** `const canClose = useCan('card.manage')`. The server decides in the end; this only spares a click in vain. */
export function useCan(asked: Asked): boolean {
  return may(useContext(MeContext), asked)
}

/** The zone in which dates and times are read: that of the organization. */
export function useTimeZone(): string {
  return useContext(MeContext)?.organization.timeZone ?? 'Asia/Shanghai'
}

/** The organization's calendar date now, `YYYY-MM-DD`. */
export function useToday(): string {
  return systemClock.today(useTimeZone())
}
