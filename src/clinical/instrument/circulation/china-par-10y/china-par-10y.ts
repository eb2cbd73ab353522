import type { Instrument, InstrumentCard } from '../../core/instrument.ts'
import { chinaParForms, idealTwin, weightedSum, type Audience, type ChinaParPerson } from '../china-par-person.ts'
import card from './model.json' with { type: 'json' }

/** Per cent in ten years: 1 − exp(−exp(Σβx + c)), with the rebuilt set; the printed one misses by up to 15.9 points. */
export function tenYearRiskPct(person: ChinaParPerson): number {
  const sum = weightedSum(card.coefficients[person.sex], person) + card.constant[person.sex]
  return 100 * (1 - Math.exp(-Math.exp(sum)))
}

/** 中国心血管病风险评估和管理指南 2019: below 5, from 5, from 10 per cent. */
export function tenYearBand(riskPct: number): 'low' | 'medium' | 'high' {
  return riskPct >= 10 ? 'high' : riskPct >= 5 ? 'medium' : 'low'
}

/**
 * The waist of men has a negative coefficient (−0.71) and stays put. Smoking × ln(age) turns the sign of smoking in men
 * at 67.5 years (3.960437 / 0.94034 = ln 67.5): older men get no slider that would praise it.
 */
const audiences: readonly Audience[] = [
  { code: 'men-from-68', has: ({ sex, ageYears }) => sex === 'male' && ageYears >= 68, movable: {} },
  { code: 'men', has: ({ sex, ageYears }) => sex === 'male' && ageYears < 68, movable: { smoking: true } },
  { code: 'women', has: ({ sex }) => sex === 'female', movable: { waist: true, smoking: true } },
]

function caveatsFor({ sex, ageYears, currentSmoker, familyHistory }: ChinaParPerson): string[] {
  // The term of family history turns at 57.7 years (6.219131 / 1.533556 = ln 57.7).
  const turned = sex === 'male' && ((currentSmoker && ageYears >= 68) || (familyHistory && ageYears >= 58))
  return [
    'reconstructed',
    ...(ageYears < 35 || ageYears > 74 ? ['outside-derivation-age'] : []),
    ...(turned ? ['turned-sign'] : []),
  ]
}

export const chinaPar10y: Instrument = {
  card: card as InstrumentCard,
  forms: chinaParForms({ min: 20, max: 85 }, audiences, (person) => {
    const risk10Pct = tenYearRiskPct(person)
    return {
      // The same number under the name that says which coefficients it comes from: not those that were printed.
      output: { risk10Pct, reconstructedPct: risk10Pct, idealRisk10Pct: tenYearRiskPct(idealTwin(person)) },
      band: tenYearBand(risk10Pct),
      value: risk10Pct,
      caveats: caveatsFor(person),
    }
  }),
}
