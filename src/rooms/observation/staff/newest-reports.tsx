import type { OutputOf } from '../../../platform/contract/index.ts'
import { DateText, Empty, Go, Stack, Status, useTimeZone, useT } from '../../../platform/web/index.ts'
import { dateIn } from '../../../platform/clock.ts'
import type { getOverview } from '../contract/overview.ts'
import { usePatientAddress } from './patient-address.ts'
import { ValueText } from './value-text.tsx'
import { wordsOf } from './value-words.ts'

type Report = OutputOf<typeof getOverview>['reports'][number]

/** The newest reports, each with what is out of its interval and how it was before. */
export function NewestReports({ reports }: { reports: readonly Report[] }) {
  const t = useT('observation')
  if (reports.length === 0) return <Empty title={t('overview.noReports')} hint={t('overview.noReportsHint')} />
  return (
    <Stack>
      {reports.map((report) => (
        <NewReport key={report.id} report={report} />
      ))}
    </Stack>
  )
}

function NewReport({ report }: { report: Report }) {
  const t = useT('observation')
  const to = usePatientAddress()
  const timeZone = useTimeZone()
  return (
    <section aria-label={report.title}>
      <Stack tight>
        <div className="pb-chart-head">
          <h3>
            <Go to={to(`tab=reports&report=${report.id}`)}>{report.title}</Go>
          </h3>
          <span className="pb-hint">
            <DateText date={dateIn(new Date(report.at), timeZone)} /> {report.performer}
          </span>
          {report.abnormalCount > 0 ? (
            <Status tone="danger">{t('report.abnormal', { count: report.abnormalCount, items: report.items })}</Status>
          ) : (
            report.items > 0 && <Status tone="good">{t('report.allNormal', { count: report.items })}</Status>
          )}
        </div>
        {report.impression && <p>{report.impression}</p>}
        {report.abnormal.length > 0 && <AbnormalTable report={report} />}
      </Stack>
    </section>
  )
}

function AbnormalTable({ report }: { report: Report }) {
  const t = useT('observation')
  const to = usePatientAddress()
  const timeZone = useTimeZone()
  return (
    <table className="pb-chart-table">
      <caption className="pb-sr">{t('report.abnormalItems', { title: report.title })}</caption>
      <thead className="pb-sr">
        <tr>
          <th scope="col">{t('value.item')}</th>
          <th scope="col">{t('value.result')}</th>
          <th scope="col">{t('value.before')}</th>
        </tr>
      </thead>
      <tbody>
        {report.abnormal.map((item) => (
          <tr key={item.code}>
            <td>
              <Go to={to(`tab=indicators&code=${encodeURIComponent(item.code)}`)}>{item.name}</Go>
            </td>
            <td>
              <ValueText shown={item} />
            </td>
            <td className="pb-hint">
              {item.before &&
                t('value.beforeWas', {
                  value: wordsOf({ ...item, ...item.before, text: null, comparator: null }),
                  date: dateIn(new Date(item.before.at), timeZone),
                })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
