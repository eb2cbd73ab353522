import type { Locale } from '../../platform/contract/words.ts'

/** The texts of one language: those of the kit and of the rooms that have pages for patients. */
export async function loadTexts(locale: Locale): Promise<Record<string, object>> {
  return (locale === 'en' ? await import('./texts.en.ts') : await import('./texts.zh-CN.ts')).texts
}
