import { form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import card from './model.json' with { type: 'json' }

const asked = { kind: 'yes-no' } as const

function bandOf(pct: number): string {
  if (pct < card.mediumFromPct) return 'low'
  return pct <= card.highAbovePct ? 'medium' : 'high'
}

/** Percent, for a solitary nodule of 4–30 mm. */
export const lungNoduleMayo: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'solitary',
      inputs: {
        age: { kind: 'number', unit: 'a', min: 18, max: 100, zh: '年龄', en: 'age' },
        everSmoker: { ...asked, zh: '吸过烟', en: 'ever smoked' },
        priorCancer: {
          ...asked,
          zh: '五年以前有过胸外的癌症',
          en: 'cancer outside the chest, five years ago or longer',
        },
        diameterMm: { kind: 'number', unit: 'mm', min: 4, max: 30, zh: '直径', en: 'diameter' },
        upperLobe: { ...asked, zh: '位于上叶', en: 'in an upper lobe' },
        spiculation: { ...asked, zh: '毛刺', en: 'spiculation' },
      },
      compute(input) {
        const b = card.coefficient
        const x =
          b.constant +
          b.age * input.age +
          (input.everSmoker ? b.everSmoker : 0) +
          (input.priorCancer ? b.priorCancer : 0) +
          b.diameterMm * input.diameterMm +
          (input.spiculation ? b.spiculation : 0) +
          (input.upperLobe ? b.upperLobe : 0)
        const pct = 100 / (1 + Math.exp(-x))
        return { output: { pct }, band: bandOf(pct), value: pct, caveats: ['not-calibrated', 'radiologist-first'] }
      },
    }),
  ],
}
