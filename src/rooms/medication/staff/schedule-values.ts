import type { DoseDays, ScheduleContent } from '../contract/words.ts'
import { minuteOf, timeOf } from './words.ts'

/** As it stands in the form. */
export interface Values {
  medicationId?: string
  name: string
  dose: string
  kind: DoseDays['kind']
  weekdays?: number[]
  everyDays?: number
  times: string[]
  fromOn: string
  untilOn?: string | null
  words?: string
  remind: boolean
}

export function valuesOf(content: ScheduleContent | undefined, today: string): Partial<Values> {
  if (!content)
    return { kind: 'daily', times: ['08:00'], fromOn: today, remind: true, everyDays: 2, weekdays: [1, 3, 5] }
  const { days, minutes, ...rest } = content
  return {
    ...rest,
    kind: days.kind,
    weekdays: days.kind === 'weekdays' ? days.days : [1, 3, 5],
    everyDays: days.kind === 'every' ? days.days : 2,
    times: minutes.map(timeOf),
  }
}

export function contentOf(values: Values): ScheduleContent {
  const { name, dose, words = '', fromOn, untilOn, remind } = values
  const minutes = [...new Set(values.times.map(minuteOf))].toSorted((a, b) => a - b)
  return { name, dose, words, fromOn, untilOn: untilOn || null, remind, minutes, days: daysOf(values) }
}

function daysOf({ kind, weekdays = [], everyDays = 2 }: Values): DoseDays {
  if (kind === 'weekdays') return { kind, days: weekdays }
  return kind === 'every' ? { kind, days: everyDays } : { kind }
}
