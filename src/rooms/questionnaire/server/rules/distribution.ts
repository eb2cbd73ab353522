/** A value and how often it came. */
export type Counted = readonly [value: number, n: number]

export interface Quarters {
  n: number
  lower: number
  middle: number
  upper: number
}

/** Lower, middle and upper quartile (the value at or below which that share lies). @returns undefined of nothing */
export function quartersOf(values: readonly Counted[]): Quarters | undefined {
  const sorted = values.toSorted((a, b) => a[0] - b[0])
  const n = sorted.reduce((sum, [, count]) => sum + count, 0)
  if (n === 0) return undefined
  const at = (share: number) => {
    let seen = 0
    for (const [value, count] of sorted) if ((seen += count) >= share * n) return value
    return sorted.at(-1)![0]
  }
  return { n, lower: at(0.25), middle: at(0.5), upper: at(0.75) }
}

export interface Bin {
  from: number
  below: number
  n: number
}

const BINS_MAX = 14
/** Widths that people read easily. */
const STEPS = [1, 2, 5]

/** Bars of equal width that cover all values, at most fourteen; whole numbers get whole bars. */
export function binsOf(values: readonly Counted[]): Bin[] {
  if (values.length === 0) return []
  const all = values.map(([value]) => value)
  const [least, most] = [Math.min(...all), Math.max(...all)]
  const width = widthFor(most - least, all.every(Number.isInteger))
  const start = Math.floor(least / width) * width
  const count = Math.floor((most - start) / width + 1e-9) + 1
  const bins = Array.from({ length: count }, (_one, i): Bin => ({
    from: tidy(start + i * width),
    below: tidy(start + (i + 1) * width),
    n: 0,
  }))
  for (const [value, n] of values) bins[Math.min(count - 1, Math.floor((value - start) / width + 1e-9))]!.n += n
  return bins
}

function widthFor(span: number, whole: boolean): number {
  const least = whole ? 1 : span === 0 ? 1 : 10 ** Math.floor(Math.log10(span / BINS_MAX))
  for (let power = least; ; power *= 10)
    for (const step of STEPS) if (Math.floor(span / (power * step)) + 2 <= BINS_MAX + 1) return power * step
}

/** Without the dust of binary fractions. */
const tidy = (value: number) => Math.round(value * 1e6) / 1e6
