import type { Bilingual } from '../../../platform/contract/index.ts'
import { Status, TagChip, useLocale, useT, type T, type Tone } from '../../../platform/web/index.ts'
import { getNodule, listNodules, patientNodules } from '../contract/nodule.ts'
import type { NoduleLine, NoduleView, ScanView } from '../contract/words.ts'

/** What has to be asked for again when a nodule has changed. */
export const CHANGED = [listNodules, getNodule, patientNodules]

/** The reader's half of a text in both languages. */
export function useBilingual(): (text: Bilingual) => string {
  const locale = useLocale()
  return (text) => (locale === 'en' ? text.en : text.zh)
}

const TONES: Record<string, Tone> = { good: 'good', watch: 'due', act: 'danger', urgent: 'danger' }

export function toneOf(tone: string | null | undefined): Tone {
  return tone ? (TONES[tone] ?? 'plain') : 'plain'
}

type Graded = Pick<NoduleLine, 'grade'>

/** `Lung-RADS 2022 3`, and whether a physician has settled it. */
export function GradeBadge({ grade }: Graded) {
  const t = useT('nodule')
  if (!grade) return <span className="pb-hint">{t('grade.none')}</span>
  const settled = grade.state === 'settled'
  return (
    <span className="pb-nowrap">
      <TagChip
        tone={settled ? toneOf(grade.tone) : 'plain'}
        label={`${grade.systemName || t('badge.unnamed')} · ${grade.category}`}
      />{' '}
      <span className="pb-hint">
        {t(settled ? 'badge.settled' : grade.source === 'report' ? 'badge.fromReport' : 'badge.proposed')}
      </span>
    </span>
  )
}

/** 肺结节 右上叶尖段 */
export function nameOf(t: T, { organ, side, place }: Pick<NoduleLine, 'organ' | 'side' | 'place'>): string {
  const where = place || (side === 'unknown' ? '' : t(`side.${side}`))
  return [t(`organNodule.${organ}`), where].filter(Boolean).join(' ')
}

export function WaitingMark({ nodule }: { nodule: Pick<NoduleLine, 'waiting'> }) {
  const t = useT('nodule')
  if (!nodule.waiting) return null
  return <Status tone="due">{t(`waiting.${nodule.waiting}`)}</Status>
}

/** 6.6 × 5.8 mm */
export function sizeWords({ longMm, shortMm, depthMm }: Pick<ScanView, 'longMm' | 'shortMm' | 'depthMm'>): string {
  const axes = [longMm, shortMm, depthMm].filter((mm) => mm !== null)
  return axes.length === 0 ? '' : `${axes.join(' × ')} mm`
}

/** The newest scan that counts. */
export function newestOf(nodule: Pick<NoduleView, 'scans'>): ScanView | undefined {
  return nodule.scans.find(({ ended }) => ended === null)
}
