import { useT } from '../../../platform/web/index.ts'
import type { z } from 'zod'
import type { share } from '../contract/care-figures.ts'
import './care-figures.css'

export type Share = z.output<typeof share>

const percent = (value: number) => Math.round(value * 1000) / 10

/** 75%（59.8–85.8）45/60; below 30 only the counts and that they are too few. */
export function ShareText({ of, large = false }: { of: Share; large?: boolean }) {
  const t = useT('care-figures')
  const { count, n, share, low, high } = of
  if (n === 0) return <span className={large ? 'cf-share pb-hint' : 'pb-hint'}>{t('nothing')}</span>
  const counts = t('ofN', { count: count.toLocaleString(), n: n.toLocaleString() })
  if (share === null || low === null || high === null)
    return (
      <span className={large ? 'cf-share' : 'cf-share cf-share-small'}>
        <strong>{counts}</strong> <span className="pb-hint">{t('few')}</span>
        {large && <span className="pb-hint cf-interval">{t('fewHint')}</span>}
      </span>
    )
  return (
    <span className={large ? 'cf-share' : 'cf-share cf-share-small'}>
      <strong>{percent(share)}%</strong> <span className="pb-hint pb-nowrap">{counts}</span>
      {large && <ShareBar share={share} low={low} high={high} />}
      <span className="pb-hint pb-nowrap cf-interval">{t('interval', { low: percent(low), high: percent(high) })}</span>
    </span>
  )
}

/** The interval on a line from none to all, and the share in it; the words beside it say the same. */
function ShareBar({ share, low, high }: { share: number; low: number; high: number }) {
  return (
    <span className="cf-bar" aria-hidden="true">
      <span className="cf-band" style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
      <span className="cf-point" style={{ left: `${share * 100}%` }} />
    </span>
  )
}
