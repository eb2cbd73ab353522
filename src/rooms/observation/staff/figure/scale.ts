/** From a number to a place in pixels. */
export type Scale = (value: number) => number

export interface Extent {
  min: number
  max: number
}

/** Days since 1970-01-01 of a calendar date. */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000
/** The calendar date of a day. */
export const dateOf = (day: number): string => new Date(Math.floor(day) * 86_400_000).toISOString().slice(0, 10)

export function scale({ min, max }: Extent, [from, to]: readonly [number, number]): Scale {
  const span = max - min || 1
  return (value) => from + ((value - min) / span) * (to - from)
}

/** From the lowest to the highest with a little air; one value, or none, gets air too. What is never negative stays so. */
export function extentOf(numbers: readonly number[], air = 0.1): Extent {
  let [min, max] = [Infinity, -Infinity]
  for (const one of numbers) {
    min = Math.min(min, one)
    max = Math.max(max, one)
  }
  if (min > max) return { min: 0, max: 1 }
  const room = (max - min || Math.abs(max) || 1) * air
  return { min: min >= 0 ? Math.max(0, min - room) : min - room, max: max + room }
}

/** Round numbers inside an extent, about `count` of them. */
export function niceTicks({ min, max }: Extent, count: number): number[] {
  const rough = (max - min) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10)
  const first = Math.ceil(min / step - 1e-9)
  const last = Math.floor(max / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)))
}

const STEPS_MONTHS = [1, 2, 3, 6, 12, 24, 60, 120, 240]

/** First days of months or years inside an extent of days, at most `most`; each with its date. */
export function dateTicks({ min, max }: Extent, most: number): { day: number; date: string; yearly: boolean }[] {
  const monthAt = (day: number) => {
    const [year, month] = dateOf(day).split('-').map(Number)
    return year! * 12 + month! - 1
  }
  const [first, last] = [monthAt(min), monthAt(max)]
  const step = STEPS_MONTHS.find((months) => (last - first) / months <= most) ?? 240
  const ticks = []
  for (let month = Math.ceil(first / step) * step; month <= last; month += step) {
    const day = Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000
    if (day >= min && day <= max) ticks.push({ day, date: dateOf(day), yearly: step >= 12 })
  }
  return ticks
}
