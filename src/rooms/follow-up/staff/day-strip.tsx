import { useLocale, useT, useToday } from '../../../platform/web/index.ts'
import './follow-up.css'

export interface DayStripProps {
  days: readonly { day: string; count: number }[]
  chosen: string | undefined
  onChoose: (day: string | undefined) => void
}

/** The next two weeks, each day with how many fall due: one click shows them, another all again. */
export function DayStrip({ days, chosen, onChoose }: DayStripProps) {
  const t = useT('follow-up')
  const locale = useLocale()
  const today = useToday()
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  const most = Math.max(1, ...days.map(({ count }) => count))
  return (
    <div className="pb-days" role="group" aria-label={t('days.label')}>
      {days.map(({ day, count }) => (
        <button
          key={day}
          type="button"
          className="pb-day"
          aria-pressed={chosen === day}
          title={t('days.day', { day, count })}
          onClick={() => onChoose(chosen === day ? undefined : day)}
        >
          <span className="pb-day-name">
            {day === today ? t('days.today') : weekday.format(new Date(`${day}T00:00:00Z`))}
          </span>
          <span className="pb-day-date pb-number">{`${Number(day.slice(5, 7))}/${Number(day.slice(8))}`}</span>
          <span className="pb-day-bar" style={{ height: `${Math.round((count / most) * 20)}px` }} />
          <span className={`pb-day-count pb-number${count === 0 ? ' pb-hint' : ''}`}>{count}</span>
        </button>
      ))}
    </div>
  )
}
