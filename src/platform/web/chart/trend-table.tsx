import { useT } from '../language/use-t.ts'
import { InstantText, DateText } from '../text/dates.tsx'
import { Flag } from '../text/flag.tsx'
import { sideOf, type TrendSeries } from './trend.ts'

const FLAGS = { high: 'H', low: 'L', in: null, unknown: null }

/** The same values to be read: by everyone on request, by screen readers always. Newest first. */
export function TrendTable({ series, unit, caption, hidden }: { series: readonly TrendSeries[]; unit: string; caption: string; hidden: boolean }) {
  const t = useT('web')
  const rows = series
    .flatMap(({ name, points }) => points.map((point) => ({ name, point })))
    .toSorted((a, b) => Date.parse(b.point.at) - Date.parse(a.point.at))
  const named = series.length > 1
  return (
    <div className={hidden ? 'pb-sr' : undefined}>
      <table className="pb-chart-table">
        <caption className={hidden ? undefined : 'pb-sr'}>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('chart.date')}</th>
            {named && <th scope="col">{t('chart.name')}</th>}
            <th scope="col">{t('chart.value', { unit })}</th>
            <th scope="col">{t('chart.range')}</th>
            <th scope="col">{t('chart.source')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, point }, index) => (
            // Two values may stand at the same moment; the list is made anew with the data.
            <tr key={index}>
              <td>{point.at.length === 10 ? <DateText date={point.at} /> : <InstantText at={point.at} near={false} />}</td>
              {named && <td>{name}</td>}
              <td>
                {point.text ?? point.value} <Flag code={FLAGS[sideOf(point)]} />
              </td>
              <td>{typeof point.low === 'number' || typeof point.high === 'number' ? `${point.low ?? ''}–${point.high ?? ''}` : ''}</td>
              <td>{point.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
