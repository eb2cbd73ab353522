import { form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import card from './model.json' with { type: 'json' }

/** cm. A reference for reading a curve, never an adult height to hold out to anyone. */
export const midParentalHeight: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'target',
      inputs: {
        fatherCm: { kind: 'number', unit: 'cm', min: 130, max: 230, zh: '父亲身高', en: "father's height" },
        motherCm: { kind: 'number', unit: 'cm', min: 120, max: 220, zh: '母亲身高', en: "mother's height" },
        sex: { kind: 'choice', of: ['female', 'male'], zh: '孩子性别', en: "child's sex" },
      },
      compute({ fatherCm, motherCm, sex }) {
        const targetCm = (fatherCm + motherCm + (sex === 'male' ? card.correctionCm : -card.correctionCm)) / 2
        return {
          output: { targetCm, lowCm: targetCm - card.halfRangeCm, highCm: targetCm + card.halfRangeCm },
          caveats: ['reference-only'],
        }
      },
    }),
  ],
}
