import { useLocale } from '../../../platform/patient-web/index.ts'

/** An instant as a day of the phone's own calendar. */
export function useDay(): (at: string) => string {
  const locale = useLocale()
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  })
  return (at) => format.format(new Date(at))
}
