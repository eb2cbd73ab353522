import type { InputSpecs } from '../../core/input.ts'
import { form, type Computed, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { ascvd, bpTreated, diabetes, hdlMgDl, hdlMmolL, sbp, sex, smoker, tcMgDl, tcMmolL } from '../question.ts'
import card from './model.json' with { type: 'json' }

interface Person {
  sex: 'male' | 'female'
  age: number
  sbp: number
  bp_tx: boolean
  statin: boolean
  dm: boolean
  smoking: boolean
  egfr: number
  bmi: number
  /** mmol/L. */
  tc: number
  hdl: number
}

/** Cholesterol as PREVENT converts it. */
const MMOL_PER_MG_DL = 0.02586

/** The terms of Suppl. Table S12, splines at 110 mmHg, 30 kg/m² and 60 mL/min, centred as printed. */
function terms(person: Person): Record<string, number> {
  const age = (person.age - 55) / 10
  const nonHdl = person.tc - person.hdl - 3.5
  const hdl = (person.hdl - 1.3) / 0.3
  const sbpHigh = (Math.max(person.sbp, 110) - 130) / 20
  const bmiHigh = (Math.max(person.bmi, 30) - 30) / 5
  const egfrLow = (Math.min(person.egfr, 60) - 60) / -15
  const [treated, statin, diabetes, smoking] = [person.bp_tx, person.statin, person.dm, person.smoking].map(Number)
  return {
    age,
    ageSquared: age ** 2,
    nonHdl,
    hdl,
    sbpLow: (Math.min(person.sbp, 110) - 110) / 20,
    sbpHigh,
    diabetes: diabetes!,
    smoking: smoking!,
    bmiLow: (Math.min(person.bmi, 30) - 25) / 5,
    bmiHigh,
    egfrLow,
    egfrHigh: (Math.max(person.egfr, 60) - 90) / -15,
    treated: treated!,
    statin: statin!,
    'treated*sbpHigh': treated! * sbpHigh,
    'statin*nonHdl': statin! * nonHdl,
    'age*nonHdl': age * nonHdl,
    'age*hdl': age * hdl,
    'age*sbpHigh': age * sbpHigh,
    'age*diabetes': age * diabetes!,
    'age*smoking': age * smoking!,
    'age*bmiHigh': age * bmiHigh,
    'age*egfrLow': age * egfrLow,
    constant: 1,
  }
}

type Horizon = 'y10' | 'y30'

/** Probability from 0 to 1 of each of the five outcomes. */
function risks(horizon: Horizon, person: Person): Record<string, number> {
  const { terms: names, ...sets } = card.coefficients[horizon]
  const x = terms(person)
  return Object.fromEntries(
    Object.entries(sets[person.sex]).map(([outcome, weights]) => {
      const logit = weights.reduce((sum, weight, n) => sum + weight * x[names[n]!]!, 0)
      return [outcome, 1 / (1 + Math.exp(-logit))]
    }),
  )
}

/** Ten years for all, thirty up to 59 years of age. */
function result(person: Person): Computed {
  const y10 = risks('y10', person)
  const output = person.age <= 59 ? { y10, y30: risks('y30', person) } : { y10 }
  return { output, value: 100 * y10['total_cvd']!, caveats: ['not-calibrated'] }
}

/**
 * Smoking alone moves. Below 110 mmHg a lower pressure, below 30 kg/m² a lower weight and in older people less
 * cholesterol raise the sum: these show who is ill already, not what a change would do.
 */
const asked = {
  age: { kind: 'number', unit: 'a', min: 30, max: 79, zh: '年龄', en: 'age' },
  sex,
  sbp: { ...sbp, min: 90, max: 180 },
  bp_tx: bpTreated,
  statin: { kind: 'yes-no', zh: '正在服用他汀', en: 'takes a statin' },
  dm: diabetes,
  smoking: { ...smoker, movable: true },
  egfr: {
    kind: 'number',
    unit: 'mL/min/{1.73m2}',
    min: 15,
    max: 140,
    zh: '估算肾小球滤过率',
    en: 'eGFR',
    indicator: 'egfr',
  },
  bmi: { kind: 'number', unit: 'kg/m2', min: 18.5, max: 39.9, zh: '体质指数', en: 'BMI', indicator: 'bmi' },
  ascvd,
} as const satisfies InputSpecs

const appliesTo = (given: { ascvd?: boolean }) => (given.ascvd ? 'ascvd' : undefined)

export const preventBase: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'mmol',
      // 130-320 and 20-100 mg/dL, rounded inwards.
      inputs: {
        ...asked,
        tcMmolL: { ...tcMmolL, min: 3.37, max: 8.27 },
        hdlMmolL: { ...hdlMmolL, min: 0.52, max: 2.58 },
      },
      appliesTo,
      compute: ({ tcMmolL, hdlMmolL, ...person }) => result({ ...person, tc: tcMmolL, hdl: hdlMmolL }),
    }),
    form({
      code: 'mg',
      inputs: {
        ...asked,
        total_c: { ...tcMgDl, min: 130, max: 320 },
        hdl_c: { ...hdlMgDl, min: 20, max: 100 },
      },
      appliesTo,
      compute: ({ total_c, hdl_c, ...person }) =>
        result({ ...person, tc: total_c * MMOL_PER_MG_DL, hdl: hdl_c * MMOL_PER_MG_DL }),
    }),
  ],
}
