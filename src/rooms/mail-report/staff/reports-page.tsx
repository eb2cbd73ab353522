import {
  AddressTabs,
  Card,
  DataTable,
  Empty,
  Figures,
  InstantText,
  Page,
  ProblemAlert,
  Stack,
  Status,
  useApi,
  useApiPages,
  useOpened,
  useT,
  type Column,
  type T,
  type Tone,
} from '../../../platform/web/index.ts'
import { listMailReports, mailReportFigures, type ReportLine } from '../contract/mail-report.ts'
import { ReportDrawer } from './report-drawer.tsx'
import { nameOf } from './report-name.ts'

const LISTS = ['open', 'settled', 'aside'] as const
type List = (typeof LISTS)[number]

/** 退信与投诉: what came back about mails, and what somebody has to look at. */
export function ReportsPage() {
  const t = useT('mail-report')
  const { data, error, refetch } = useApi(mailReportFigures, {})
  const opened = useOpened('report')
  return (
    <Page title={t('nav.mailReports')} hint={t('hint')}>
      <Stack>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
        {data && !data.isSet && (
          <Card>
            <Empty title={t('unset.title')} hint={t('unset.hint')} />
          </Card>
        )}
        {data && (
          <Card title={t('figure.title')}>
            <Figures
              items={(['gone', 'later', 'refused', 'complaints'] as const).map((key) => ({
                key,
                label: t(`figure.${key}`),
                value: data[key],
                tone: key === 'complaints' && data[key] > 0 ? ('due' as const) : ('plain' as const),
              }))}
            />
          </Card>
        )}
        <AddressTabs
          items={LISTS.map((list) => ({
            key: list,
            label: list === 'open' && data?.open ? t('list.openCount', { count: data.open }) : t(`list.${list}`),
            content: <Reports list={list} onOpen={({ id }) => opened.open(id)} />,
          }))}
        />
      </Stack>
      {opened.id && <ReportDrawer id={opened.id} onClose={opened.close} />}
    </Page>
  )
}

function Reports({ list, onOpen }: { list: List; onOpen: (line: ReportLine) => void }) {
  const t = useT('mail-report')
  const rows = useApiPages(listMailReports, { query: { list } })
  return (
    <Card flush>
      <DataTable<ReportLine>
        name={`mail-reports-${list}`}
        label={t(`list.${list}`)}
        rows={rows}
        columns={columnsOf(t, list)}
        rowKey={({ id }) => id}
        rowName={(line) => nameOf(t, line)}
        onOpen={onOpen}
        empty={<Empty title={t(`empty.${list}`)} hint={list === 'open' ? t('empty.openHint') : undefined} />}
      />
    </Card>
  )
}

const TONES: Partial<Record<NonNullable<ReportLine['meaning']>, Tone>> = {
  gone: 'danger',
  complaint: 'due',
  unwanted: 'due',
  arrived: 'good',
}

function columnsOf(t: T, list: List): Column<ReportLine>[] {
  return [
    {
      key: 'what',
      title: t('column.what'),
      render: (line) => (
        <Status tone={line.meaning ? (TONES[line.meaning] ?? 'plain') : 'plain'}>{nameOf(t, line)}</Status>
      ),
    },
    ...(list === 'open'
      ? [{ key: 'why', title: t('column.why'), render: (line: ReportLine) => (line.why ? t(`why.${line.why}`) : '—') }]
      : []),
    { key: 'to', title: t('column.to'), render: ({ toMasked, mail }) => mail?.toMasked ?? toMasked ?? '—' },
    { key: 'mail', title: t('column.mail'), render: ({ mail }) => mail?.templateName ?? '—' },
    { key: 'words', title: t('column.words'), render: ({ words }) => words || '—' },
    { key: 'at', title: t('column.at'), render: ({ receivedAt }) => <InstantText at={receivedAt} />, card: 'aside' },
  ]
}
