import { useLocale, type Tone } from '../../../platform/web/index.ts'
import type { IssueState } from '../contract/words.ts'

export const TONES: Record<IssueState, Tone> = { draft: 'plain', submitted: 'due', approved: 'low', sent: 'good' }

export const useLang = () => (useLocale() === 'en' ? ('en' as const) : ('zh' as const))

/** 2026 年 3 月; March 2026 */
export function monthWords(month: string, lang: 'zh' | 'en'): string {
  const [year, of] = month.split('-').map(Number) as [number, number]
  if (lang === 'zh') return `${year} 年 ${of} 月`
  return new Intl.DateTimeFormat('en', { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    Date.UTC(year, of - 1),
  )
}
