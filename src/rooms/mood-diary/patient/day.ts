export const MOODS = [5, 4, 3, 2, 1] as const

/** 11月22日, Nov 22. */
export function dayWords(on: string, locale: string): string {
  const day = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' })
  return day.format(new Date(`${on}T00:00:00Z`))
}

/** The calendar date so many days before. */
export function backFrom(today: string, days: number): string {
  const [year, month, day] = today.split('-').map(Number)
  return new Date(Date.UTC(year!, month! - 1, day! - days)).toISOString().slice(0, 10)
}

/** How many days a date lies back. */
export function daysBack(today: string, on: string): number {
  return Math.round((Date.parse(today) - Date.parse(on)) / 86_400_000)
}

/** The mean mood of each day, oldest first: a day may have several entries. */
export function dailyMoods(entries: readonly { on: string; mood: number }[]): { on: string; mood: number }[] {
  return [...Map.groupBy(entries, ({ on }) => on)]
    .map(([on, same]) => ({ on, mood: same.reduce((sum, { mood }) => sum + mood, 0) / same.length }))
    .toSorted((a, b) => (a.on < b.on ? -1 : 1))
}
