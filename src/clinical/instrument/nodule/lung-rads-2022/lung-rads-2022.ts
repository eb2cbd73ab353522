import { form, type Computed, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { diameterMm, recheckCaveats, solidMm } from '../asked.ts'
import { categoryOf, obstacleTo } from './category.ts'
import card from './model.json' with { type: 'json' }

/** `months` 0 is a referral without a fixed interval. */
function graded(category: string, caveats: string[] = []): Computed {
  const months = card.months[category as keyof typeof card.months]
  return {
    output: { category, months, system: card.system },
    band: category,
    caveats: [...recheckCaveats, ...caveats],
  }
}

const suspicious = {
  kind: 'yes-no',
  zh: '另有可疑特征（毛刺、淋巴结肿大等，不填即没有）',
  en: 'further suspicious features (left out: none)',
  optional: true,
} as const

/** 3 or 4 with further suspicious features is 4X. */
function raised(category: string, isSuspicious: boolean | undefined): string {
  return isSuspicious && ['3', '4A', '4B'].includes(category) ? '4X' : category
}

export const lungRads2022: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'nodule',
      inputs: {
        type: {
          kind: 'choice',
          of: ['solid', 'partSolid', 'groundGlass', 'juxtapleural'],
          zh: '结节类型（胸膜旁：光滑的卵圆、豆状或三角形实性结节）',
          en: 'kind of nodule (juxtapleural: smooth oval, lentiform or triangular, solid)',
        },
        status: {
          kind: 'choice',
          of: ['baseline', 'new', 'growing', 'growingSolid', 'slowlyGrowing', 'stable'],
          zh: '和以前比（增大：12 个月内平均直径增加超过 1.5 mm）',
          en: 'against earlier scans (growing: mean diameter more than 1.5 mm larger within 12 months)',
        },
        diameterMm,
        solidMm,
        suspicious,
      },
      appliesTo: obstacleTo,
      compute: (input) =>
        graded(raised(categoryOf(input), input.suspicious), input.status === 'stable' ? ['stable-at-recheck'] : []),
    }),
    form({
      code: 'airway',
      inputs: {
        airway: {
          kind: 'choice',
          of: ['subsegmental', 'segmentalOrProximal'],
          zh: '气道结节的位置',
          en: 'place of the airway nodule',
        },
        status: { kind: 'choice', of: ['baseline', 'persistent'], zh: '和以前比', en: 'against earlier scans' },
        suspicious,
      },
      compute({ airway, status, suspicious: more }) {
        if (airway === 'subsegmental') return graded('2')
        return graded(raised(status === 'baseline' ? '4A' : '4B', more))
      },
    }),
    form({
      code: 'cyst',
      inputs: {
        cyst: { kind: 'choice', of: ['thickWalled', 'multilocular'], zh: '囊腔', en: 'cyst' },
        status: {
          kind: 'choice',
          of: ['baseline', 'growingCavity', 'growingWall'],
          zh: '和以前比（囊腔增大，或壁、结节增大）',
          en: 'against earlier scans (cavity grew, or wall or nodule grew)',
        },
        suspicious,
      },
      compute({ cyst, status, suspicious: more }) {
        if (status === 'baseline') return graded(raised('4A', more))
        return graded(raised(status === 'growingCavity' && cyst === 'thickWalled' ? '3' : '4B', more))
      },
    }),
    form({
      code: 'no-nodule',
      inputs: { finding: { kind: 'choice', of: ['none', 'benign'], zh: '没有结节或典型良性', en: 'none, or benign' } },
      compute: () => graded('1'),
    }),
    form({
      code: 'incomplete',
      inputs: {
        incomplete: {
          kind: 'choice',
          of: ['infection', 'priorNeeded', 'notEvaluable'],
          zh: '不能判断的原因（考虑感染、要对比旧片、图像不全）',
          en: 'why it cannot be judged (infection suspected, earlier scan needed, images incomplete)',
        },
      },
      /** Suspected infection: low-dose CT after one to three months. */
      compute({ incomplete }) {
        const range = incomplete === 'infection' ? { monthsFrom: 1, monthsTo: 3 } : { monthsFrom: null, monthsTo: null }
        const { output, ...rest } = graded('0')
        return { ...rest, output: { ...output, months: null, ...range } }
      },
    }),
  ],
}
