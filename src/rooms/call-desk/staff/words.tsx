import type { Bilingual } from '../../../platform/contract/index.ts'
import { useLocale, useT } from '../../../platform/web/index.ts'
import type { Sex } from '../../patient/contract/person.ts'
import type { Because } from '../contract/desk.ts'
import type { CallOutcome } from '../contract/words.ts'

/** Words of content in the reader's language. */
export function useSaid(): (text: Bilingual) => string {
  const locale = useLocale()
  return (text) => (locale === 'en' ? text.en : text.zh)
}

/** In the order of their keys 1 to 8: what a nurse meets most comes first. */
export const OUTCOME_KEYS: readonly CallOutcome[] = [
  'reached',
  'no-answer',
  'busy',
  'switched-off',
  'call-back',
  'family-answered',
  'refused',
  'wrong-number',
]

const PRESSING: readonly Because[] = ['promised', 'urgent', 'overdue', 'ends-today']

/** Why a line stands where it stands: the strongest reason, and never by its colour alone. */
export function BecauseText({ because }: { because: readonly Because[] }) {
  const t = useT('call-desk')
  const first = because[0]
  if (!first) return null
  const tone = first === 'overdue' || first === 'urgent' ? 'pb-danger' : PRESSING.includes(first) ? 'pb-due' : 'pb-hint'
  return <span className={`${tone} pb-nowrap`}>{t(`because.${first}`)}</span>
}

/** 女 61 岁 */
export function Who({ patient: { sex, ageYears } }: { patient: { sex: Sex; ageYears: number | null } }) {
  const t = useT('call-desk')
  const words = [sex === 'unknown' ? '' : t(`sex.${sex}`), ageYears === null ? '' : t('age', { count: ageYears })]
  return <span className="pb-nowrap">{words.filter(Boolean).join(' ')}</span>
}

/** 3:07 */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
