import { form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { sex } from '../question.ts'
import card from './model.json' with { type: 'json' }

/** A condition that is left out counts as not known to be there, as the score is used; the labels say so. */
const condition = (zh: string, en: string) =>
  ({ kind: 'yes-no', optional: true, zh: `${zh}（不填表示没有）`, en: `${en} (left out: none)` }) as const

/** Where anticoagulation is considered and where it is advised, by the score without the point for women (ESC 2020). */
function bandOf(score: number, sex: 'male' | 'female'): 'low' | 'consider' | 'advise' {
  const withoutSex = score - (sex === 'female' ? 1 : 0)
  return withoutSex >= 2 ? 'advise' : withoutSex === 1 ? 'consider' : 'low'
}

export const cha2ds2Vasc: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'points',
      inputs: {
        age: { kind: 'number', unit: 'a', min: 18, max: 120, zh: '年龄', en: 'age' },
        sex,
        chf: condition('心力衰竭或左心功能不全', 'heart failure or weak left ventricle'),
        hypertension: condition('高血压', 'hypertension'),
        diabetes: condition('糖尿病', 'diabetes'),
        strokeTia: condition('脑卒中、短暂性脑缺血发作或血栓栓塞史', 'stroke, TIA or thromboembolism'),
        vascular: condition(
          '心肌梗死、外周动脉病或主动脉斑块',
          'heart attack, peripheral artery disease, aortic plaque',
        ),
      },
      compute({ age, sex, ...had }) {
        const { points } = card
        const score =
          (had.chf ? points.chf : 0) +
          (had.hypertension ? points.hypertension : 0) +
          (had.diabetes ? points.diabetes : 0) +
          (had.strokeTia ? points.strokeTia : 0) +
          (had.vascular ? points.vascular : 0) +
          (age >= 75 ? points.ageFrom75 : age >= 65 ? points.ageFrom65 : 0) +
          (sex === 'female' ? points.female : 0)
        return { output: { score }, band: bandOf(score, sex), value: score, caveats: ['other-versions'] }
      },
    }),
  ],
}
