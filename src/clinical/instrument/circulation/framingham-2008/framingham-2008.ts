import type { InputSpecs } from '../../core/input.ts'
import { form, type Computed, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { ascvd, bpTreated, diabetes, hdlMgDl, hdlMmolL, sbp, sex, smoker, tcMgDl, tcMmolL } from '../question.ts'
import card from './model.json' with { type: 'json' }

interface Person {
  sex: 'male' | 'female'
  age: number
  sbp: number
  bpTreated: boolean
  smoker: boolean
  diabetes: boolean
}

type Coefficients = Record<'male' | 'female', Record<string, number>>

/** Cholesterol, 386.65 g/mol. */
const MMOL_PER_MG_DL = 0.02586

/** Per cent in ten years: 1 − S0^exp(Σβx − mean). No floor at 1, as some packages have. */
function risk10Pct(set: Coefficients, person: Person, extra: Readonly<Record<string, number>>): number {
  const { mean, s0, ...beta } = set[person.sex]
  const terms: Record<string, number> = {
    ...extra,
    lnAge: Math.log(person.age),
    lnSbpTreated: person.bpTreated ? Math.log(person.sbp) : 0,
    lnSbpUntreated: person.bpTreated ? 0 : Math.log(person.sbp),
    smoker: Number(person.smoker),
    diabetes: Number(person.diabetes),
  }
  const sum = Object.entries(beta).reduce((total, [term, weight]) => total + weight * terms[term]!, 0)
  return 100 * (1 - s0! ** Math.exp(sum - mean!))
}

function result(value: number): Computed {
  return { output: { risk10Pct: value }, value, caveats: ['not-calibrated'] }
}

/** Where the office form ends, as the published package does (CVrisk 1.1.1): what lies above is told as 30 or more. */
const OFFICE_MOST_PCT = 30

function byOffice(person: Person, bmi: number): Computed {
  const found = risk10Pct(card.coefficientsBmi, person, { lnBmi: Math.log(bmi) })
  if (found <= OFFICE_MOST_PCT) return result(found)
  const { output, value, caveats = [] } = result(OFFICE_MOST_PCT)
  return { output, value, caveats: [...caveats, 'top-of-scale'] }
}

const byLipids = (person: Person, tc: number, hdl: number) =>
  result(risk10Pct(card.coefficients, person, { lnTc: Math.log(tc), lnHdl: Math.log(hdl) }))

/** The source names a range for age alone; the others are bounds of what a person can have. */
const person = {
  sex,
  age: { kind: 'number', unit: 'a', min: 30, max: 74, zh: '年龄', en: 'age' },
  sbp: { ...sbp, min: 40, max: 300, movable: true },
  bpTreated,
  smoker: { ...smoker, movable: true },
  diabetes,
  ascvd,
} as const satisfies InputSpecs

const appliesTo = (given: { ascvd?: boolean }) => (given.ascvd ? 'ascvd' : undefined)

export const framingham2008: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'lipids-mmol',
      inputs: {
        ...person,
        tcMmolL: { ...tcMmolL, min: 0.3, max: 50, movable: true },
        hdlMmolL: { ...hdlMmolL, min: 0.05, max: 10 },
      },
      appliesTo,
      compute: (given) => byLipids(given, given.tcMmolL / MMOL_PER_MG_DL, given.hdlMmolL / MMOL_PER_MG_DL),
    }),
    form({
      code: 'lipids-mg',
      inputs: {
        ...person,
        tcMgDl: { ...tcMgDl, min: 12, max: 1930, movable: true },
        hdlMgDl: { ...hdlMgDl, min: 2, max: 386 },
      },
      appliesTo,
      compute: (given) => byLipids(given, given.tcMgDl, given.hdlMgDl),
    }),
    form({
      code: 'office',
      inputs: {
        ...person,
        bmi: {
          kind: 'number',
          unit: 'kg/m2',
          min: 8,
          max: 90,
          zh: '体质指数',
          en: 'BMI',
          indicator: 'bmi',
          movable: true,
        },
      },
      appliesTo,
      compute: (given) => byOffice(given, given.bmi),
    }),
  ],
}
