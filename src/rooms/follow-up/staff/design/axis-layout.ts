import type { Placed } from '../../contract/axis.ts'

/** A chip takes about this share of what is seen at once. */
const CHIP_SHARE = 0.15

/** In which row of its line each step stands, so that no chip covers another. */
export function rowsOf(placed: readonly Placed[], zoom: number): Map<string, number> {
  const rows = new Map<string, number>()
  const ends: number[] = []
  for (const { step, day } of placed.filter(({ nth }) => nth === 1).toSorted((a, b) => a.day - b.day)) {
    const free = ends.findIndex((end) => end <= day)
    const row = free < 0 ? ends.length : free
    ends[row] = day + zoom * CHIP_SHARE
    rows.set(step, row)
  }
  return rows
}

/** Days that are named along the axis: about eight at once. */
export function ticksOf(whole: number, zoom: number): number[] {
  const every = [1, 7, 14, 30, 60, 90, 180].find((days) => zoom / days <= 8) ?? 366
  return Array.from({ length: Math.floor(whole / every) + 1 }, (_, at) => at * every)
}
