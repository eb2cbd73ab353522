/** A unit that a limit may be typed in: stored = typed × factor + offset. */
export interface TypedUnit {
  name: string
  factor: number
  offset: number
}

/** @param isDifference a change has no zero to be moved: only the factor counts */
export function storedOf(typed: number, { factor, offset }: TypedUnit, isDifference: boolean): number {
  return round(typed * factor + (isDifference ? 0 : offset), 8)
}

/** Five figures are what anybody types; what is beyond them is noise of the way there and back. */
export function typedOf(stored: number, { factor, offset }: TypedUnit, isDifference: boolean): number {
  if (factor === 1 && (offset === 0 || isDifference)) return stored
  return round((stored - (isDifference ? 0 : offset)) / factor, 5)
}

function round(value: number, figures: number): number {
  return Number(value.toPrecision(figures))
}
