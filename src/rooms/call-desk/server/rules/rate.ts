import { shareOf } from '../../../../platform/figures/share.ts'
import type { Rate } from '../../contract/figures.ts'

/** A share in percent to one place, with its interval; of too few it is not told (platform/figures/share.ts). */
export function rateOf(n: number, of: number): Rate {
  const { share, low, high } = shareOf(n, of)
  return { n, of, percent: percent(share), low: percent(low), high: percent(high) }
}

const percent = (share: number | null) => (share === null ? null : Math.round(share * 1000) / 10)
