import type { T } from '../../../platform/web/index.ts'
import type { DoseDays, ScheduleContent } from '../contract/words.ts'

export const timeOf = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

export const minuteOf = (time: string) => {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}

export function daysWords(t: T, days: DoseDays): string {
  if (days.kind === 'daily') return t('days.daily')
  if (days.kind === 'every') return t('days.everyN', { days: days.days })
  const names = days.days.toSorted((a, b) => a - b).map((day) => t(`weekday.${day as 1}`))
  return t('days.on', { days: names.join(t('days.and')) })
}

/** “每天 08:00、20:00”. */
export const whenWords = (t: T, { days, minutes }: ScheduleContent) =>
  `${daysWords(t, days)} ${minutes.map(timeOf).join(t('days.and'))}`
