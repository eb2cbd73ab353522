import type { InputSpecs } from '../../core/input.ts'
import { form, type Computed, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { ascvd, diabetes, hdlMmolL, sbp, sex, smoker, tcMmolL } from '../question.ts'
import card from './model.json' with { type: 'json' }

type Region = 'Low' | 'Moderate' | 'High' | 'Very high'
type Class = 'low' | 'moderate' | 'high'

interface Person {
  sex: 'male' | 'female'
  region: Region
  age: number
  smoker: boolean
  sbp: number
  tcMmolL: number
  hdlMmolL: number
}

interface Model {
  coefficients: Record<string, number>
  mean: number
  s0: number
  scales: Record<Region, number[]>
}

/** Centred as in the papers: years, mmHg and mmol/L. Diabetes has coefficients, but the model is not meant for it. */
function terms({ age, smoker, sbp, tcMmolL, hdlMmolL }: Person): Record<string, number> {
  const older = age >= 70
  const cage = older ? age - 73 : (age - 60) / 5
  const csbp = older ? sbp - 150 : (sbp - 120) / 20
  const ctc = tcMmolL - 6
  const chdl = older ? hdlMmolL - 1.4 : (hdlMmolL - 1.3) / 0.5
  const smk = Number(smoker)
  const single = { cage, smk, csbp, ctc, chdl, dm: 0 }
  return {
    ...single,
    'cage*smk': cage * smk,
    'cage*csbp': cage * csbp,
    'cage*ctc': cage * ctc,
    'cage*chdl': cage * chdl,
    'cage*dm': 0,
  }
}

/** Per cent in ten years, calibrated to one of four European regions. SCORE2 below 70 years, SCORE2-OP from 70. */
export function score2RiskPct(person: Person): number {
  const model: Model = (person.age < 70 ? card.models.score2 : card.models.op)[person.sex]
  const x = terms(person)
  const sum = Object.entries(model.coefficients).reduce((total, [term, weight]) => total + weight * x[term]!, 0)
  const uncalibrated = 1 - model.s0 ** Math.exp(sum - model.mean)
  const [shift, slope] = model.scales[person.region]
  return 100 * (1 - Math.exp(-Math.exp(shift! + slope! * Math.log(-Math.log(1 - uncalibrated)))))
}

/** ESC 2021: lower bounds of the middle and of the high class by age. */
export function score2Class(age: number, riskPct: number): Class {
  const [moderate, high] = age < 50 ? [2.5, 7.5] : age < 70 ? [5, 10] : [7.5, 15]
  return riskPct >= high! ? 'high' : riskPct >= moderate! ? 'moderate' : 'low'
}

const shown: Record<Class, string> = { low: 'Low risk', moderate: 'Moderate risk', high: 'High risk' }

function result(person: Person): Computed {
  const value = score2RiskPct(person)
  const band = score2Class(person.age, value)
  return { output: { risk10Pct: value, cls: shown[band] }, band, value, caveats: ['not-calibrated'] }
}

/** The source names ages alone, and 89 is where its tables end; the others are bounds of what a person can have. */
const asked = {
  region: {
    kind: 'choice',
    of: ['Low', 'Moderate', 'High', 'Very high'],
    zh: '参照的欧洲地区风险水平',
    en: 'European risk region to compare with',
  },
  sex,
  age: { kind: 'number', unit: 'a', min: 40, max: 89, zh: '年龄', en: 'age' },
  sbp: { ...sbp, min: 40, max: 300, movable: true },
  tcMmolL: { ...tcMmolL, min: 0.3, max: 50, movable: true },
  hdlMmolL: { ...hdlMmolL, min: 0.05, max: 10 },
  diabetes,
  ascvd,
} as const satisfies InputSpecs

const excluded = (given: { diabetes: boolean; ascvd?: boolean }) =>
  given.ascvd ? 'ascvd' : given.diabetes ? 'diabetes' : undefined

export const score2: Instrument = {
  card: card as unknown as InstrumentCard,
  forms: [
    form({
      code: 'score2',
      inputs: { ...asked, smoker: { ...smoker, movable: true } },
      appliesTo: (given) => excluded(given) ?? (given.age < 70 ? undefined : 'other-form'),
      compute: result,
    }),
    form({
      code: 'op',
      // In men the sum turns smoking into a benefit at 87.3 years (0.3524 / 0.0247 + 73): it does not move here.
      inputs: { ...asked, smoker },
      appliesTo: (given) => excluded(given) ?? (given.age >= 70 ? undefined : 'other-form'),
      compute: result,
    }),
  ],
}
