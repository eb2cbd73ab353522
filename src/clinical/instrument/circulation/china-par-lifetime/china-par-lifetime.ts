import type { Instrument, InstrumentCard } from '../../core/instrument.ts'
import { tenYearBand, tenYearRiskPct } from '../china-par-10y/china-par-10y.ts'
import { chinaParForms, idealTwin, weightedSum, type Audience, type ChinaParPerson } from '../china-par-person.ts'
import card from './model.json' with { type: 'json' }

const alpha: Record<ChinaParPerson['sex'], Record<string, number>> = card.alpha

/** Per cent up to the age of 85: 1 − exp(−exp(α[sex][age] + Σβx)), rebuilt from official outputs. Ages 20 to 59. */
export function lifetimeRiskPct(person: ChinaParPerson): number {
  const sum = alpha[person.sex][person.ageYears]! + weightedSum(card.coefficients[person.sex], person)
  return 100 * (1 - Math.exp(-Math.exp(sum)))
}

/** 中国心血管病风险评估和管理指南 2019: high from 32.8 per cent. */
export function lifetimeBand(lifetimePct: number): 'low' | 'high' {
  return lifetimePct >= 32.8 ? 'high' : 'low'
}

/** The waist of men has a negative coefficient here too (−0.38): it stays put. */
const audiences: readonly Audience[] = [
  { code: 'men', has: ({ sex }) => sex === 'male', movable: { smoking: true } },
  { code: 'women', has: ({ sex }) => sex === 'female', movable: { waist: true, smoking: true } },
]

/** Years with few official outputs to rebuild α from. */
const looseAges = { male: [29, 31, 35, 58], female: [26, 31, 32, 37] }

export const chinaParLifetime: Instrument = {
  card: card as InstrumentCard,
  forms: chinaParForms({ min: 20, max: 59 }, audiences, (person) => {
    const lifetimePct = lifetimeRiskPct(person)
    return {
      output: { lifetimePct, idealLifetimePct: lifetimeRiskPct(idealTwin(person)) },
      band: lifetimeBand(lifetimePct),
      value: lifetimePct,
      caveats: [
        'reconstructed',
        ...(looseAges[person.sex].includes(person.ageYears) ? ['loosely-bounded-age'] : []),
        ...(tenYearBand(tenYearRiskPct(person)) === 'high' ? ['ten-year-high'] : []),
      ],
    }
  }),
}
