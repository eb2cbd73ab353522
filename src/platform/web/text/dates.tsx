import { dateIn, daysBetween } from '../../clock.ts'
import { useLocale, useT } from '../language/use-t.ts'
import { useTimeZone, useToday } from '../page/session.ts'
import { dateWords, nearDay, timeWords, weekdayWords } from './day-words.ts'

/** A calendar date `YYYY-MM-DD`; nothing for null. */
export function DateText({ date }: { date: string | null | undefined }) {
  const locale = useLocale()
  if (!date) return null
  return <time dateTime={date}>{dateWords(date, locale)}</time>
}

/** An instant in the organization's time zone: `2026-03-02 14:05`; today and yesterday by their words. */
export function InstantText({ at, near = true }: { at: string | null | undefined; near?: boolean }) {
  const t = useT('web')
  const locale = useLocale()
  const timeZone = useTimeZone()
  const today = useToday()
  if (!at) return null
  const instant = new Date(at)
  const date = dateIn(instant, timeZone)
  const close = near ? nearDay(date, today, 1) : undefined
  const day = close ? t(`day.${close.key}`) : dateWords(date, locale)
  return (
    <time dateTime={at} className="pb-nowrap">
      {day} {timeWords(instant, timeZone)}
    </time>
  )
}

export interface RelativeDayProps {
  date: string | null | undefined
  /** Marks a day that has passed as overdue, in words and amber: for what is still to be done. */
  due?: boolean
}

/** 今天, 明天（周二）, 3 天后, then the date itself: for what is planned. */
export function RelativeDay({ date, due = false }: RelativeDayProps) {
  const t = useT('web')
  const locale = useLocale()
  const today = useToday()
  if (!date) return null
  const near = nearDay(date, today)
  const overdue = due && date < today
  const words = near ? t(`day.${near.key}`, { count: near.count }) : dateWords(date, locale)
  const title = `${dateWords(date, locale)} ${weekdayWords(date, locale)}`
  return (
    <time dateTime={date} title={title} className={`pb-nowrap${overdue ? ' pb-due' : ''}`}>
      {overdue ? t(near ? 'day.overdueDays' : 'day.overdue', { day: words, count: daysBetween(date, today) }) : words}
    </time>
  )
}
