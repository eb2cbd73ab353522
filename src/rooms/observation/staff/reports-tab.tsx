import { Button } from 'antd'
import { z } from 'zod'
import type { RowOf } from '../../../platform/web/index.ts'
import {
  DataTable,
  DateText,
  Empty,
  Stack,
  Status,
  useAddress,
  useApiPages,
  useOpened,
  useT,
} from '../../../platform/web/index.ts'
import { COMPARED_MOST } from '../contract/indicators.ts'
import { listReports } from '../contract/reports.ts'
import { Comparison } from './compare/comparison.tsx'
import { ReportDrawer } from './report-drawer.tsx'
import { useValueWords } from './use-value-words.ts'

const address = z.object({ compare: z.string().optional() })
type Report = RowOf<typeof listReports>

/** The reports that stand; several chosen are put side by side. */
export function ReportsTab({ patientId }: { patientId: string }) {
  const t = useT('observation')
  const words = useValueWords()
  const [{ compare }, change] = useAddress(address)
  const opened = useOpened('report')
  const rows = useApiPages(listReports, { params: { patientId }, query: {} })
  if (compare)
    return (
      <Stack>
        <Comparison
          patientId={patientId}
          reports={compare}
          extra={<Button onClick={() => change({ compare: undefined })}>{t('compare.back')}</Button>}
        />
      </Stack>
    )
  return (
    <>
      <DataTable<Report>
        name="patient-reports"
        label={t('reports.label')}
        rows={rows}
        rowKey={({ id }) => id}
        rowName={({ title }) => title}
        onOpen={({ id }) => opened.open(id)}
        empty={<Empty title={t('reports.empty')} hint={t('reports.emptyHint')} />}
        bulk={[
          {
            key: 'compare',
            label: t('compare.act'),
            run: (chosen) =>
              change(
                {
                  compare: chosen
                    .slice(0, COMPARED_MOST)
                    .map(({ id }) => id)
                    .join(','),
                },
                { push: true },
              ),
          },
        ]}
        columns={[
          { key: 'title', title: t('reports.title'), render: ({ title }) => title },
          {
            key: 'at',
            title: t('reports.at'),
            number: true,
            widthPx: 130,
            render: ({ at }) => <DateText date={words.day(at)} />,
            card: 'aside',
          },
          {
            key: 'category',
            title: t('reports.category'),
            widthPx: 120,
            render: ({ category }) => t(`category.${category}`),
          },
          { key: 'abnormal', title: t('reports.abnormal'), widthPx: 150, render: (row) => <Abnormal report={row} /> },
          { key: 'impression', title: t('reports.impression'), render: ({ impression }) => impression, card: 'line' },
          { key: 'performer', title: t('reports.performer'), widthPx: 160, render: ({ performer }) => performer },
          {
            key: 'version',
            title: t('reports.version'),
            widthPx: 90,
            optional: true,
            render: ({ version, status }) =>
              version > 1 || status !== 'final' ? `${t(`reportStatus.${status}`)} v${version}` : '',
          },
        ]}
      />
      <ReportDrawer patientId={patientId} />
    </>
  )
}

function Abnormal({ report: { items, abnormalCount } }: { report: Report }) {
  const t = useT('observation')
  if (items === 0) return null
  return abnormalCount > 0 ? (
    <Status tone="danger">{t('report.abnormal', { count: abnormalCount, items })}</Status>
  ) : (
    <Status tone="good">{t('report.allNormal', { count: items })}</Status>
  )
}
