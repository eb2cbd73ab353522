import { addDays, addMonths } from '../../../platform/clock.ts'
import type { Interval } from './step.ts'

export function addInterval(date: string, { days = 0, months = 0 }: Interval): string {
  return addDays(months === 0 ? date : addMonths(date, months), days)
}
