import type { Computed } from '../core/instrument.ts'

/** The eight that lean to one side, and 平和 that leans to none. In the order of ZYYXH/T 157-2009. */
export const LEANING = ['qixu', 'yangxu', 'yinxu', 'tanshi', 'shire', 'xueyu', 'qiyu', 'tebing'] as const
export const CONSTITUTIONS = ['pinghe', ...LEANING] as const

export type Constitution = (typeof CONSTITUTIONS)[number]
type Verdict = 'yes' | 'basically' | 'tends' | 'no'

/** Limits of one form. All are reached at the limit itself, but "below" means below. */
export interface ConstitutionLimits {
  yes: number
  tends: number
  /** 平和 needs this much, and all others below. */
  balanced: { from: number; othersBelow: number; basicallyBelow: number }
}

/**
 * Which constitutions scores show. A score between two whole numbers stays below the limit that it does not reach: 39.5
 * of 40 tends.
 */
export function judgeConstitution(
  scores: Readonly<Record<Constitution, number>>,
  { yes, tends, balanced }: ConstitutionLimits,
): Record<Constitution, Verdict> {
  const leaning = LEANING.map((one) => {
    const verdict: Verdict = scores[one] >= yes ? 'yes' : scores[one] >= tends ? 'tends' : 'no'
    return [one, verdict] as const
  })
  const highest = Math.max(...LEANING.map((one) => scores[one]))
  const pinghe: Verdict =
    scores.pinghe < balanced.from || highest >= balanced.basicallyBelow
      ? 'no'
      : highest < balanced.othersBelow
        ? 'yes'
        : 'basically'
  return { ...(Object.fromEntries(leaning) as Record<Constitution, Verdict>), pinghe }
}

/** The one to name first, and what must be read with it. None where nothing shows. */
export function mainConstitution(
  scores: Readonly<Record<Constitution, number>>,
  result: Readonly<Record<Constitution, Verdict>>,
): Pick<Computed, 'band' | 'value' | 'caveats'> {
  const shown = (verdict: Verdict) => LEANING.filter((one) => result[one] === verdict)
  const candidates = shown('yes').length > 0 ? shown('yes') : shown('tends')
  const band = result.pinghe === 'no' ? candidates.toSorted((a, b) => scores[b] - scores[a])[0] : 'pinghe'
  return {
    band,
    value: band && scores[band],
    caveats: ['constitution', ...(candidates.length > 1 ? ['several'] : [])],
  }
}
