import { Select } from 'antd'
import { z } from 'zod'
import {
  Card,
  Chart,
  Empty,
  InstantText,
  Loading,
  ProblemAlert,
  Stack,
  useAddress,
  useApi,
  usePalette,
  useT,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { CARE_FIGURES, careReports, type CareFigure } from '../contract/care-figures.ts'
import { ShareText, type Share } from './share-text.tsx'
import './care-figures.css'

const schema = z.object({ which: z.enum(CARE_FIGURES).optional(), whose: z.string().optional() })
const ALL = ''

/** 月报: one figure of all, or of one pathway, month by month, as it stood when each month was over. */
export function ReportsTab() {
  const t = useT('care-figures')
  const [address, change] = useAddress(schema)
  const { data, error, refetch } = useApi(careReports)
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={8} />
  if (data.reports.length === 0) return <Empty title={t('reports.empty')} hint={t('reports.emptyHint')} />
  const whose = data.pathways.some(({ code }) => code === address.whose) ? address.whose! : ALL
  const figuresIn = (report: (typeof data.reports)[number]) =>
    whose === ALL ? report.total : (report.pathways.find(({ code }) => code === whose)?.figures ?? {})
  const known = CARE_FIGURES.filter((figure) => data.reports.some((report) => figuresIn(report)[figure]))
  const which = known.includes(address.which as CareFigure)
    ? address.which!
    : (known.find((one) => one === 'completion') ?? known[0])
  return (
    <Stack>
      <p className="pb-hint">{t('reports.hint')}</p>
      <div className="cf-bar-row">
        <label>
          {t('reports.whose')}{' '}
          <Select
            aria-label={t('reports.whose')}
            value={whose}
            popupMatchSelectWidth={false}
            style={{ minWidth: 180 }}
            onChange={(code) => change({ whose: code || undefined })}
            options={[
              { value: ALL, label: t('all') },
              ...data.pathways.map(({ code, name }) => ({ value: code, label: name })),
            ]}
          />
        </label>
        <label>
          {t('reports.which')}{' '}
          <Select<CareFigure>
            aria-label={t('reports.which')}
            {...(which ? { value: which } : {})}
            style={{ minWidth: 120 }}
            onChange={(figure) => change({ which: figure })}
            options={known.map((value) => ({ value, label: t(`name.${value}`) }))}
          />
        </label>
      </div>
      {which && <OneFigure figure={which} reports={data.reports} figuresIn={figuresIn} />}
    </Stack>
  )
}

type Report = OutputOf<typeof careReports>['reports'][number]

interface OneFigureProps {
  figure: CareFigure
  reports: readonly Report[]
  figuresIn: (report: Report) => Partial<Record<CareFigure, Share>>
}

function OneFigure({ figure, reports, figuresIn }: OneFigureProps) {
  const t = useT('care-figures')
  const palette = usePalette()
  const name = t(`name.${figure}`)
  const told = reports
    .toReversed()
    .map((report) => ({ month: report.month.slice(0, 7), of: figuresIn(report)[figure] }))
  const percents = (key: 'share' | 'low' | 'high') =>
    told.map(({ of }) => (of?.[key] == null ? null : Math.round(of[key] * 1000) / 10))
  const edge = (key: 'low' | 'high') => ({
    type: 'line' as const,
    name: t(`reports.${key}`),
    data: percents(key),
    symbol: 'none',
    lineStyle: { type: 'dashed' as const, width: 1, color: palette.primary, opacity: 0.6 },
    itemStyle: { color: palette.primary },
  })
  return (
    <Card title={name}>
      <p className="pb-hint">{t(`means.${figure}`)}</p>
      {told.filter(({ of }) => of?.share != null).length > 1 && (
        <Chart
          label={t('reports.chart', { name })}
          heightPx={220}
          option={{
            grid: { left: 40, right: 12, top: 16, bottom: 24 },
            xAxis: { type: 'category', data: told.map(({ month }) => month) },
            yAxis: { type: 'value', min: 0, max: 100 },
            series: [
              {
                type: 'line',
                name: t('reports.line', { name }),
                data: percents('share'),
                symbolSize: 8,
                itemStyle: { color: palette.primary },
                lineStyle: { color: palette.primary },
              },
              edge('low'),
              edge('high'),
            ],
          }}
        />
      )}
      <div className="cf-scroll" tabIndex={0} role="region" aria-label={t('reports.chart', { name })}>
        <table className="cf-table">
          <thead>
            <tr>
              <th scope="col">{t('reports.month')}</th>
              <th scope="col">{name}</th>
              <th scope="col">{t('reports.madeAt')}</th>
            </tr>
          </thead>
          <tbody>
            {reports.map((report) => {
              const of = figuresIn(report)[figure]
              return (
                <tr key={report.month}>
                  <th scope="row" className="pb-nowrap">
                    {report.month.slice(0, 7)}
                  </th>
                  <td>{of ? <ShareText of={of} /> : '–'}</td>
                  <td className="pb-nowrap">
                    <InstantText at={report.madeAt} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
