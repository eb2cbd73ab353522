import { columnsAt, type ReferenceTable } from './reference-pack.ts'

/** Box-Cox power, median and coefficient of variation (Cole and Green 1992). */
export interface Lms {
  L: number
  M: number
  S: number
}

/** L, M and S at x; `undefined` outside the table or where there is no table. */
export function lmsAt(table: ReferenceTable | undefined, x: number): Lms | undefined {
  const found = table && columnsAt(table, x)
  return found && { L: found[0]!, M: found[1]!, S: found[2]! }
}

export function zOf(value: number, { L, M, S }: Lms): number {
  return L === 0 ? Math.log(value / M) / S : ((value / M) ** L - 1) / (L * S)
}

/** The measure that lies `z` standard deviations from the median. */
export function measureAt(z: number, { L, M, S }: Lms): number {
  return L === 0 ? M * Math.exp(S * z) : M * (1 + L * S * z) ** (1 / L)
}

/**
 * WHO's restricted application for what depends on weight: beyond three standard deviations the distance between the
 * second and the third is the measure, as the tails of the data are thin. Never for height or head.
 */
export function restrictedZOf(value: number, lms: Lms): number {
  const z = zOf(value, lms)
  if (Math.abs(z) <= 3) return z
  const side = Math.sign(z)
  const third = measureAt(3 * side, lms)
  const step = Math.abs(third - measureAt(2 * side, lms))
  return 3 * side + (value - third) / step
}

/** Percentile of a z in a normal distribution, to 1e-5 (Abramowitz and Stegun 26.2.17). */
export function percentileOf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const tail =
    (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return 100 * (z > 0 ? 1 - tail : tail)
}
