import { useCallback, useSyncExternalStore } from 'react'
import type { Locale } from '../../contract/words.ts'
import { language, type Values } from './language.ts'

/** The text of a key; a new function per language, so that whatever is memoised by it is made again. */
export type T = (key: string, values?: Values) => string

export function useLocale(): Locale {
  return useSyncExternalStore(language.watch, language.current, language.current)
}

/** Texts of a room: `const t = useT('card')`, then `t('list.title')`, `t('opened', { count })`. */
export function useT(room: string): T {
  const locale = useLocale()
  return useCallback((key: string, values?: Values) => language.textIn(locale, room, key, values), [room, locale])
}

/** Texts of whichever room: for what shows the words that others have named. */
export function useText(): (room: string, key: string) => string {
  const locale = useLocale()
  return useCallback((room: string, key: string) => language.textIn(locale, room, key), [locale])
}
