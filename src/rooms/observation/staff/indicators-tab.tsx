import { Segmented } from 'antd'
import { z } from 'zod'
import { Card, Columns, Empty, Loading, ProblemAlert, Row, Stack, useAddress, useApi, useT } from '../../../platform/web/index.ts'
import { getCourses, listIndicators } from '../contract/indicators.ts'
import { CourseCard } from './course-card.tsx'
import { CourseDetail } from './course-detail.tsx'
import { EntryBar } from './entry-bar.tsx'
import { EntryDrawer } from './entry-drawer.tsx'
import { PrintButton } from './print-button.tsx'
import { SeriesTable } from './series-table.tsx'

const address = z.object({ panel: z.string().optional(), code: z.string().optional(), view: z.enum(['charts', 'table']).optional() })

/** 历年指标: small pictures of a panel, one large with what happened beside it, and the table for reading and print. */
export function IndicatorsTab({ patientId }: { patientId: string }) {
  const t = useT('observation')
  const [{ panel: wished, code, view = 'charts' }, change] = useAddress(address)
  const { data, error, isLoading, refetch } = useApi(listIndicators, { params: { patientId } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (isLoading || !data) return <Loading lines={8} />
  const bar = data.can.write && <EntryBar />
  if (data.panels.length === 0)
    return (
      <Stack>
        {bar}
        <Empty title={t('indicators.empty')} hint={t('indicators.emptyHint')} />
        <EntryDrawer patientId={patientId} />
      </Stack>
    )
  const firstCode = code?.split(',')[0]
  const home = data.panels.find(({ indicators }) => indicators.some((one) => one.code === firstCode))
  const panel = data.panels.find((one) => one.code === wished) ?? home ?? data.panels[0]!
  return (
    <Stack>
      {bar}
      <Row>
        <Segmented
          aria-label={t('indicators.panel')}
          value={panel.code}
          onChange={(next) => change({ panel: next, code: undefined })}
          options={data.panels.map((one) => ({ value: one.code, label: t('indicators.panelCount', { name: one.name, count: one.indicators.length }) }))}
        />
        <Segmented
          aria-label={t('indicators.view')}
          value={view}
          onChange={(next) => change({ view: next === 'table' ? next : undefined })}
          options={[
            { value: 'charts', label: t('indicators.charts') },
            { value: 'table', label: t('indicators.table') },
          ]}
        />
        <PrintButton />
      </Row>
      {code && <CourseDetail patientId={patientId} codes={code} onClose={() => change({ code: undefined })} />}
      <PanelCourses patientId={patientId} panel={panel.code} asTable={view === 'table'} />
      <EntryDrawer patientId={patientId} />
    </Stack>
  )
}

function PanelCourses({ patientId, panel, asTable }: { patientId: string; panel: string; asTable: boolean }) {
  const { data, error, refetch } = useApi(getCourses, { params: { patientId }, query: { panel } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={6} />
  if (asTable)
    return (
      <Card flush>
        <SeriesTable courses={data.indicators} />
      </Card>
    )
  return (
    <Columns minPx={320}>
      {data.indicators.map((course) => (
        <CourseCard key={course.code} course={course} />
      ))}
    </Columns>
  )
}
