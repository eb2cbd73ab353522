import type { NumberSpec } from '../../core/input.ts'
import { form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import model from './model.json' with { type: 'json' }

/** An answer of 0 to 3 points. */
const points = <const T extends { zh: string; en: string }>(title: T) =>
  ({ kind: 'number', min: 0, max: 3, integer: true, ...title }) as const satisfies NumberSpec

export const psqi: Instrument = {
  card: model as InstrumentCard,
  forms: [
    form({
      code: 'components',
      inputs: {
        quality: points({ zh: '睡眠质量（第 6 题）', en: 'quality of sleep (question 6)' }),
        latencyMin: { kind: 'number', unit: 'min', min: 0, max: 720, zh: '多久睡着', en: 'minutes until asleep' },
        q5a: points({ zh: '半小时内睡不着（第 5a 题）', en: 'not asleep within half an hour (question 5a)' }),
        hoursSlept: { kind: 'number', unit: 'h', min: 0, max: 24, zh: '实际睡眠小时数', en: 'hours asleep' },
        hoursInBed: { kind: 'number', unit: 'h', min: 0.5, max: 24, zh: '躺在床上的小时数', en: 'hours in bed' },
        q5b_j: {
          kind: 'items',
          count: 9,
          min: 0,
          max: 3,
          zh: '第 5b 到 5j 题',
          en: 'questions 5b to 5j',
        },
        meds: points({ zh: '安眠药（第 7 题）', en: 'sleep medicine (question 7)' }),
        q8: points({ zh: '白天犯困（第 8 题）', en: 'staying awake by day (question 8)' }),
        q9: points({ zh: '做事精力（第 9 题）', en: 'drive (question 9)' }),
      },
      appliesTo: ({ hoursSlept, hoursInBed }) => (hoursSlept > hoursInBed ? 'slept-longer-than-in-bed' : undefined),
      compute(given) {
        const efficiency = (given.hoursSlept / given.hoursInBed) * 100
        const components = [
          given.quality,
          stepUp(stepUp(given.latencyMin, [15, 30, 60]) + given.q5a, [0, 2, 4]),
          // Exactly 7 hours gives 1: the original asks for more than 7.
          given.hoursSlept > 7 ? 0 : stepDown(given.hoursSlept, [6, 5]) + 1,
          stepDown(efficiency, [85, 75, 65]),
          stepUp(
            given.q5b_j.reduce((sum, one) => sum + one, 0),
            [0, 9, 18],
          ),
          given.meds,
          stepUp(given.q8 + given.q9, [0, 2, 4]),
        ]
        const total = components.reduce((sum, one) => sum + one, 0)
        const [poor, poorChina] = [total > 5, total > 7]
        const band = poorChina ? 'poor' : poor ? 'fair' : 'good'
        return { output: { components, total, poor, poorChina, efficiency, band }, band, value: total }
      },
    }),
  ],
}

/** What binary fractions lose: 6.8 of 8 hours are 85 %. */
const LOST = 1e-9

/** How many limits a value passes. */
function stepUp(value: number, limits: readonly number[]): number {
  return limits.filter((limit) => value > limit + LOST).length
}

/** How many limits a value falls short of. */
function stepDown(value: number, limits: readonly number[]): number {
  return limits.filter((limit) => value < limit - LOST).length
}
