import { Card, useLocale, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { myMediaIndex } from '../contract/my.ts'
import { useDay } from './use-day.ts'

/** On 我的健康: what somebody chose last for the person, else that there is something to look at. */
export function MediaCard() {
  const t = useT('media')
  const isEnglish = useLocale() === 'en'
  const day = useDay()
  const { data } = useOwn(myMediaIndex)
  if (!data || data.rows.length === 0) return null
  const [newest] = data.sent
  const chosen = newest && data.rows.find(({ code }) => code === newest.code)
  if (!newest || !chosen)
    return (
      <Card title={t('my.title')} to="/my/media" more={t('my.homeMore')}>
        <p>{t('my.home')}</p>
      </Card>
    )
  const title = isEnglish ? chosen.title.en : chosen.title.zh
  return (
    <Card title={t('my.title')} to={`/my/media/${newest.code}`} more={t('my.homeMore')}>
      <p>{t('my.homeSent', { by: newest.sentBy, on: day(newest.sentOn), title })}</p>
    </Card>
  )
}
