import { form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { bloodPressure, lipid, treated } from './asked.ts'
import card from './model.json' with { type: 'json' }

const sex = { kind: 'choice', of: ['female', 'male'], zh: '性别', en: 'sex' } as const
const waistCm = {
  kind: 'number',
  unit: 'cm',
  min: 40,
  max: 200,
  zh: '腰围',
  en: 'waist',
  indicator: 'waist',
  movable: true,
} as const
/** Venous plasma, fasting. China counts from 6.1 mmol/L, the IDF from 5.6. */
const fpg = {
  kind: 'number',
  unit: 'mmol/L',
  min: 1,
  max: 40,
  zh: '空腹血糖',
  en: 'fasting glucose',
  indicator: 'fpg',
  movable: true,
} as const

export const metabolicSyndrome: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'cds',
      inputs: {
        sex,
        waistCm,
        fpg,
        ...bloodPressure,
        ...lipid,
        ogtt2h: {
          kind: 'number',
          unit: 'mmol/L',
          min: 1,
          max: 60,
          zh: '糖耐量 2 小时血糖（没有做就不填，只按空腹血糖看）',
          en: 'two-hour glucose (left out: not tested, fasting glucose alone counts)',
          indicator: 'ogtt2h',
          optional: true,
        },
        treatedDiabetes: treated.diabetes,
        treatedHypertension: treated.hypertension,
      },
      compute(input) {
        const limit = card.cds
        const n = [
          input.waistCm >= limit.waistCm[input.sex],
          input.fpg >= limit.fpg || (input.ogtt2h ?? 0) >= limit.ogtt2h || input.treatedDiabetes === true,
          input.sbp >= limit.sbp || input.dbp >= limit.dbp || input.treatedHypertension === true,
          input.tg >= limit.tg,
          input.hdl < limit.hdlBelow[input.sex],
        ].filter(Boolean).length
        const cds = n >= limit.least
        const caveats = input.ogtt2h === undefined ? ['without-ogtt'] : []
        return { output: { cds, n }, band: cds ? 'met' : 'not-met', value: n, caveats }
      },
    }),
    form({
      code: 'idf',
      inputs: {
        criteria: { kind: 'choice', of: ['idf-2005'], zh: '标准', en: 'criteria' },
        sex,
        waistCm,
        fpg,
        ...bloodPressure,
        ...lipid,
        treatedDiabetes: treated.diabetes,
        treatedHypertension: treated.hypertension,
        treatedTriglycerides: treated.triglycerides,
        treatedHdl: treated.hdl,
      },
      /** The waist is obligatory; `n` counts the four others. */
      compute(input) {
        const limit = card.idf
        const n = [
          input.tg >= limit.tg || input.treatedTriglycerides === true,
          input.hdl < limit.hdlBelow[input.sex] || input.treatedHdl === true,
          input.sbp >= limit.sbp || input.dbp >= limit.dbp || input.treatedHypertension === true,
          input.fpg >= limit.fpg || input.treatedDiabetes === true,
        ].filter(Boolean).length
        const idf = input.waistCm >= limit.waistCm[input.sex] && n >= limit.least
        return { output: { idf, n }, band: idf ? 'met' : 'not-met', value: n, caveats: ['idf-research'] }
      },
    }),
  ],
}
