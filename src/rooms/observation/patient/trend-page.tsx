import { Explained, Loaded, MoreAbout, OwnPage, useOwn, useT, useWhose } from '../../../platform/patient-web/index.ts'
import { readOwnTrend, type OwnTrend } from '../contract/own.ts'
import { flagWord, inWords, isOut, useDay } from './own-words.ts'
import { TrendFigure } from './trend-figure.tsx'

/** One indicator large: the newest value, where it goes, what it tells, and all there is below. */
export function TrendPage({ parameter: code }: { parameter: string }) {
  const t = useT('observation')
  const whose = useWhose()
  const own = useOwn(readOwnTrend, { params: { code } })
  return (
    <OwnPage
      title={own.data?.name ?? t('my.trends.title')}
      back="/my/trends"
      backText={t(whose ? 'my.trend.backTheirs' : 'my.trend.back')}
    >
      <Loaded of={own}>{(trend) => <TheTrend code={code} trend={trend} />}</Loaded>
    </OwnPage>
  )
}

function TheTrend({ code, trend }: { code: string; trend: OwnTrend }) {
  const t = useT('observation')
  const day = useDay()
  const [on, value, flag, low, high, comparator, text] = trend.points.at(-1)!
  const shown = { decimals: trend.decimals, unit: trend.unitPrinted }
  const printed = low !== null || high !== null ? { low, high } : null
  const interval = trend.kind === 'number' ? (printed ?? trend.ours) : null
  return (
    <>
      <section className="pp-card">
        <p className="pp-newest">
          <strong>{inWords({ value, text, comparator }, shown)}</strong> {day(on)}
        </p>
        {flag && <p className={isOut(flag) ? 'pp-out' : undefined}>{flagWord(flag, t)}</p>}
        {interval && (
          <p className="pp-hint">
            {t(printed ? 'my.trend.range' : 'my.trend.rangeOurs', { range: rangeIn(interval, t) })}
          </p>
        )}
        <TrendFigure trend={trend} interval={interval} />
        {trend.kind === 'number' && trend.points.length > 1 && trend.words.map((words) => <p key={words}>{words}</p>)}
      </section>
      {trend.meaning && (
        <section className="pp-card">
          <h2>{t('my.trend.meaning')}</h2>
          <p>
            <Explained text={`${trend.name}${t('my.trend.colon')}${trend.meaning}`} />
          </p>
          <MoreAbout topics={[`indicator:${code}`]} word={trend.name} />
          <p className="pp-hint">{t('my.trend.notDiagnosis')}</p>
        </section>
      )}
      <section>
        <h2 className="pp-section">{t('my.trend.all')}</h2>
        <table className="pp-table">
          <thead>
            <tr>
              <th scope="col">{t('my.trend.date')}</th>
              <th scope="col">{t('my.trend.value')}</th>
              <th scope="col">{t('my.trend.compared')}</th>
            </tr>
          </thead>
          <tbody>
            {trend.points.toReversed().map((point, n) => (
              <tr key={`${point[0]} ${n}`}>
                <th scope="row">{day(point[0])}</th>
                <td>{inWords({ value: point[1], comparator: point[5], text: point[6] }, shown)}</td>
                <td className={isOut(point[2]) ? 'pp-out' : undefined}>{flagWord(point[2], t)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

function rangeIn({ low, high }: { low: number | null; high: number | null }, t: ReturnType<typeof useT>): string {
  if (low !== null && high !== null) return `${low}–${high}`
  return low === null ? t('my.trend.atMost', { value: high }) : t('my.trend.atLeast', { value: low })
}
