import { Segmented, Select } from 'antd'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { z } from 'zod'
import {
  Card,
  Columns,
  Empty,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  useAddress,
  useApi,
  useNarrow,
  useT,
} from '../../../platform/web/index.ts'
import { getCourses, listIndicators } from '../contract/indicators.ts'
import { CourseCard } from './course-card.tsx'
import { CourseDetail } from './course-detail.tsx'
import { EntryBar } from './entry-bar.tsx'
import { EntryDrawer } from './entry-drawer.tsx'
import { PrintButton } from './print-button.tsx'
import { SeriesTable } from './series-table.tsx'

const address = z.object({
  panel: z.string().optional(),
  code: z.string().optional(),
  view: z.enum(['charts', 'table']).optional(),
})

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
        <PanelChoice
          panels={data.panels}
          value={panel.code}
          onChange={(next) => change({ panel: next, code: undefined })}
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

/** All panels at a glance where there is room; a list of them on a phone. */
function PanelChoice({
  panels,
  value,
  onChange,
}: {
  panels: OutputOf<typeof listIndicators>['panels']
  value: string
  onChange: (panel: string) => void
}) {
  const t = useT('observation')
  const narrow = useNarrow()
  const options = panels.map(({ code, name, indicators }) => ({
    value: code,
    label: t('indicators.panelCount', { name, count: indicators.length }),
  }))
  const props = { 'aria-label': t('indicators.panel'), value, onChange, options }
  return narrow || panels.length > 8 ? (
    <Select {...props} popupMatchSelectWidth={false} style={{ minWidth: 200 }} />
  ) : (
    <Segmented {...props} />
  )
}

function PanelCourses({ patientId, panel, asTable }: { patientId: string; panel: string; asTable: boolean }) {
  const { data, error, refetch } = useApi(getCourses, { params: { patientId }, query: { panel } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={6} />
  if (asTable)
    return (
      <Card>
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
