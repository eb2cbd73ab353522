import { useCallback } from 'react'
import { useLocale } from '../../../platform/web/index.ts'

/** The reader's half of a text in both languages. */
export function useSaid(): (text: { zh: string; en: string }) => string {
  const locale = useLocale()
  return useCallback((text) => (locale === 'en' ? text.en : text.zh), [locale])
}

/** A sentence that the house has made of a condition, with a capital. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
