import { Card, useOwn, useT, useWhose } from '../../../platform/patient-web/index.ts'
import { listOwnIndicators } from '../contract/own.ts'
import { useDay } from './own-words.ts'

/** On the home page: that there are results to look at, and from when the newest is. */
export function TrendsCard() {
  const t = useT('observation')
  const whose = useWhose()
  const day = useDay()
  const { data } = useOwn(listOwnIndicators)
  const all = data?.panels.flatMap(({ indicators }) => indicators) ?? []
  if (all.length === 0) return null
  const last = all
    .map(({ newest }) => newest.on)
    .toSorted()
    .at(-1)!
  return (
    <Card title={t(whose ? 'my.trends.theirs' : 'my.trends.title')} to="/my/trends" more={t('my.trends.look')}>
      <p>{t('my.trends.card', { count: all.length, date: day(last) })}</p>
    </Card>
  )
}
