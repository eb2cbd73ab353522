import { Card, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { listMyReports } from '../contract/own.ts'
import { useDay } from './use-day.ts'

/** The newest report on the home page; nothing while there is none. */
export function ReportCard() {
  const t = useT('health-report')
  const day = useDay()
  const { data } = useOwn(listMyReports)
  const newest = data?.reports[0]
  if (!newest) return null
  return (
    <Card title={t('my.title')} to={`/my/report/${newest.id}`} more={t('my.read')}>
      <p>
        {day(newest.examOn)} {newest.title}
      </p>
      <p className="pp-hint">
        {newest.marked > 0 ? t('my.markedCount', { count: newest.marked }) : t('my.noneMarked')}
      </p>
    </Card>
  )
}
