import { addDays } from '../../../platform/clock.ts'
import { firstStepOn, placeMany, spreadOf } from '../contract/spread.ts'
import { shippedProtocols } from './shipped.ts'

/** More than fit into any stretch of days as a trickle. */
const MANY = 100_000
const known = new Map<string, string[]>()

/**
 * The days on which people of a shipped pathway begin when very many come in on one day, by its own rule and the days of the
 * week; of one that does not spread, that day alone.
 */
export function daysAfterGoLive(code: string, on: string): string[] {
  const key = `${code} ${on}`
  const days = known.get(key) ?? reckon(code, on)
  known.set(key, days)
  return days
}

function reckon(code: string, on: string): string[] {
  const definition = shippedProtocols.find((one) => one.code === code)
  const rule = definition && spreadOf(definition)
  if (!rule) return [on]
  const isOpen = (day: string) => isWeekday(firstStepOn(definition, day))
  const begun = { begins: new Map<string, number>(), entered: MANY }
  const days = placeMany(rule, MANY, begun, { today: on, isOpen }).map((one) => one.on)
  return days.filter((day) => day <= addDays(on, 180))
}

function isWeekday(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday >= 1 && weekday <= 5
}
