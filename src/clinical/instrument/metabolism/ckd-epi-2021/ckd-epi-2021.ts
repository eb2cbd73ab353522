import { form, type Computed, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import card from './model.json' with { type: 'json' }

type G = keyof typeof card.grid
type A = 'A1' | 'A2' | 'A3'

const sex = { kind: 'choice', of: ['female', 'male'], zh: '性别', en: 'sex' } as const
/** Adults only: below 18 years another formula is needed. */
const age = { kind: 'number', unit: 'a', min: 18, max: 120, zh: '年龄', en: 'age' } as const
const egfr = {
  kind: 'number',
  unit: 'mL/min/{1.73m2}',
  min: 1,
  max: 250,
  zh: '估算肾小球滤过率',
  en: 'estimated filtration rate',
  indicator: 'egfr',
} as const

/** mL/min/1.73 m² from creatinine in mg/dL. */
function filtrationOf(scrMgDl: number, who: 'female' | 'male', years: number): number {
  const { scale, abovePower, perYear } = card.formula
  const { kappa, alpha, factor } = card.formula[who]
  const ratio = scrMgDl / kappa
  return scale * Math.min(ratio, 1) ** alpha * Math.max(ratio, 1) ** abovePower * perYear ** years * factor
}

/** Category by the unrounded rate: 59.9 is G3a. */
function gOf(rate: number): G {
  return card.gFrom.find(([, from]) => rate >= (from as number))![0] as G
}

/** A2 holds both its limits: 30–300 mg/g, 3–30 mg/mmol. */
function aOf(uacr: number, a2From: number, a2UpTo: number): A {
  if (uacr < a2From) return 'A1'
  return uacr <= a2UpTo ? 'A2' : 'A3'
}

function rated(rate: number): Computed {
  const g = gOf(rate)
  return { output: { egfr: rate, g }, band: g, value: rate, caveats: rate < 60 ? ['three-months'] : [] }
}

function graded(rate: number, a: A): Computed {
  const g = gOf(rate)
  const risk = card.grid[g][Number(a[1]) - 1]!
  return {
    output: { g, a, risk },
    band: risk,
    value: rate,
    caveats: [risk === 'low' ? 'not-ckd-alone' : 'three-months'],
  }
}

export const ckdEpi2021: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'creatinine-mg-dl',
      inputs: {
        scrMgDl: { kind: 'number', unit: 'mg/dL', min: 0.1, max: 25, zh: '血肌酐', en: 'creatinine' },
        sex,
        age,
      },
      compute: (input) => rated(filtrationOf(input.scrMgDl, input.sex, input.age)),
    }),
    form({
      code: 'creatinine-umol-l',
      inputs: {
        scrUmolL: {
          kind: 'number',
          unit: 'umol/L',
          min: 9,
          max: 2200,
          zh: '血肌酐',
          en: 'creatinine',
          indicator: 'crea',
        },
        sex,
        age,
      },
      compute: (input) => rated(filtrationOf(input.scrUmolL / card.formula.umolPerMg, input.sex, input.age)),
    }),
    form({
      code: 'kdigo-mg-g',
      inputs: {
        egfr,
        uacrMgG: {
          kind: 'number',
          unit: 'mg/g{creat}',
          min: 0,
          max: 30_000,
          zh: '尿白蛋白肌酐比',
          en: 'urine albumin-creatinine ratio',
          indicator: 'uacr',
        },
      },
      compute: (input) => graded(input.egfr, aOf(input.uacrMgG, 30, 300)),
    }),
    form({
      code: 'kdigo-mg-mmol',
      inputs: {
        egfr,
        uacrMgMmol: {
          kind: 'number',
          unit: 'mg/mmol{creat}',
          min: 0,
          max: 3400,
          zh: '尿白蛋白肌酐比',
          en: 'urine albumin-creatinine ratio',
        },
      },
      compute: (input) => graded(input.egfr, aOf(input.uacrMgMmol, 3, 30)),
    }),
  ],
}
