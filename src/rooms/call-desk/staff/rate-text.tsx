import { useT } from '../../../platform/web/index.ts'
import type { Rate } from '../contract/figures.ts'

/** 75 %（62.8–84.2），45/60; below 30 only the counts. */
export function RateText({ rate, short = false }: { rate: Rate; short?: boolean }) {
  const t = useT('call-desk')
  const { n, of, percent, low, high } = rate
  const counts = `${n}/${of}`
  if (percent === null)
    return (
      <span className="pb-number">
        {counts} <span className="pb-hint">{of > 0 && !short ? t('figures.few') : ''}</span>
      </span>
    )
  return (
    <span className="pb-number pb-nowrap">
      <strong>{percent}%</strong>{' '}
      <span className="pb-hint">
        {t('figures.interval', { low: low ?? 0, high: high ?? 0 })} {counts}
      </span>
    </span>
  )
}
