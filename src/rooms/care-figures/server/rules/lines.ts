import { shareOf, type Share } from '../../../../platform/figures/share.ts'
import { CARE_FIGURES, type CareFigure } from '../../contract/care-figures.ts'

export interface Fraction {
  count: number
  n: number
}
export type Fractions = Partial<Record<CareFigure, Fraction>>
export type Shares = Partial<Record<CareFigure, Share>>

/** One figure of a report; `pathway` is empty for all together. */
export interface ReportLine extends Fraction {
  pathway: string
  figure: CareFigure
}

/** Each pathway has its own targets: what they come to together says nothing. */
const NEVER_ADDED: readonly CareFigure[] = ['control']

/** What several pathways come to together. */
export function totalOf(those: readonly Fractions[]): Fractions {
  const keys = CARE_FIGURES.filter((key) => !NEVER_ADDED.includes(key) && those.some((one) => one[key]))
  const sum = (key: CareFigure, of: keyof Fraction) => those.reduce((total, one) => total + (one[key]?.[of] ?? 0), 0)
  return Object.fromEntries(keys.map((key) => [key, { count: sum(key, 'count'), n: sum(key, 'n') }]))
}

export function sharesOf(of: Fractions): Shares {
  return Object.fromEntries(Object.entries(of).map(([key, { count, n }]) => [key, shareOf(count, n)]))
}

export function linesOf(pathway: string, of: Fractions): ReportLine[] {
  return Object.entries(of).map(([figure, { count, n }]) => ({ pathway, figure: figure as CareFigure, count, n }))
}

export function fractionsOf(lines: readonly ReportLine[], pathway: string): Fractions {
  const those = lines.filter((line) => line.pathway === pathway)
  return Object.fromEntries(those.map(({ figure, count, n }) => [figure, { count, n }]))
}

/** How plans stood, added up over pathways. */
export function standingOf(those: readonly Partial<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const one of those) for (const [how, count] of Object.entries(one)) total[how] = (total[how] ?? 0) + count!
  return total
}
