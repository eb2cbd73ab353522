import { dateIn, minuteOfDay } from '../../../platform/clock.ts'

/** `2026-03-02 10:05`, in a time zone. */
export function clockText(at: Date, timeZone: string): string {
  const minute = minuteOfDay(at, timeZone)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${dateIn(at, timeZone)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}
