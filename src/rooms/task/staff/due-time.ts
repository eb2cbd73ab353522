import { instantAt, minuteOfDay } from '../../../platform/clock.ts'

/** Day and hour as the contract has them: an instant, or none for the whole day. */
export function dueAtOf({ dueOn, dueTime }: { dueOn: string; dueTime?: string | null }, timeZone: string): string | null {
  if (!dueTime) return null
  const [hours = 0, minutes = 0] = dueTime.split(':').map(Number)
  return instantAt(dueOn, hours * 60 + minutes, timeZone).toISOString()
}

/** The other way: the hour of an instant where the house is. */
export function dueTimeOf(dueAt: string | null, timeZone: string): string | null {
  if (!dueAt) return null
  const minute = minuteOfDay(new Date(dueAt), timeZone)
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
