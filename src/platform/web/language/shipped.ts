import { useCallback } from 'react'
import type { Locale } from '../../contract/words.ts'
import { useLocale } from './use-t.ts'

/**
 * English of what rooms ship in one language, word for word: where a rule is from, what a list is for. What a house has
 * written or changed itself is not among it, and stays as it was written.
 */
let english: Readonly<Record<string, string>> = {}

/** Comes with the English texts, so that only their readers fetch it. */
export function bringEnglish(phrases: readonly Readonly<Record<string, string>>[]): void {
  english = Object.assign({}, english, ...phrases) as Record<string, string>
}

/** What rooms ship in one language, in the language of whoever reads. */
export const shippedIn = (locale: Locale, text: string): string => (locale === 'en' ? (english[text] ?? text) : text)

/** `const shipped = useShipped()`, then `shipped(rule.source)`. For reading only: a form shows what is kept. */
export function useShipped(): (text: string) => string {
  const locale = useLocale()
  return useCallback((text: string) => shippedIn(locale, text), [locale])
}
