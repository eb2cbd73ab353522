/** `[from, points]` in rising order: a table of points by lower bounds. */
export type Steps = readonly (readonly number[])[]

/** Points of the last step that begins at or below the value; throws a RangeError below the first. */
export function pointsAt(steps: Steps, value: number): number {
  const step = steps.findLast(([from]) => value >= from!)
  if (!step) throw new RangeError(`${value} lies below the first step of the table`)
  return step[1]!
}
