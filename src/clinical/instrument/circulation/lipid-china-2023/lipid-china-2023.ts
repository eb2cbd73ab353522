import type { InputSpecs } from '../../core/input.ts'
import { form, type Computed, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { dbp, diabetes, hdlMmolL, sbp, sex, smoker, tcMmolL } from '../question.ts'
import card from './model.json' with { type: 'json' }
import {
  diabetesTarget,
  isHighDirectly,
  isLifetimeHigh,
  stratumWithAscvd,
  targetOf,
  tenYearStratum,
  type Stratum,
} from './stratum.ts'

const ascvd = {
  kind: 'yes-no',
  zh: '已有动脉粥样硬化性心血管病（ASCVD）',
  en: 'atherosclerotic cardiovascular disease (ASCVD)',
} as const

/** Ranges here are bounds of what can be measured; the guideline names none. */
const ldl = {
  kind: 'number',
  unit: 'mmol/L',
  min: 0.05,
  max: 30,
  zh: '低密度脂蛋白胆固醇',
  en: 'LDL cholesterol',
  indicator: 'ldl',
} as const
const tc = { ...tcMmolL, min: 0.3, max: 50 } as const
const age = { kind: 'number', unit: 'a', min: 18, max: 120, zh: '年龄', en: 'age' } as const
const ckdStage = {
  kind: 'number',
  integer: true,
  min: 0,
  max: 5,
  zh: '慢性肾脏病分期（没有填0）',
  en: 'stage of chronic kidney disease (0 for none)',
} as const

const tenYear = {
  ascvd,
  sex,
  age,
  hypertension: { kind: 'yes-no', zh: '高血压', en: 'hypertension' },
  smoking: smoker,
  diabetes,
  ckdStage,
  ldl,
  tc,
  hdl: { ...hdlMmolL, min: 0.05, max: 10 },
  sbp: { ...sbp, min: 40, max: 300 },
  dbp: { ...dbp, min: 20, max: 200 },
  bmi: { kind: 'number', unit: 'kg/m2', min: 8, max: 90, zh: '体质指数', en: 'BMI', indicator: 'bmi' },
} as const satisfies InputSpecs

function stratified(stratum: Stratum, more: Record<string, unknown> = {}, caveats: string[] = []): Computed {
  return { output: { ...more, stratum, ...targetOf(stratum) }, band: stratum, caveats }
}

export const lipidChina2023: Instrument = {
  card: card as unknown as InstrumentCard,
  forms: [
    form({
      code: 'targets',
      inputs: {
        stratum: {
          kind: 'choice',
          of: ['low', 'medium', 'high', 'veryHigh', 'extremeHigh'],
          zh: '危险分层',
          en: 'stratum of risk',
        },
      },
      compute: ({ stratum }) => stratified(stratum),
    }),
    form({
      code: 'with-ascvd',
      inputs: {
        ascvd,
        severeEvents: {
          kind: 'number',
          integer: true,
          min: 0,
          zh: '严重ASCVD事件次数（近1年急性冠脉综合征、心肌梗死、缺血性脑卒中、有症状的外周血管病变）',
          en: 'severe events (acute coronary syndrome within a year, heart attack, ischaemic stroke, peripheral disease)',
        },
        highRiskFactors: {
          kind: 'number',
          integer: true,
          min: 0,
          zh: '指南所列高风险因素个数',
          en: 'number of high-risk factors listed by the guideline',
        },
      },
      appliesTo: (given) => (given.ascvd ? undefined : 'no-ascvd'),
      compute: ({ severeEvents, highRiskFactors }) => stratified(stratumWithAscvd(severeEvents, highRiskFactors)),
    }),
    form({
      code: 'high-directly',
      // One finding is enough; what is left out is not taken for normal, for without a finding there is no answer.
      inputs: {
        ascvd,
        ldl: { ...ldl, optional: true },
        tc: { ...tc, optional: true },
        diabetes: { ...diabetes, optional: true },
        age: { ...age, optional: true },
        ckdStage: { ...ckdStage, optional: true },
      },
      appliesTo: (given) => (given.ascvd ? 'has-ascvd' : isHighDirectly(given) ? undefined : 'undecided'),
      compute: () => stratified('high'),
    }),
    form({
      code: 'diabetes-targets',
      inputs: {
        diabetes,
        ascvd,
        stratum: {
          kind: 'choice',
          of: ['low', 'medium', 'high'],
          optional: true,
          zh: '危险分层（已有ASCVD时不必填）',
          en: 'stratum of risk (not needed with ASCVD)',
        },
      },
      appliesTo: (given) =>
        !given.diabetes ? 'no-diabetes' : given.ascvd || given.stratum ? undefined : 'stratum-needed',
      compute: (given) => ({ output: { ...diabetesTarget(given.ascvd ? 'ascvd' : given.stratum!) } }),
    }),
    form({
      code: 'ten-year',
      inputs: tenYear,
      appliesTo(given) {
        if (given.ascvd) return 'has-ascvd'
        if (isHighDirectly(given)) return undefined
        if (given.diabetes) return 'young-diabetes'
        if (given.ckdStage === 5) return 'ckd-5'
        return tenYearStratum(given) ? undefined : 'below-table'
      },
      compute(given) {
        if (isHighDirectly(given)) return stratified('high', { lifetimeHigh: false })
        const stratum = tenYearStratum(given)!
        const lifetimeHigh = stratum === 'medium' && isLifetimeHigh(given)
        return stratified(stratum, { lifetimeHigh }, ['unconfirmed-table', ...(lifetimeHigh ? ['lifetime-high'] : [])])
      },
    }),
  ],
}
