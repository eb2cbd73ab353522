import { form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import card from './model.json' with { type: 'json' }

const asked = { kind: 'yes-no' } as const

/** Percent. No term may be left out: without spiculation it is another model with other coefficients. */
export const lungNoduleBrock: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'full',
      inputs: {
        age: { kind: 'number', unit: 'a', min: 30, max: 100, zh: '年龄', en: 'age' },
        female: { ...asked, zh: '女性', en: 'female' },
        familyHistory: { ...asked, zh: '家人有肺癌', en: 'family history of lung cancer' },
        emphysema: { ...asked, zh: '肺气肿', en: 'emphysema' },
        diameterMm: { kind: 'number', unit: 'mm', min: 1, max: 30, zh: '最大直径', en: 'largest diameter' },
        type: { kind: 'choice', of: ['solid', 'partSolid', 'nonSolid'], zh: '结节类型', en: 'kind of nodule' },
        upperLobe: { ...asked, zh: '位于上叶', en: 'in an upper lobe' },
        count: { kind: 'number', min: 1, max: 100, integer: true, zh: '结节个数', en: 'number of nodules' },
        spiculation: { ...asked, zh: '毛刺', en: 'spiculation' },
      },
      compute(input) {
        const b = card.coefficient
        const x =
          b.constant +
          b.age * (input.age - b.ageCentre) +
          (input.female ? b.female : 0) +
          (input.familyHistory ? b.familyHistory : 0) +
          (input.emphysema ? b.emphysema : 0) +
          b.size * ((input.diameterMm / 10) ** -0.5 - b.sizeCentre) +
          (input.type === 'solid' ? 0 : b[input.type]) +
          (input.upperLobe ? b.upperLobe : 0) +
          b.count * (input.count - b.countCentre) +
          (input.spiculation ? b.spiculation : 0)
        const pct = 100 / (1 + Math.exp(-x))
        const derived = input.age >= 50 && input.age <= 75
        return {
          output: { pct },
          band: pct < card.higherFromPct ? 'lower' : 'higher',
          value: pct,
          caveats: ['not-calibrated', 'radiologist-first', ...(derived ? [] : ['outside-derivation-age'])],
        }
      },
    }),
  ],
}
