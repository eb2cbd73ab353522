import { Card, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { listMyFamily } from '../contract/own.ts'
import { useDay } from './use-day.ts'

/** 家人 on the home page: who can see, or that somebody could be asked in. */
export function FamilyCard() {
  const t = useT('family')
  const day = useDay()
  const { data } = useOwn(listMyFamily)
  if (!data) return null
  const names = data.rows.filter(({ state }) => state === 'active').map(({ name }) => name)
  return (
    <Card title={t('my.title')} to="/my/family" more={t('my.card.open')}>
      <p>{names.length > 0 ? t('my.card.some', { names: names.join('、') }) : t('my.card.none')}</p>
      {data.ownAgeSoonOn && <p>{t('my.ownAge.card', { day: day(data.ownAgeSoonOn) })}</p>}
    </Card>
  )
}
