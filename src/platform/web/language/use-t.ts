import { useCallback, useSyncExternalStore } from 'react'
import type { Locale } from '../../contract/words.ts'
import { language, type Values } from './language.ts'

export type T = (key: string, values?: Values) => string

export function useLocale(): Locale {
  return useSyncExternalStore(language.watch, language.current)
}

/** Texts of a room: `const t = useT('card')`, then `t('list.title')`, `t('opened', { count })`. */
export function useT(room: string): T {
  const locale = useLocale()
  // A new function per language, so that whatever is memoised by `t` is made again.
  return useCallback((key: string, values?: Values) => language.text(room, key, values), [room, locale])
}
