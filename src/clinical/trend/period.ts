import { daysPerYear } from './day.ts'

/** A day, or the middle of the days that were gathered, with the mean of its values. */
export interface Period {
  /** Days since 1970-01-01; a fraction where days were gathered. */
  day: number
  mean: number
}

/** Up to so many days are compared one by one; beyond, the months are: pairs grow with the square. */
const DAYS_MOST = 120
const MONTHS_MOST = 240

/**
 * What slopes are taken over: the days themselves, or, for who measures at home each morning, the means of the months,
 * the latest twenty years of them. A month counts once, whether it has one value or sixty.
 * @param days distinct, oldest first
 */
export function steadyPeriods(days: readonly Period[]): readonly Period[] {
  if (days.length <= DAYS_MOST) return days
  const months = Map.groupBy(days, ({ day }) => Math.floor((day / daysPerYear) * 12))
  const means = [...months.values()].map((same) => ({
    day: same.reduce((sum, { day }) => sum + day, 0) / same.length,
    mean: same.reduce((sum, { mean }) => sum + mean, 0) / same.length,
  }))
  // Where all of it lies within a few months, the latest days say more than three means
  return means.length >= 12 ? means.slice(-MONTHS_MOST) : days.slice(-DAYS_MOST)
}
