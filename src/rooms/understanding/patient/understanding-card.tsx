import { Card, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { readOwnUnderstanding } from '../contract/understanding.ts'

/** Only where something is written down. */
export function UnderstandingCard() {
  const t = useT('understanding')
  const { data } = useOwn(readOwnUnderstanding)
  if (!data || data.entries.length === 0) return null
  return (
    <Card title={t('my.card.title')} to="/my/understanding" more={t('my.card.more')}>
      <p>{t('my.card.text', { count: data.entries.length })}</p>
    </Card>
  )
}
