import { form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import card from './model.json' with { type: 'json' }

export const osta: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'index',
      inputs: {
        weightKg: {
          kind: 'number',
          unit: 'kg',
          min: 25,
          max: 200,
          zh: '体重',
          en: 'weight',
          indicator: 'weight',
          movable: true,
        },
        age: { kind: 'number', unit: 'a', min: 40, max: 110, zh: '年龄', en: 'age' },
      },
      compute({ weightKg, age }) {
        const index = (weightKg - age) * 0.2
        const band = index > -1 ? 'low' : index >= -4 ? 'medium' : 'high'
        return { output: { index, band }, band, value: index, caveats: ['truncated-original'] }
      },
    }),
  ],
}
