import type { ItemsSpec, NumberSpec, RecordSpec } from '../../core/input.ts'
import { form, type Computed, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import bands from '../constitution-bands.json' with { type: 'json' }
import {
  CONSTITUTIONS,
  judgeConstitution,
  mainConstitution,
  type Constitution,
  type ConstitutionLimits,
} from '../constitution.ts'
import model from './model.json' with { type: 'json' }

/** Items that one person answers. 湿热 prints seven, of which the last two are for women or for men: six are answered. */
const ITEM_COUNT: Record<Constitution, number> = {
  pinghe: 8,
  qixu: 8,
  yangxu: 7,
  yinxu: 8,
  tanshi: 8,
  shire: 6,
  xueyu: 7,
  qiyu: 7,
  tebing: 7,
}
/** 平和: tires, soft voice, low mood, bears cold badly, sleepless, forgetful. */
const REVERSED_OF_PINGHE: ReadonlySet<number> = new Set([2, 3, 4, 5, 7, 8])

/** Between 39 and 40 tends, since a transformed score is seldom whole. */
const LIMITS: ConstitutionLimits = {
  yes: 40,
  tends: 30,
  balanced: { from: 60, othersBelow: 30, basicallyBelow: 40 },
}

const ofEach = <S>(make: (one: Constitution) => S) =>
  Object.fromEntries(CONSTITUTIONS.map((one) => [one, make(one)])) as Record<Constitution, S>

const NAMES = Object.fromEntries(bands.map(({ code, title }) => [code, title])) as Record<
  Constitution,
  { zh: string; en: string }
>

export const tcmConstitution60: Instrument = {
  card: { ...model, bands } as InstrumentCard,
  forms: [
    form({
      code: 'transformed',
      inputs: {
        transformed: {
          kind: 'record',
          of: ofEach((one): NumberSpec => ({ kind: 'number', min: 0, max: 100, ...NAMES[one] })),
          zh: '九种体质的转化分',
          en: 'transformed scores of the nine constitutions',
        } satisfies RecordSpec,
      },
      compute: ({ transformed }) => judged(transformed as Record<Constitution, number>),
    }),
    form({
      code: 'raw',
      inputs: {
        scale: { kind: 'choice', of: CONSTITUTIONS, zh: '体质', en: 'constitution' },
        raw: { kind: 'number', min: 0, integer: true, zh: '原始分', en: 'raw score' },
        items: { kind: 'number', min: 1, integer: true, zh: '所答题数', en: 'items answered' },
      },
      appliesTo({ scale, raw, items }) {
        if (items !== ITEM_COUNT[scale]) return 'wrong-item-count'
        return raw < items || raw > 5 * items ? 'raw-out-of-range' : undefined
      },
      compute({ raw, items }) {
        const transformed = transform(raw, items)
        return { output: { transformed }, value: transformed }
      },
    }),
    form({
      code: 'answers',
      inputs: {
        answers: {
          kind: 'record',
          of: ofEach((one): ItemsSpec => ({ kind: 'items', count: ITEM_COUNT[one], min: 1, max: 5, ...NAMES[one] })),
          zh: '每种体质各题的回答，未反向',
          en: 'answers to the items of each constitution, before any is reversed',
        } satisfies RecordSpec,
      },
      compute({ answers }) {
        const given = answers as Record<Constitution, number[]>
        const transformed = ofEach((one) => transform(rawOf(one, given[one]), ITEM_COUNT[one]))
        const { output, ...rest } = judged(transformed)
        return { output: { transformed, ...output }, ...rest }
      },
    }),
  ],
}

function judged(transformed: Readonly<Record<Constitution, number>>): Computed {
  const result = judgeConstitution(transformed, LIMITS)
  return { output: result, ...mainConstitution(transformed, result) }
}

/** @returns 0 to 100 */
function transform(raw: number, items: number): number {
  return ((raw - items) / (4 * items)) * 100
}

function rawOf(one: Constitution, points: readonly number[]): number {
  return points.reduce((sum, given, index) => {
    const reversed = one === 'pinghe' && REVERSED_OF_PINGHE.has(index + 1)
    return sum + (reversed ? 6 - given : given)
  }, 0)
}
