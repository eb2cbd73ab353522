import { dateIn } from '../../../platform/clock.ts'

interface Slot {
  startsAt: string
}

export type OnDay<S> = S & {
  /** `14:00`, on the organization's clock. */
  from: string
}

/** 周三, Wed. */
export function weekdayOf(on: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${on}T00:00:00Z`))
}

/** Times day by day, in the order in which they come, with their hour on the organization's clock. */
export function byDay<S extends Slot>(slots: readonly S[], timeZone: string): { on: string; times: OnDay<S>[] }[] {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const days = Map.groupBy(slots, ({ startsAt }) => dateIn(new Date(startsAt), timeZone))
  return [...days].map(([on, times]) => ({
    on,
    times: times.map((slot) => ({ ...slot, from: clock.format(new Date(slot.startsAt)) })),
  }))
}
