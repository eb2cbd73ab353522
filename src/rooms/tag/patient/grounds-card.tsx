import { Card, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { listOwnGrounds } from '../contract/own.ts'

/** On the home page, as long as anything is recommended by something. */
export function GroundsCard() {
  const t = useT('tag')
  const { data } = useOwn(listOwnGrounds)
  if (!data || data.rows.length === 0) return null
  return (
    <Card title={t('my.title')} to="/my/recommended-by" more={t('my.open')}>
      <p>{t('my.card')}</p>
    </Card>
  )
}
