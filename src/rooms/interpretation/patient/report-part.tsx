import { Card, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { mineOfReport } from '../contract/own.ts'

/** On the page of a report: 请医生讲一讲, or what has come of it. */
export function ReportPart({ parameter }: { parameter: string }) {
  const t = useT('interpretation')
  const { data } = useOwn(mineOfReport, { params: { compositionId: parameter as never } })
  if (!data || (!data.canAsk && !data.newest)) return null
  if (data.newest && (!data.canAsk || data.newest.state === 'done'))
    return (
      <Card title={t('my.title')} to={`/my/interpretation/${data.newest.id}`} more={t('my.report.see')}>
        <p>{t(data.newest.state === 'done' ? 'my.report.done' : 'my.report.asked')}</p>
      </Card>
    )
  return (
    <Card title={t('my.ask.card')} to={`/my/ask-doctor/${parameter}`} more={t('my.ask.button')}>
      <p>{t('my.ask.text')}</p>
    </Card>
  )
}
