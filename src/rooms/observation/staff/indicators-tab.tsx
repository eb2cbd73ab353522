import { Button, Segmented, Select } from 'antd'
import { z } from 'zod'
import {
  Card,
  Empty,
  Go,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  useAddress,
  useApi,
  useGo,
  useT,
} from '../../../platform/web/index.ts'
import { getCourses, listIndicators } from '../contract/indicators.ts'
import { ExamComparison } from './compare/exam-comparison.tsx'
import { EntryBar } from './entry-bar.tsx'
import { EntryDrawer } from './entry-drawer.tsx'
import { CourseDetail } from './large/course-detail.tsx'
import { usePatientAddress } from './patient-address.ts'
import { PrintButton } from './print-button.tsx'
import { SeriesTable } from './series-table.tsx'
import { SmallMultiples, type Panels } from './small/small-multiples.tsx'

const VIEWS = ['charts', 'table', 'compare'] as const
const address = z.object({
  panel: z.string().optional(),
  code: z.string().optional(),
  only: z.enum(['abnormal']).optional(),
  view: z.enum(VIEWS).optional(),
})

/** 历年指标: all courses small, one large with what happened beside it, a table to read, any exams side by side. */
export function IndicatorsTab({ patientId }: { patientId: string }) {
  const t = useT('observation')
  const [{ panel: wished, code, only, view = 'charts' }, change] = useAddress(address)
  const { data, error, isLoading, refetch } = useApi(listIndicators, { params: { patientId } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (isLoading || !data) return <Loading lines={8} />
  const drawer = <EntryDrawer patientId={patientId} />
  const bar = data.can.write && <EntryBar />
  if (data.panels.length === 0)
    return (
      <Stack>
        {bar}
        <Empty title={t('indicators.empty')} hint={t('indicators.emptyHint')} />
        {drawer}
      </Stack>
    )
  if (code)
    return (
      <Stack>
        {bar}
        <CourseDetail patientId={patientId} codes={code} bar={<Around panels={data.panels} code={code} />} />
        {drawer}
      </Stack>
    )
  const panel = data.panels.find((one) => one.code === wished)
  const shown = panel ? [panel] : data.panels
  return (
    <Stack>
      {bar}
      <div className="pb-unprinted">
        <Row>
          <Segmented
            aria-label={t('indicators.view')}
            value={view}
            onChange={(next) => change({ view: next === 'charts' ? undefined : next })}
            options={VIEWS.map((value) => ({ value, label: t(`indicators.${value}`) }))}
          />
          {view !== 'compare' && (
            <PanelChoice panels={data.panels} value={panel?.code} onChange={(next) => change({ panel: next })} />
          )}
          {view === 'charts' && (
            <Segmented
              aria-label={t('indicators.only')}
              value={only ?? 'all'}
              onChange={(next) => change({ only: next === 'all' ? undefined : 'abnormal' })}
              options={[
                { value: 'all', label: t('indicators.all') },
                { value: 'abnormal', label: t('indicators.outOnly') },
              ]}
            />
          )}
          {view !== 'compare' && <PrintButton />}
        </Row>
      </div>
      {view === 'charts' && <SmallMultiples panels={shown} only={only} />}
      {view === 'table' && shown.map((one) => <PanelTable key={one.code} patientId={patientId} panel={one} />)}
      {view === 'compare' && <ExamComparison patientId={patientId} />}
      {drawer}
    </Stack>
  )
}

function PanelChoice({
  panels,
  value,
  onChange,
}: {
  panels: Panels
  value: string | undefined
  onChange: (panel: string | undefined) => void
}) {
  const t = useT('observation')
  return (
    <Select
      aria-label={t('indicators.panel')}
      value={value ?? ''}
      onChange={(next) => onChange(next || undefined)}
      options={[
        { value: '', label: t('indicators.anyPanel') },
        ...panels.map(({ code, name, indicators }) => ({
          value: code,
          label: t('indicators.panelCount', { name, count: indicators.length }),
        })),
      ]}
      popupMatchSelectWidth={false}
      style={{ minWidth: 180 }}
    />
  )
}

/** Back to all of them, or on to the next. */
function Around({ panels, code }: { panels: Panels; code: string }) {
  const t = useT('observation')
  const go = useGo()
  const to = usePatientAddress()
  const codes = panels.flatMap(({ indicators }) => indicators.map((one) => one.code))
  const at = codes.indexOf(code.split(',').at(-1)!)
  const open = (next: string | undefined) => next && go(to(`tab=indicators&code=${encodeURIComponent(next)}`))
  return (
    <div className="pb-unprinted">
      <Row>
        <Go to={to('tab=indicators')}>{t('indicators.all')}</Go>
        <Button disabled={at <= 0} onClick={() => open(codes[at - 1])}>
          {t('indicators.before')}
        </Button>
        <Button disabled={at < 0 || at === codes.length - 1} onClick={() => open(codes[at + 1])}>
          {t('indicators.next')}
        </Button>
        <PrintButton />
      </Row>
    </div>
  )
}

function PanelTable({ patientId, panel }: { patientId: string; panel: Panels[number] }) {
  const { data, error, refetch } = useApi(getCourses, { params: { patientId }, query: { panel: panel.code } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={6} />
  return (
    <Card title={panel.name}>
      <SeriesTable courses={data.indicators} />
    </Card>
  )
}
