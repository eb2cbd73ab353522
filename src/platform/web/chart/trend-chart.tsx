import { useMemo, useState, type ReactNode } from 'react'
import { dateIn } from '../../clock.ts'
import { useLocale, useT } from '../language/use-t.ts'
import { FONTS } from '../look/look.tsx'
import { usePalette } from '../look/theme.ts'
import { useTimeZone } from '../page/session.ts'
import { dateWords, monthDayWords, monthWords } from '../text/day-words.ts'
import { Chart } from './chart.tsx'
import { sideOf, type TrendEvent, type TrendSeries } from './trend.ts'
import { trendOption } from './trend-option.ts'
import { TrendTable } from './trend-table.tsx'

export interface TrendChartProps {
  title: ReactNode
  /** The title as text, for screen readers, where `title` is more than that. */
  name?: string
  unit: string
  /** Usually one; blood pressure has two. Points from old to new. */
  series: readonly TrendSeries[]
  /** Surgery, a new medicine, a stay: on the axis. */
  events?: readonly TrendEvent[]
  heightPx?: number
  /** Of values that are steps, such as 1 to 5; without it the axis goes as far as the values. */
  scale?: { min: number; max: number; step: number }
}

/** Beyond half a year months say more than days. */
const LONG_MS = 180 * 86_400_000

/** The values of one person over time, as a picture or as a table. */
export function TrendChart({ title, name, unit, series, events = [], heightPx = 220, scale }: TrendChartProps) {
  const t = useT('web')
  const locale = useLocale()
  const timeZone = useTimeZone()
  const palette = usePalette()
  const [asTable, setAsTable] = useState(false)
  const called = name ?? (typeof title === 'string' ? title : '')
  const option = useMemo(
    () =>
      trendOption({
        series,
        events,
        unit,
        ...(scale ? { scale } : {}),
        palette,
        fontFamily: FONTS,
        dayWords: (time) => dateWords(dateIn(new Date(time), timeZone), locale),
        axisWords: (time, spanMs) => (spanMs > LONG_MS ? monthWords : monthDayWords)(new Date(time), locale, timeZone),
        sideWords: (side) => t(`flag.${side}`),
      }),
    [series, events, unit, scale, palette, locale, timeZone, t],
  )
  const points = series.flatMap((one) => one.points)
  const out = points.filter((point) => ['high', 'low'].includes(sideOf(point))).length
  return (
    <section className="pb-stack pb-stack-tight" aria-label={called}>
      <div className="pb-chart-head">
        <h3>{title}</h3>
        <span className="pb-hint">{unit}</span>
        {points.length > 0 && (
          <button type="button" className="pb-link" onClick={() => setAsTable(!asTable)}>
            {t(asTable ? 'chart.asChart' : 'chart.asTable')}
            <span className="pb-sr">{called}</span>
          </button>
        )}
      </div>
      {points.length === 0 && <p className="pb-hint">{t('chart.empty')}</p>}
      {points.length > 0 && !asTable && <Chart option={option} heightPx={heightPx} label={t('chart.label', { name: called, count: points.length, out })} />}
      {points.length > 0 && <TrendTable series={series} unit={unit} caption={called} hidden={!asTable} />}
    </section>
  )
}
