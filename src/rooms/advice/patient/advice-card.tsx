import { Card, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { myAdvice } from '../contract/my.ts'

/** On 我的健康: the newest advice, and how much more there is. */
export function AdviceCard() {
  const t = useT('advice')
  const { data } = useOwn(myAdvice)
  const [newest] = data?.rows ?? []
  if (!data || !newest) return null
  return (
    <Card title={t('my.title')} to="/my/advice" more={t('my.all', { count: data.rows.length })}>
      <p>
        <strong>{newest.text.title}</strong>
        {newest.text.summary && <br />}
        {newest.text.summary}
      </p>
    </Card>
  )
}
