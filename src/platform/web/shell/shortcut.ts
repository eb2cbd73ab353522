import { useEffect, useRef } from 'react'

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** `/`, Ctrl K or ⌘ K. A slash that is typed into a field stays a slash. */
export function asksForSearch(press: KeyPress, isTyping: boolean): boolean {
  if ((press.ctrlKey || press.metaKey) && !press.altKey && press.key.toLowerCase() === 'k') return true
  return press.key === '/' && !isTyping && !press.ctrlKey && !press.metaKey && !press.altKey
}

/** Whether keys go into something that takes text. */
export function isTypingIn(target: { tagName?: string; isContentEditable?: boolean } | null): boolean {
  return Boolean(target?.isContentEditable) || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target?.tagName ?? '')
}

/** A single letter as a shortcut of a page, off while one types: `useShortcut('n', next)`; `'search'` is `/` and Ctrl K. */
export function useShortcut(key: string, act: () => void): void {
  const latest = useRef(act)
  useEffect(() => void (latest.current = act))
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const typing = isTypingIn(event.target as HTMLElement | null)
      const plain = !typing && !event.ctrlKey && !event.metaKey && !event.altKey && event.key === key
      if (event.defaultPrevented || !(key === 'search' ? asksForSearch(event, typing) : plain)) return
      event.preventDefault()
      latest.current()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [key])
}
