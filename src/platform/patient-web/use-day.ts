import { useLocale } from '../web/language/use-t.ts'

/** A calendar date (`2026-03-02`) as people read it: 2026年3月2日, March 2, 2026. */
export function useDay(): (date: string) => string {
  const words = new Intl.DateTimeFormat(useLocale(), { dateStyle: 'long', timeZone: 'UTC' })
  return (date) => words.format(new Date(`${date}T00:00:00Z`))
}
