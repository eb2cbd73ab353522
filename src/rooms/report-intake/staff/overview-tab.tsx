import {
  Card,
  DataTable,
  Empty,
  Figures,
  InstantText,
  Loading,
  ProblemAlert,
  Stack,
  useApi,
  useT,
  useCan,
  type Column,
  type T,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { intakeOverview } from '../contract/overview.ts'

type Overview = OutputOf<typeof intakeOverview>
type Source = Overview['sources'][number]

const LATE_SECONDS = 60

/** Today by source; above it what waits for somebody. */
export function OverviewTab() {
  const t = useT('report-intake')
  const canMap = useCan('intake.map')
  const { data, error, refetch } = useApi(intakeOverview, {}, { everyMs: 10_000 })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  const { waiting } = data
  const count = (number: number) => (number >= 1000 ? t('overview.thousand') : number)
  return (
    <Stack>
      <Figures
        items={[
          {
            key: 'persons',
            label: t('overview.persons'),
            value: count(waiting.persons),
            tone: waiting.persons > 0 ? 'due' : 'plain',
            to: '/intake?tab=persons',
          },
          {
            key: 'codes',
            label: t('overview.codes'),
            value: count(waiting.codes),
            tone: waiting.codes > 0 ? 'due' : 'plain',
            ...(canMap ? { to: '/intake/codes' } : {}),
          },
          {
            key: 'troubled',
            label: t('overview.troubled'),
            value: count(waiting.troubled),
            tone: waiting.troubled > 0 ? 'due' : 'plain',
            to: '/intake?tab=troubles',
          },
          {
            key: 'toRead',
            label: t('overview.toRead'),
            value: count(waiting.toRead),
            tone: waiting.oldestSeconds > LATE_SECONDS ? 'danger' : 'plain',
          },
        ]}
      />
      <Card flush title={t('overview.today')}>
        <DataTable<Source>
          name="intake-sources"
          label={t('overview.today')}
          rows={data.sources}
          columns={columnsOf(t)}
          rowKey={({ source, channel }) => `${channel} ${source}`}
          rowName={({ source }) => source}
          to={({ source }) => `/intake?tab=troubles&source=${encodeURIComponent(source)}&shown=all`}
          empty={<Empty title={t('overview.empty')} hint={t('overview.emptyHint')} />}
        />
      </Card>
    </Stack>
  )
}

function columnsOf(t: T): Column<Source>[] {
  const sum = (row: Source, ...states: (keyof Source['byState'])[]) =>
    states.reduce((total, state) => total + (row.byState[state] ?? 0), 0)
  const figure = (key: string, ...states: (keyof Source['byState'])[]): Column<Source> => ({
    key,
    title: t(`overview.column.${key}`),
    number: true,
    render: (row) => sum(row, ...states),
  })
  return [
    { key: 'source', title: t('overview.source'), render: ({ source }) => source || '—' },
    { key: 'channel', title: t('overview.channel'), render: ({ channel }) => t(`channel.${channel}`) },
    { key: 'received', title: t('overview.column.received'), number: true, render: ({ received }) => received },
    figure('filed', 'filed'),
    figure('duplicate', 'duplicate'),
    figure('waiting', 'needs-person', 'received'),
    figure('aside', 'set-aside'),
    figure('wrong', 'refused', 'failed'),
    { key: 'last', title: t('overview.last'), render: ({ lastAt }) => <InstantText at={lastAt} />, card: 'aside' },
  ]
}
