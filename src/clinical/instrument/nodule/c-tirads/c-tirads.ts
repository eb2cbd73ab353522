import { form, type Computed, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { recheckCaveats } from '../asked.ts'
import card from './model.json' with { type: 'json' }

/** The report names what was seen; a feature that it does not name was not seen. */
const feature = { kind: 'yes-no', optional: true } as const

function graded(category: string, score: number | null, caveats: string[]): Computed {
  const malignancy = card.malignancy[category as keyof typeof card.malignancy]
  return {
    output: { category, score, malignancy, system: card.system },
    band: category,
    ...(score === null ? {} : { value: score }),
    caveats: [...recheckCaveats, 'c-not-others', ...caveats],
  }
}

export const cTirads: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'features',
      inputs: {
        solid: { ...feature, zh: '实性（不填即没有看到，下同）', en: 'solid (left out: not seen, so all below)' },
        markedHypoechoic: { ...feature, zh: '极低回声', en: 'markedly hypoechoic' },
        microcalcification: { ...feature, zh: '微钙化', en: 'microcalcification' },
        vertical: { ...feature, zh: '垂直位', en: 'vertical' },
        illDefinedOrETE: {
          ...feature,
          zh: '边缘模糊、不规则或甲状腺外侵犯',
          en: 'ill-defined or irregular margin, or beyond the thyroid',
        },
        cometTail: { ...feature, zh: '彗星尾征', en: 'comet tail' },
        biopsyProven: { ...feature, zh: '已有恶性病理结果', en: 'malignant biopsy result' },
      },
      compute({ biopsyProven, cometTail, ...suspicious }) {
        if (biopsyProven) return graded('6', null, [])
        const score = Object.values(suspicious).filter((one) => one === true).length - (cometTail ? 1 : 0)
        const category = card.scoreToCategory[String(score) as keyof typeof card.scoreToCategory]
        return graded(category, score, ['left-out-is-absent'])
      },
    }),
  ],
}
