import { InstantText, useT } from '../../../platform/web/index.ts'
import type { RecordedValue } from '../contract/record.ts'

const CODES = [
  'report-corrected',
  'source-revised',
  'fact-added',
  'code-mapped',
  'other-person',
  'check-in-changed',
  'check-in-undone',
]

/** Why a fact stands no longer: by whom, when, and the reason in their words. */
export function EndedNote({ ended }: { ended: NonNullable<RecordedValue['ended']> }) {
  const t = useT('observation')
  const because = CODES.includes(ended.because) ? t(`ended.${ended.because}`) : ended.because
  return (
    <p className="pb-hint">
      {t(ended.withdrawn ? 'ended.withdrawn' : 'ended.corrected', { by: ended.by })} <InstantText at={ended.at} />
      {because && t('ended.because', { because })}
    </p>
  )
}
