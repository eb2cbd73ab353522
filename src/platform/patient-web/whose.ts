import { useCallback, useSyncExternalStore } from 'react'
import type { ProxyScope } from '../contract/endpoint.ts'
import { ownHeaders } from '../web/api/call.ts'
import { signal } from '../web/api/signal.ts'

/** Somebody else whose pages are looked at, and what one was let in for. */
export interface Whose {
  /** Of the permission, not of the person. */
  id: string
  name: string
  scopes: readonly ProxyScope[]
}

const KEPT = 'peiban.for'
const shown = signal<Whose | undefined>(undefined)

/** Whose pages this tab was last meant for; undefined: one's own. A new tab begins with one's own. */
export function wantedWhose(): string | undefined {
  return sessionStorage.getItem(KEPT) ?? undefined
}

/** From now on this tab shows somebody else's pages; undefined: one's own. Only the id outlives a reload. */
export function lookAt(whose: Whose | undefined): void {
  if (whose) sessionStorage.setItem(KEPT, whose.id)
  else sessionStorage.removeItem(KEPT)
  if (whose) ownHeaders['x-peiban-for'] = whose.id
  else delete ownHeaders['x-peiban-for']
  shown.set(whose)
}

/** The right to them has ended: the tab still means them, never one's own pages instead, and names nobody. */
export function closeWhose(): void {
  const whose = shown.get()
  if (whose) lookAt({ ...whose, name: '', scopes: [] })
}

/** Whose pages are looked at, when they are not one's own. */
export function useWhose(): Whose | undefined {
  return useSyncExternalStore(shown.watch, shown.get)
}

/** What may be done on these pages: everything on one's own, else what one was let in for. */
export function useMay(): (scope: ProxyScope) => boolean {
  const whose = useWhose()
  return useCallback((scope) => whose?.scopes.includes(scope) ?? true, [whose])
}

/** Whether a page, a card or a part is for whoever looks. What names no scope is for the person alone. */
export function isFor(whose: Whose | undefined, { proxy }: { proxy?: ProxyScope | 'any' }): boolean {
  return !whose || proxy === 'any' || (proxy !== undefined && whose.scopes.includes(proxy))
}
