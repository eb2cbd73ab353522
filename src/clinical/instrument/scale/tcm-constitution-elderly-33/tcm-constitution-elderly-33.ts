import { form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import bands from '../constitution-bands.json' with { type: 'json' }
import { judgeConstitution, mainConstitution, type Constitution, type ConstitutionLimits } from '../constitution.ts'
import { score, type Scoring } from '../scoring.ts'
import { answersOf, itemsSpec } from '../sum-scale.ts'
import model from './model.json' with { type: 'json' }

const scoring = model.scoring as Scoring

/** Strictly "below 8" and "below 10", as printed: a score of exactly 8 elsewhere leaves 平和 "basically", of 10 "no". */
const LIMITS: ConstitutionLimits = {
  yes: 11,
  tends: 9,
  balanced: { from: 17, othersBelow: 8, basicallyBelow: 10 },
}

export const tcmConstitutionElderly33: Instrument = {
  card: { ...model, bands } as InstrumentCard,
  forms: [
    form({
      code: 'items',
      inputs: { items: itemsSpec(scoring) },
      compute({ items }) {
        const scored = Object.entries(score(scoring, answersOf(items)).scores)
        const scores = Object.fromEntries(scored.map(([code, one]) => [code, one.value])) as Record<
          Constitution,
          number
        >
        const result = judgeConstitution(scores, LIMITS)
        return { output: { scores, result }, ...mainConstitution(scores, result) }
      },
    }),
  ],
}

/** Points of item 9 from the body mass index in kg/m². */
export function pointsFromBmi(bmi: number): number {
  return 1 + [24, 25, 26, 28].filter((limit) => bmi >= limit).length
}

/** Points of item 28 from the waist. The sheet is in whole centimetres: below 80, 80-85, 86-90, 91-105, above 105. */
export function pointsFromWaist(waistCm: number): number {
  return 1 + [80, 86, 91, 106].filter((limit) => Math.round(waistCm) >= limit).length
}
