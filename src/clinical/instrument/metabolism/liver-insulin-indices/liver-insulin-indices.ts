import { form, type Computed, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { age, albumin, bmi, fpgMmolL, insulin, liver } from './asked.ts'
import card from './model.json' with { type: 'json' }

interface Limits {
  lowBelow: number
  lowBelowFrom65: number
  highAbove: number
}

function bandOf(value: number, limits: Limits, years: number): string {
  if (value > limits.highAbove) return 'high'
  return value < (years >= 65 ? limits.lowBelowFrom65 : limits.lowBelow) ? 'low' : 'indeterminate'
}

function fibrosis(name: 'fib4' | 'nfs', value: number, years: number): Computed {
  const caveats = years < 35 ? ['below-35'] : years >= 65 ? ['limits-from-65'] : []
  const band = bandOf(value, card[name], years)
  return { output: { [name]: value, band }, band, value, caveats }
}

interface NfsInput {
  age: number
  bmi: number
  ifgOrDm: boolean
  ast: number
  alt: number
  plt: number
}

/** @param albuminGDl g/dL as in the original: laboratories in China print g/L, ten times as much */
function nfsOf(input: NfsInput, albuminGDl: number): Computed {
  const beta = card.nfs
  const value =
    beta.constant +
    beta.age * input.age +
    beta.bmi * input.bmi +
    (input.ifgOrDm ? beta.ifgOrDm : 0) +
    (beta.ratio * input.ast) / input.alt +
    beta.plt * input.plt +
    beta.albuminGDl * albuminGDl
  return fibrosis('nfs', value, input.age)
}

function homaOf(fpg: number, insulinUIUmL: number): Computed {
  const homaIr = (fpg * insulinUIUmL) / 22.5
  return { output: { homaIr }, value: homaIr, caveats: ['no-single-limit'] }
}

const ifgOrDm = {
  kind: 'yes-no',
  zh: '空腹血糖受损或糖尿病',
  en: 'impaired fasting glucose or diabetes',
} as const

export const liverInsulinIndices: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'fib4',
      inputs: { age, ...liver },
      compute: (input) => fibrosis('fib4', (input.age * input.ast) / (input.plt * Math.sqrt(input.alt)), input.age),
    }),
    form({
      code: 'nfs',
      inputs: { age, bmi, ifgOrDm, ...liver, albuminGDl: albumin.gDl },
      compute: (input) => nfsOf(input, input.albuminGDl),
    }),
    form({
      code: 'nfs-albumin-g-l',
      inputs: { age, bmi, ifgOrDm, ...liver, albuminGL: albumin.gL },
      compute: (input) => nfsOf(input, input.albuminGL / 10),
    }),
    form({
      code: 'homa-ir',
      inputs: { fpgMmolL, insulinUIUmL: insulin.uIUmL },
      compute: (input) => homaOf(input.fpgMmolL, input.insulinUIUmL),
    }),
    form({
      code: 'homa-ir-pmol-l',
      inputs: { fpgMmolL, insulinPmolL: insulin.pmolL },
      compute(input) {
        const computed = homaOf(input.fpgMmolL, input.insulinPmolL / 6)
        return { ...computed, caveats: [...computed.caveats!, 'insulin-converted'] }
      },
    }),
  ],
}
