import { useMemo } from 'react'
import { useLocale } from '../../../platform/patient-web/index.ts'

/** A calendar date in the reader's words: 3月1日. */
export function useDay(): (date: string) => string {
  const locale = useLocale()
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', timeZone: 'UTC' })
    return (date) => format.format(new Date(`${date}T00:00:00Z`))
  }, [locale])
}
