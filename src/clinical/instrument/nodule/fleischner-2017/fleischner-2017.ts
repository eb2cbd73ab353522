import { form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { diameterMm, recheckCaveats } from '../asked.ts'
import card from './model.json' with { type: 'json' }

/** Below 6 mm, 6–8 mm with both limits, above 8 mm. */
function sizeClass(mm: number): 0 | 1 | 2 {
  if (mm < 6) return 0
  return mm <= 8 ? 1 : 2
}

function caveatsOf(type: string, count: string, mm: number): string[] {
  return [
    ...recheckCaveats,
    ...(count === 'multiple' ? ['most-suspicious'] : []),
    ...(type === 'partSolid' && mm >= 6 ? ['solid-part'] : []),
  ]
}

export const fleischner2017: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'nodule',
      inputs: {
        type: { kind: 'choice', of: ['solid', 'partSolid', 'groundGlass'], zh: '结节类型', en: 'kind of nodule' },
        diameterMm,
        count: { kind: 'choice', of: ['single', 'multiple'], zh: '单发或多发', en: 'one or several' },
        risk: {
          kind: 'choice',
          of: ['low', 'high'],
          zh: '肺癌风险（吸烟、年龄、家族史、上叶、毛刺）',
          en: 'risk of lung cancer (smoking, age, family, upper lobe, spiculation)',
        },
        age: {
          kind: 'number',
          unit: 'a',
          min: 35,
          max: 120,
          zh: '年龄（不填：由医生确认已满 35 岁）',
          en: 'age (left out: the doctor vouches for 35 or more)',
          optional: true,
        },
        screening: {
          kind: 'yes-no',
          zh: '是肺癌筛查发现的（不填即不是）',
          en: 'found by screening (left out: no)',
          optional: true,
        },
        knownCancer: {
          kind: 'yes-no',
          zh: '有癌症病史或免疫抑制（不填即没有）',
          en: 'known cancer or immunosuppression (left out: no)',
          optional: true,
        },
      },
      appliesTo({ screening, knownCancer }) {
        if (screening) return 'screening'
        return knownCancer ? 'known-cancer' : undefined
      },
      compute(input) {
        const followUpMonths = card.table[input.type][input.count][input.risk][sizeClass(input.diameterMm)]!
        const { band, monthsFrom, monthsTo } = card.plans[followUpMonths as keyof typeof card.plans]
        return {
          output: { followUpMonths, monthsFrom, monthsTo, system: card.system },
          band,
          caveats: caveatsOf(input.type, input.count, input.diameterMm),
        }
      },
    }),
  ],
}
