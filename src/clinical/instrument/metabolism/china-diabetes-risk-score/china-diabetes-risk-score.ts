import { form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { pointsAt } from '../step.ts'
import card from './model.json' with { type: 'json' }

const { table } = card

export const chinaDiabetesRiskScore: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'score',
      inputs: {
        /** Completed years. */
        age: { kind: 'number', unit: 'a', min: 20, max: 74, integer: true, zh: '年龄', en: 'age' },
        sex: { kind: 'choice', of: ['female', 'male'], zh: '性别', en: 'sex' },
        bmi: {
          kind: 'number',
          unit: 'kg/m2',
          min: 10,
          max: 80,
          zh: '体质指数',
          en: 'body mass index',
          indicator: 'bmi',
          movable: true,
        },
        waistCm: {
          kind: 'number',
          unit: 'cm',
          min: 40,
          max: 200,
          zh: '腰围',
          en: 'waist',
          indicator: 'waist',
          movable: true,
        },
        sbp: {
          kind: 'number',
          unit: 'mm[Hg]',
          min: 60,
          max: 260,
          zh: '收缩压',
          en: 'systolic pressure',
          indicator: 'sbp',
          movable: true,
        },
        familyHistory: {
          kind: 'yes-no',
          zh: '父母、兄弟姐妹或子女有糖尿病',
          en: 'a parent, sibling or child has diabetes',
        },
      },
      compute({ age, sex, bmi, waistCm, sbp, familyHistory }) {
        const points = {
          age: pointsAt(table.age, age),
          sbp: pointsAt(table.sbp, sbp),
          bmi: pointsAt(table.bmi, bmi),
          waist: pointsAt(table.waist[sex], waistCm),
          family: familyHistory ? table.family : 0,
          sex: table.sex[sex],
        }
        const total = Object.values(points).reduce((sum, one) => sum + one, 0)
        const highRisk = total >= table.highFrom
        return { output: { points, total, highRisk }, band: highRisk ? 'high' : 'low', value: total }
      },
    }),
  ],
}
