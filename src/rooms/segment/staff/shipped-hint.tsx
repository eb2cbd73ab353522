import { useT } from '../../../platform/web/index.ts'
import type { Shipped } from '../contract/shipped.ts'
import { useSaid } from './words.tsx'

/** Of a list that came with Peiban: what it rests on, and whether somebody has read it. */
export function ShippedHint({ shipped }: { shipped: Shipped | null }) {
  const t = useT('segment')
  const said = useSaid()
  if (!shipped) return null
  return (
    <p className="pb-hint">
      {t('shipped.from', { source: said(shipped.source) })}{' '}
      {shipped.reviewer ? t('shipped.reviewed', { by: shipped.reviewer }) : t('shipped.unread')}
    </p>
  )
}
