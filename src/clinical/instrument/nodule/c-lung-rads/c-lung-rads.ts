import { form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { categoryAt, diameterMm, recheckCaveats, solidMm } from '../asked.ts'
import card from './model.json' with { type: 'json' }

interface Nodule {
  type: 'solid' | 'partSolid' | 'groundGlass' | 'calcified'
  diameterMm: number
  solidMm?: number
}

function categoryOf({ type, diameterMm: mm, solidMm: solid = 0 }: Nodule): string {
  if (type === 'calcified') return '0'
  if (type !== 'partSolid') return categoryAt(card.sizes[type], mm)
  return mm < card.partSolidFromMm ? '1' : categoryAt(card.sizes.solidPart, solid)
}

/** The step by size; `months` 0 is a referral without a fixed interval. */
export const cLungRads: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'nodule',
      inputs: {
        type: {
          kind: 'choice',
          of: ['solid', 'partSolid', 'groundGlass', 'calcified'],
          zh: '结节类型',
          en: 'kind of nodule',
        },
        diameterMm,
        solidMm,
      },
      appliesTo({ type, diameterMm: mm, solidMm: solid }) {
        if ((solid ?? 0) > mm) return 'solid-larger-than-nodule'
        return type === 'partSolid' && mm >= card.partSolidFromMm && solid === undefined
          ? 'solid-part-needed'
          : undefined
      },
      compute(input) {
        const category = categoryOf(input)
        const months = card.months[category as keyof typeof card.months]
        return {
          output: { category, months, system: card.system },
          band: category,
          caveats: [...recheckCaveats, ...(category === '2' || category === '3' ? ['size-step-only'] : [])],
        }
      },
    }),
  ],
}
