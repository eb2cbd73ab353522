import type { Collection } from './value.ts'

/** What an expression may ask of the world around it. Nothing else reaches it: no clock, no network. */
export interface Scope {
  /** `%name`, without the sign; undefined for a name nobody declared. */
  variable(name: string): Collection | undefined
  /** Calendar date of the person's own zone, `YYYY-MM-DD`. */
  today: string
  /** Instant in ISO 8601. */
  now: string
  /** The points an answer carries, by `ordinalValue` or `itemWeight`. */
  weight(value: unknown): number | undefined
}

/** A compiled part: `self` is what `$this` stands for, `position` is `$index`. */
export type Step = (self: Collection, scope: Scope, position: number) => Collection

/** A function of FHIRPath: its arguments come unevaluated, so that `where` and `iif` decide when they run. */
export type PathFunction = (
  input: Collection,
  args: readonly Step[],
  at: { self: Collection; scope: Scope; position: number },
) => Collection
