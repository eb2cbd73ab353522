import { useT } from '../../../platform/web/index.ts'
import type { Share } from '../contract/satisfaction.ts'

const percent = (share: number) => Math.round(share * 1000) / 10

/** 86.1%, and below it 95 % 区间 71.3%–93.9% · 31 / 36; below 30 the counts alone. */
export function ShareText({ share, short = false }: { share: Share; short?: boolean }) {
  const t = useT('satisfaction')
  const counts = t('page.ofN', { count: share.count, n: share.n })
  if (share.share === null) return <span className="pb-number">{counts}</span>
  const interval = t('page.interval', { low: percent(share.low!), high: percent(share.high!) })
  if (short)
    return (
      <span className="pb-number" title={interval}>
        {percent(share.share)}% <span className="pb-hint">{counts}</span>
      </span>
    )
  return <span className="pb-number">{percent(share.share)}%</span>
}

/** What stands below a share: how sure it is, or that it is of too few. */
export function ShareBasis({ share }: { share: Share }) {
  const t = useT('satisfaction')
  if (share.share === null) return <p className="pb-hint">{share.n > 0 ? t('page.small') : ''}</p>
  const interval = t('page.interval', { low: percent(share.low!), high: percent(share.high!) })
  return (
    <p className="pb-hint pb-number">
      {interval} · {t('page.ofN', { count: share.count, n: share.n })}
    </p>
  )
}
