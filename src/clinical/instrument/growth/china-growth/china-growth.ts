import { form, type Computed, type Form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { lmsAt, percentileOf, zOf, type Lms } from '../lms.ts'
import { columnsAt, findTable, nameOf, type Measure, type ReferencePack } from '../reference-pack.ts'
import card from './model.json' with { type: 'json' }
import shipped from './zong-li-2013.json' with { type: 'json' }

/** Zong and Li 2013 (CC BY): what may be shipped. */
export const zongLi2013 = shipped as ReferencePack

const sex = { kind: 'choice', of: ['female', 'male'], zh: '性别', en: 'sex' } as const
const measures = { height: 'height', weight: 'weight', bmi: 'bmi', hc: 'head' } as const

/** At 3.0 years the table turns from lying to standing: below it the lying row counts, from it the standing one. */
function reference(measure: keyof typeof measures, who: string, ageYears: number): Lms | undefined {
  return lmsAt(findTable(zongLi2013, measures[measure], who, 'ageYears'), ageYears)
}

function placed(lms: Lms, value: number, ageYears: number): Computed {
  const z = zOf(value, lms)
  const percentile = percentileOf(z)
  const band = percentile < card.lowBelowPercentile ? 'low' : percentile > card.highAbovePercentile ? 'high' : 'middle'
  return {
    output: { ...lms, z, percentile, reference: nameOf(zongLi2013) },
    band,
    value: z,
    caveats: ['one-point', ...(ageYears < 2 ? ['preterm'] : []), ...(Math.abs(z) > 6 ? ['implausible'] : [])],
  }
}

const zong = form({
  code: 'zong-li-2013',
  inputs: {
    measure: {
      kind: 'choice',
      of: ['height', 'weight', 'bmi', 'hc'],
      zh: '身高（身长）、体重、体质指数或头围',
      en: 'height (length), weight, body mass index or head',
    },
    sex,
    ageYears: {
      kind: 'number',
      unit: 'a',
      min: 0,
      max: 18,
      zh: '年龄（岁，带小数）',
      en: 'age in years, with decimals',
    },
    /** cm, kg or kg/m² by the measure. */
    value: { kind: 'number', min: 0.3, max: 250, zh: '数值（厘米、千克）', en: 'value (cm, kg, kg/m2)' },
  },
  appliesTo: (input) => (reference(input.measure, input.sex, input.ageYears) ? undefined : 'age-not-in-reference'),
  compute: (input) => placed(reference(input.measure, input.sex, input.ageYears)!, input.value, input.ageYears),
})

/** Percentiles as printed, at printed ages only. */
function wst423(pack: ReferencePack | undefined): Form {
  const tableOf = (indicator: keyof typeof card.indicators, who: string) =>
    pack && findTable(pack, card.indicators[indicator] as Measure, who, 'ageMonths')
  return form({
    code: 'wst-423-2022',
    inputs: {
      indicator: {
        kind: 'choice',
        of: ['wfa', 'hfa', 'bfa', 'hcfa'],
        zh: '年龄别体重、身长（身高）、体质指数或头围',
        en: 'weight, length (height), body mass index or head for age',
      },
      sex,
      ageMonths: { kind: 'number', unit: 'mo', min: 0, max: 84, zh: '月龄', en: 'age in months' },
    },
    appliesTo({ indicator, sex: who, ageMonths }) {
      if (!pack) return 'needs-reference-pack'
      const table = tableOf(indicator, who)
      return table && columnsAt(table, ageMonths, true) ? undefined : 'age-not-in-reference'
    },
    compute({ indicator, sex: who, ageMonths }) {
      const table = tableOf(indicator, who)!
      const values = columnsAt(table, ageMonths, true)!
      const percentiles = Object.fromEntries(table.columns.map((name, n) => [name, values[n]]))
      return { output: { ...percentiles, reference: nameOf(pack!) } }
    },
  })
}

/** @param wst the pack `wst-423-2022`; without it that form refuses */
export function chinaGrowth(wst?: ReferencePack): Instrument {
  return { card: card as InstrumentCard, forms: [zong, wst423(wst)] }
}
