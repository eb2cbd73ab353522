import { form, type Form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { nameOf, type ReferencePack } from '../reference-pack.ts'
import card from './model.json' with { type: 'json' }
import { bandOf, bmiOf, lengthOrHeightCm, zAt } from './score.ts'

const sex = { kind: 'choice', of: ['female', 'male'], zh: '性别', en: 'sex' } as const
const weightKg = {
  kind: 'number',
  unit: 'kg',
  min: 0.3,
  max: 250,
  zh: '体重（没有量就不填）',
  en: 'weight (left out: not measured)',
  optional: true,
} as const
const cm = { kind: 'number', unit: 'cm', optional: true } as const

/** 0–5 years by day: the daily tables, as monthly ones interpolated err by up to 0.5 z. */
function child(pack: ReferencePack | undefined): Form {
  return form({
    code: 'child',
    inputs: {
      sex,
      ageDays: { kind: 'number', unit: 'd', min: 0, max: 1856, integer: true, zh: '日龄', en: 'age in days' },
      weightKg,
      lenHeiCm: {
        ...cm,
        min: 30,
        max: 150,
        zh: '身长或身高（没有量就不填）',
        en: 'length or height (left out: not measured)',
      },
      measured: {
        kind: 'choice',
        of: ['lying', 'standing'],
        zh: '卧位或立位（量了身长身高才填）',
        en: 'lying or standing (only with a length or height)',
        optional: true,
      },
      headCm: { ...cm, min: 20, max: 70, zh: '头围（没有量就不填）', en: 'head (left out: not measured)' },
    },
    appliesTo(input) {
      if (!pack) return 'needs-reference-pack'
      if (input.lenHeiCm !== undefined && !input.measured) return 'how-measured'
      return (input.weightKg ?? input.lenHeiCm ?? input.headCm) ? undefined : 'nothing-measured'
    },
    compute({ sex: who, ageDays, weightKg: weight, lenHeiCm, measured, headCm }) {
      const clenhei = lenHeiCm === undefined ? undefined : lengthOrHeightCm(lenHeiCm, measured!, ageDays)
      const age = { by: 'ageDays', x: ageDays } as const
      const size = { by: ageDays < card.standingFromDay ? 'lengthCm' : 'heightCm', x: clenhei } as const
      const scores = {
        zlen: zAt(pack!, 'height', who, age, clenhei),
        zwei: zAt(pack!, 'weight', who, age, weight),
        zwfl: zAt(pack!, 'weight', who, size, weight),
        zbmi: zAt(pack!, 'bmi', who, age, bmiOf(weight, clenhei)),
        zhc: zAt(pack!, 'head', who, age, headCm),
      }
      const { band, caveats } = bandOf(Object.values(scores))
      return {
        output: { clenhei: clenhei ?? null, ...scores, reference: nameOf(pack!) },
        band,
        caveats: [
          ...caveats,
          ...(ageDays < card.standingFromDay ? ['preterm'] : []),
          ...(clenhei !== lenHeiCm ? ['position-corrected'] : []),
        ],
      }
    },
  })
}

/** 5–19 years by month, straight lines between whole months; weight for age ends at ten years. */
function school(pack: ReferencePack | undefined): Form {
  return form({
    code: 'school',
    inputs: {
      sex,
      ageMonths: { kind: 'number', unit: 'mo', min: 60, max: 228, zh: '月龄', en: 'age in months' },
      heightCm: { ...cm, min: 60, max: 230, zh: '身高（没有量就不填）', en: 'height (left out: not measured)' },
      weightKg,
    },
    appliesTo(input) {
      if (!pack) return 'needs-reference-pack'
      return (input.weightKg ?? input.heightCm) ? undefined : 'nothing-measured'
    },
    compute({ sex: who, ageMonths, heightCm, weightKg: weight }) {
      const age = { by: 'ageMonths', x: ageMonths } as const
      const scores = {
        zhfa: zAt(pack!, 'height', who, age, heightCm),
        zwfa: ageMonths <= card.weightUntilMonth ? zAt(pack!, 'weight', who, age, weight) : null,
        zbfa: zAt(pack!, 'bmi', who, age, bmiOf(weight, heightCm)),
      }
      return { output: { ...scores, reference: nameOf(pack!) }, ...bandOf(Object.values(scores)) }
    },
  })
}

/** @param who the pack `who`; without it both forms refuse */
export function whoGrowth(who?: ReferencePack): Instrument {
  return { card: card as InstrumentCard, forms: [child(who), school(who)] }
}
