import { Card, Rows, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { mySummaries } from '../contract/summary.ts'

/** On the home page: the newest summary, and the way to those before. */
export function SummaryHomeCard() {
  const t = useT('stage-summary')
  const { data } = useOwn(mySummaries)
  const [newest, ...former] = data?.rows ?? []
  if (!newest) return null
  const rows = former.map(({ id, fromOn, untilOn }) => ({
    key: id,
    to: `/my/summary/${id}`,
    title: t('my.period', { from: fromOn, until: untilOn }),
  }))
  return (
    <>
      <Card title={t('my.title')} to={`/my/summary/${newest.id}`} more={t('my.read')}>
        <p>{t('my.card', { from: newest.fromOn, until: newest.untilOn, name: newest.signedBy })}</p>
      </Card>
      {rows.length > 0 && <Rows rows={rows} label={t('my.all')} />}
    </>
  )
}
