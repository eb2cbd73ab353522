import { Empty, InstantText, Loading, ProblemAlert, Stack, useApi, useT } from '../../../platform/web/index.ts'
import { readingReports } from '../contract/readership.ts'
import { ReadingTable } from './reading-table.tsx'

export function ReportsTab() {
  const t = useT('readership')
  const { data, error, refetch } = useApi(readingReports)
  return (
    <Stack>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data?.reports.length === 0 && <Empty title={t('reading.noReports')} />}
      {data?.reports.map(({ month, madeAt, lines, total }) => (
        <Stack key={month}>
          <h2>{t('reading.month', { month: month.slice(0, 7) })}</h2>
          <p className="pb-hint">
            {t('reading.madeAt')} <InstantText at={madeAt} />
          </p>
          <ReadingTable lines={lines} total={total} />
        </Stack>
      ))}
    </Stack>
  )
}
