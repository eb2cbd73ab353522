import { Card, useLocale, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { myPraise } from '../contract/praise.ts'
import './praise.css'

/** On the page of the plan: what was reached lately, in words. */
export function PraisePart() {
  const t = useT('praise')
  const locale = useLocale()
  const { data } = useOwn(myPraise)
  const day = new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', timeZone: 'UTC' })
  if (!data || data.rows.length === 0) return null
  return (
    <Card title={t('my.title')}>
      <ul className="pr-list">
        {data.rows.map(({ milestone, on, days }) => (
          <li key={`${milestone} ${on}`}>
            {t(`my.reached.${milestone}`, { days: days ?? 7 })}{' '}
            <span className="pp-hint">{day.format(new Date(`${on}T00:00:00Z`))}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
