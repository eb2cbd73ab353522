import type { Locale } from '../../platform/contract/words.ts'
import type { Texts } from '../../platform/web/index.ts'

/** All texts of one language in one script; a reader fetches one language. */
export async function loadTexts(locale: Locale): Promise<Texts> {
  return (locale === 'en' ? await import('./texts.en.ts') : await import('./texts.zh-CN.ts')).texts
}

/** `../../rooms/card/locales/en.json` → `card`. */
export function byRoom(files: Record<string, object>): Texts {
  return Object.fromEntries(Object.entries(files).map(([path, texts]) => [path.split('/').at(-3) ?? '', texts]))
}
