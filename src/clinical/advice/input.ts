/** Why nothing is computed: what is not known, what no formula was made for, and whom it would harm. */
export interface Refused {
  state: 'refused'
  missing: string[]
  outOfRange: { input: string; value: number; min: number; max: number }[]
  /** Codes of reasons in the person, such as `pregnant`. */
  because: string[]
}

export type NumberRanges<K extends string> = Readonly<Record<K, { min: number; max: number }>>

/** Numbers that are absent or beyond their range; nothing is clamped and nothing is filled in. */
export function checkNumbers<const R extends NumberRanges<string>>(
  given: { readonly [name in keyof R]?: number },
  ranges: R,
): Pick<Refused, 'missing' | 'outOfRange'> {
  const names = Object.keys(ranges) as (keyof R & string)[]
  return {
    missing: names.filter((name) => given[name] === undefined || !Number.isFinite(given[name])),
    outOfRange: names.flatMap((input) => {
      const value = given[input]
      const { min, max } = ranges[input]!
      return value !== undefined && Number.isFinite(value) && (value < min || value > max)
        ? [{ input, value, min, max }]
        : []
    }),
  }
}
