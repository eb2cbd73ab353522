import { useLocale } from '../../../platform/patient-web/index.ts'

/** A calendar date or an instant as the reader writes a day. */
export function useDay(): (at: string) => string {
  const locale = useLocale()
  const format = (timeZone: string | undefined) =>
    new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', day: 'numeric', timeZone })
  return (at) =>
    at.length === 10 ? format('UTC').format(new Date(`${at}T00:00:00Z`)) : format(undefined).format(new Date(at))
}
