import { useCallback } from 'react'
import type { Bilingual } from '../../../platform/contract/index.ts'
import { useLocale } from '../../../platform/web/index.ts'

/** A sentence that the server has made of a condition, in the reader's language and with a capital. */
export function useSentence(): (sentence: Bilingual) => string {
  const locale = useLocale()
  return useCallback(
    (sentence) => {
      const text = locale === 'en' ? sentence.en : sentence.zh
      return text.charAt(0).toUpperCase() + text.slice(1)
    },
    [locale],
  )
}
