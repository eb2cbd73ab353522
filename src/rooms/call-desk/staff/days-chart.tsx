import { Card, Chart, Row, usePalette, useT } from '../../../platform/web/index.ts'
import type { CallFigures } from '../contract/figures.ts'
import './call-desk.css'
import { byMonth } from './by-month.ts'
import { clockText } from './words.tsx'

const BARS = ['due', 'calls', 'answered'] as const

/** More bars than that nobody tells apart: then each stands for a month. */
const DAYS_SHOWN = 92

/** What was due, called and answered, day by day; of a longer time month by month. */
export function DaysChart({ days: each }: Pick<CallFigures, 'days'>) {
  const t = useT('call-desk')
  const palette = usePalette()
  const isLong = each.length > DAYS_SHOWN
  const days = isLong ? byMonth(each) : each
  const title = t(isLong ? 'figures.months' : 'figures.days')
  const colours = { due: palette.strongLine, calls: palette.low, answered: palette.primary }
  const series = BARS.map((key) => ({
    type: 'bar' as const,
    name: t(`figures.${key}`),
    data: days.map((one) => one[key]),
    itemStyle: { color: colours[key] },
    barMaxWidth: isLong ? 24 : 14,
  }))
  return (
    <Card title={title}>
      <Row>
        {BARS.map((key) => (
          <span key={key} className="pb-nowrap">
            <span className="cd-swatch" style={{ background: colours[key] }} aria-hidden="true" /> {t(`figures.${key}`)}
          </span>
        ))}
      </Row>
      <Chart
        label={title}
        heightPx={200}
        option={{
          grid: { left: 36, right: 8, top: 16, bottom: 24 },
          xAxis: { type: 'category', data: days.map(({ day }) => (isLong ? day : day.slice(5))) },
          yAxis: { type: 'value', minInterval: 1 },
          series,
        }}
      />
      <details className="cd-more">
        <summary>{t('figures.table')}</summary>
        <div className="cd-scroll" tabIndex={0} role="region" aria-label={t('figures.table')}>
          <table className="cd-table">
            <thead>
              <tr>
                <th scope="col">{t('figures.when')}</th>
                {BARS.map((key) => (
                  <th key={key} scope="col">
                    {t(`figures.${key}`)}
                  </th>
                ))}
                <th scope="col">{t('figures.talkTotal')}</th>
              </tr>
            </thead>
            <tbody>
              {days
                .filter(({ calls, due }) => calls + due > 0)
                .map((one) => (
                  <tr key={one.day}>
                    <th scope="row">{one.day}</th>
                    <td className="pb-number">{one.due}</td>
                    <td className="pb-number">{one.calls}</td>
                    <td className="pb-number">{one.answered}</td>
                    <td className="pb-number">{clockText(one.talkSeconds)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      </details>
    </Card>
  )
}
