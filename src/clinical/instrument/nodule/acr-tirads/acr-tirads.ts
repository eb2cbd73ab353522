import { form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { recheckCaveats } from '../asked.ts'
import card from './model.json' with { type: 'json' }

const { points } = card

interface Features {
  composition: keyof typeof points.composition
  echogenicity: keyof typeof points.echogenicity
  shape: keyof typeof points.shape
  margin: keyof typeof points.margin
  foci: (keyof typeof points.foci)[]
}

/** Foci add up. A spongiform nodule takes no further points. */
function pointsOf({ composition, echogenicity, shape, margin, foci }: Features): number {
  if (composition === 'spongiform') return 0
  return (
    points.composition[composition] +
    points.echogenicity[echogenicity] +
    points.shape[shape] +
    points.margin[margin] +
    foci.reduce((sum, one) => sum + points.foci[one], 0)
  )
}

/** One point, which only an incomplete sum gives, is TR2. */
function levelOf(sum: number): string {
  return card.levelFrom.find(([, from]) => sum >= (from as number))![0] as string
}

/** Largest diameter in cm; `null` where the advice needs a size that is not known. */
function adviceOf(level: string, sizeCm: number | undefined): { advice: string | null; followYears: number[] } {
  if (level === 'TR1' || level === 'TR2') return { advice: 'No FNA recommended', followYears: [] }
  if (sizeCm === undefined) return { advice: null, followYears: [] }
  const { fnaCm, followCm, years } = card.sizes[level as keyof typeof card.sizes]
  if (sizeCm >= fnaCm) return { advice: `FNA recommended (>=${fnaCm.toFixed(1)} cm)`, followYears: [] }
  if (sizeCm >= followCm) return { advice: 'Follow recommended; FNA optional', followYears: years }
  return { advice: `No FNA recommended (<${followCm.toFixed(1)} cm)`, followYears: [] }
}

export const acrTirads: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'features',
      inputs: {
        composition: {
          kind: 'choice',
          of: ['cystic', 'spongiform', 'mixed', 'solid'],
          zh: '成分（囊性、海绵状、囊实性、实性；因钙化看不清按实性）',
          en: 'composition (hidden by calcification: solid)',
        },
        echogenicity: {
          kind: 'choice',
          of: ['anechoic', 'hyperechoic', 'isoechoic', 'hypoechoic', 'very_hypoechoic'],
          zh: '回声（看不清按等回声）',
          en: 'echogenicity (not to be judged: isoechoic)',
        },
        shape: { kind: 'choice', of: ['wider', 'taller'], zh: '横切面形态（纵横比）', en: 'shape in cross-section' },
        margin: {
          kind: 'choice',
          of: ['smooth', 'ill_defined', 'lobulated', 'ete'],
          zh: '边缘（光整、模糊、分叶或不规则、突出甲状腺外）',
          en: 'margin (smooth, ill-defined, lobulated or irregular, beyond the thyroid)',
        },
        foci: {
          kind: 'choices',
          of: ['none', 'macro', 'peripheral', 'punctate'],
          zh: '强回声灶（可多选：没有或大彗星尾、粗大钙化、周边钙化、点状）',
          en: 'echogenic foci, all that apply (none or large comet tail, macro, rim, punctate)',
        },
        sizeCm: {
          kind: 'number',
          unit: 'cm',
          min: 0.1,
          max: 15,
          zh: '最大径（不填就只给分级，不给建议）',
          en: 'largest diameter (left out: a level without advice)',
          optional: true,
        },
      },
      appliesTo: ({ foci }) => (foci.includes('none') && foci.length > 1 ? 'none-with-others' : undefined),
      compute(input) {
        const sum = pointsOf(input)
        const level = levelOf(sum)
        const { advice, followYears } = adviceOf(level, input.sizeCm)
        return {
          output: { points: sum, level, advice, followYears, system: card.system },
          band: level,
          value: sum,
          caveats: [...recheckCaveats, 'acr-not-others', ...(advice === null ? ['size-needed'] : [])],
        }
      },
    }),
  ],
}
