import { Card, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { myVisitPhotos } from '../contract/own.ts'

/** On the home page of whom photos were taken of at home: that they can be withdrawn is no secret. */
export function PhotosCard() {
  const t = useT('home-visit')
  const { data } = useOwn(myVisitPhotos)
  if (!data || data.rows.length === 0) return null
  const count = data.rows.reduce((sum, { photos }) => sum + photos, 0)
  return (
    <Card title={t('my.title')} to="/my/home-visit-photos" more={t('my.open')}>
      <p>{count > 0 ? t('my.card', { count }) : t('my.cardNone')}</p>
    </Card>
  )
}
