import { bmiCategory, bodyMassIndex, waistCategory } from '../../../interpretation/body.ts'
import { form, type Computed, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import card from './model.json' with { type: 'json' }

/** Classed unrounded: 23.96 is normal although 24.0 is shown. kg/m². */
function classed(bmi: number): Computed {
  const cat = card.categories[bmiCategory(bmi)]
  // Classed unrounded, told to one decimal.
  return { output: { bmi: Math.round(bmi * 10) / 10, cat }, band: cat, value: bmi }
}

export const bmiWaistWst428: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'bmi',
      inputs: {
        bmi: {
          kind: 'number',
          unit: 'kg/m2',
          min: 8,
          max: 100,
          zh: '体质指数',
          en: 'body mass index',
          indicator: 'bmi',
          movable: true,
        },
      },
      compute: ({ bmi }) => classed(bmi),
    }),
    form({
      code: 'height-weight',
      inputs: {
        heightCm: { kind: 'number', unit: 'cm', min: 100, max: 250, zh: '身高', en: 'height', indicator: 'height' },
        weightKg: {
          kind: 'number',
          unit: 'kg',
          min: 20,
          max: 350,
          zh: '体重',
          en: 'weight',
          indicator: 'weight',
          movable: true,
        },
      },
      compute: ({ heightCm, weightKg }) => classed(bodyMassIndex(heightCm, weightKg)),
    }),
    form({
      code: 'waist',
      inputs: {
        sex: { kind: 'choice', of: ['female', 'male'], zh: '性别', en: 'sex' },
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
      },
      compute({ sex, waistCm }) {
        const waist = card.waists[waistCategory(sex, waistCm)]
        return { output: { waist }, band: waist === 'normal' ? 'waist-normal' : waist, value: waistCm }
      },
    }),
  ],
}
