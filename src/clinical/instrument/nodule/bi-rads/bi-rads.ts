import { form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { recheckCaveats } from '../asked.ts'
import card from './model.json' with { type: 'json' }

/** The category is the radiologist's; this says what follows. `months` 0: no interval, an appointment. */
export const biRads: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'category',
      inputs: {
        category: {
          kind: 'choice',
          of: ['0', '1', '2', '3', '4A', '4B', '4C', '5', '6'],
          zh: '报告上的 BI-RADS 分类',
          en: 'BI-RADS category of the report',
        },
      },
      compute({ category }) {
        const { schedule, ...rest } = card.categories[category]
        const isRoutine = category === '1' || category === '2'
        return {
          output: { ...rest, schedule, category, system: card.system },
          band: category,
          caveats: [...recheckCaveats, ...(isRoutine ? ['interval-of-clinic'] : [])],
        }
      },
    }),
  ],
}
