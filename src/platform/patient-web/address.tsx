import { useEffect, useRef, useSyncExternalStore, type MouseEvent, type ReactNode } from 'react'
import { signal } from '../web/api/signal.ts'

const address = signal(location.pathname)
/** The first page was opened by the browser, which has put the focus where it should be. */
let moved = false

addEventListener('popstate', () => {
  moved = true
  address.set(location.pathname)
})

/** Opens a page of patients without fetching the site again. */
export function go(path: string, { replace = false }: { replace?: boolean } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', path)
  moved = true
  scrollTo({ top: 0 })
  address.set(location.pathname)
}

export function useAddress(): string {
  return useSyncExternalStore(address.watch, address.get)
}

/** A link to another page of patients. */
export function Go({ to, className, children }: { to: string; className?: string; children: ReactNode }) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    go(to)
  }
  return (
    <a href={to} className={className ?? 'pp-link'} onClick={follow}>
      {children}
    </a>
  )
}

/** The heading of a page: whoever comes from another page hears it read, since nothing else tells that it changed. */
export function Heading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = heading.current?.textContent ?? ''
    if (moved) heading.current?.focus({ preventScroll: true })
  }, [children])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}
