import { Card, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { readMyDiary } from '../contract/mood-diary.ts'

export function MoodCard() {
  const t = useT('mood-diary')
  const { data } = useOwn(readMyDiary)
  if (!data || data.forGuardian) return null
  return (
    <Card title={t('my.mood.card.title')} to="/my/mood" more={t('my.mood.card.more')}>
      <p>{t('my.mood.card.text')}</p>
    </Card>
  )
}
