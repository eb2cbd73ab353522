import variation from './variation.json' with { type: 'json' }

/** How much two results of one person in a steady state differ before it is more than the usual ups and downs. */
export interface ReferenceChange {
  /** A rise of more than so many percent of the former value, or a fall of more; both above zero. */
  upPercent: number
  downPercent: number
  /** Where the variation of the body is taken from. */
  source: string
  /** `m`: some figure of it is known from memory, to be confirmed in print. */
  check?: 'm'
}

interface Variation {
  code: string
  cvi: number
  source: string
  check?: 'm'
  cva?: number
  cvaSource?: string
  cvaCheck?: 'm'
}

// TypeScript widens the literals of a JSON file to string; reference-change.test.ts checks the shape.
const byCode = new Map((variation.analytes as Variation[]).map((one) => [one.code, one]))
const sources: Readonly<Record<string, string>> = variation.sources

/** Both ends of 95 of 100 differences between two results: 1.96 · √2. */
const TWO_RESULTS = 1.959964 * Math.SQRT2

/**
 * The reference change value of an indicator at 95 %, two-sided; undefined where its variation is not known.
 * By the log-normal form, since a rise may be larger than a fall (Fokkema MR et al., Clin Chem 2006;52:1602-1603);
 * without a known imprecision half of the body's variation is taken (Fraser CG, Biological Variation, 2001).
 */
export function referenceChange(code: string): ReferenceChange | undefined {
  const known = byCode.get(code)
  if (!known) return undefined
  const { cvi, cva = cvi / 2 } = known
  const sigma = Math.sqrt(Math.log(1 + (cvi ** 2 + cva ** 2) / 100 ** 2))
  return {
    upPercent: 100 * Math.expm1(TWO_RESULTS * sigma),
    downPercent: -100 * Math.expm1(-TWO_RESULTS * sigma),
    source: sources[known.source] ?? known.source,
    ...((known.check || known.cvaCheck) && { check: 'm' as const }),
  }
}

/** Whether the step from one value to the next is more than its usual variation; undefined where that is not known. */
export function exceedsVariation(code: string, before: number, after: number): boolean | undefined {
  const limit = referenceChange(code)
  if (!limit || before <= 0) return undefined
  const percent = (after / before - 1) * 100
  return percent > limit.upPercent || -percent > limit.downPercent
}
