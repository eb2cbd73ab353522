import type { Bilingual } from '../../../platform/contract/index.ts'
import { useLocale } from '../../../platform/web/index.ts'

/** The reader's half of a text in both languages. */
export function useBilingual(): (text: Bilingual) => string {
  const locale = useLocale()
  return (text) => (locale === 'en' ? text.en || text.zh : text.zh || text.en)
}
