import { useMemo } from 'react'
import { useLocale, useT } from '../../../platform/patient-web/index.ts'

interface Moment {
  on: string
  from: string
}

/** A day and a time in the reader's words: 3月4日（周三）10:00. */
export function useWhen(): { day: (on: string) => string; when: (moment: Moment) => string } {
  const locale = useLocale()
  const t = useT('interpretation')
  return useMemo(() => {
    const format = (options: Intl.DateTimeFormatOptions) => {
      const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
      return (on: string) => made.format(new Date(`${on}T00:00:00Z`))
    }
    const day = format({ month: 'long', day: 'numeric' })
    const weekday = format({ weekday: 'short' })
    return { day, when: ({ on, from }) => t('my.day', { day: day(on), weekday: weekday(on), from }) }
  }, [locale, t])
}
