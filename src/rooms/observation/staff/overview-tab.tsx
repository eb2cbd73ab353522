import { Card, Columns, Loading, ProblemAlert, Stack, useApi, useT } from '../../../platform/web/index.ts'
import { getOverview } from '../contract/overview.ts'
import { CompletenessCard } from './completeness-card.tsx'
import { EntryBar } from './entry-bar.tsx'
import { EntryDrawer } from './entry-drawer.tsx'
import { FactsCard } from './facts-card.tsx'
import { FactsDrawer } from './facts-drawer.tsx'
import { KeyIndicators } from './key-indicators.tsx'
import { NewestReports } from './newest-reports.tsx'

/** One screen: what changed, what matters, what is known, what is missing. */
export function OverviewTab({ patientId }: { patientId: string }) {
  const t = useT('observation')
  const { data, error, isLoading, refetch } = useApi(getOverview, { params: { patientId } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (isLoading || !data) return <Loading lines={8} />
  return (
    <Stack>
      {data.can.write && <EntryBar />}
      <Columns minPx={420}>
        <Card title={t('overview.changed')}>
          <NewestReports reports={data.reports} />
        </Card>
        <Stack>
          <Card title={t('overview.matters')}>
            <KeyIndicators indicators={data.indicators} canWrite={data.can.write} />
          </Card>
          <CompletenessCard completeness={data.completeness} canWrite={data.can.write} />
        </Stack>
      </Columns>
      <FactsCard overview={data} />
      <EntryDrawer patientId={patientId} />
      <FactsDrawer patientId={patientId} />
    </Stack>
  )
}
