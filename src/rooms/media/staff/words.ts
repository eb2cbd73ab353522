import type { Bilingual } from '../../../platform/contract/index.ts'
import { useLocale, type T, type Tone } from '../../../platform/web/index.ts'
import type { MediaSummary } from '../contract/items.ts'

/** The reader's half of a text in both languages. */
export function useBilingual(): (text: Bilingual) => string {
  const locale = useLocale()
  return ({ zh, en }) => (locale === 'en' ? en : zh)
}

type Standing = Pick<MediaSummary, 'state' | 'expired' | 'expiresSoon'>

export function stateTone({ state, expired, expiresSoon }: Standing): Tone {
  if (expired) return 'danger'
  if (expiresSoon || state === 'draft') return 'due'
  return state === 'active' ? 'good' : 'plain'
}

export function stateWords(t: T, { state, expired, expiresSoon }: Standing): string {
  if (expired) return t('state.expired')
  return t(expiresSoon ? 'state.expiresSoon' : `state.${state}`)
}
