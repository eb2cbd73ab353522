import { describe, expect, it, test } from 'vitest'
import { trend, type TrendPoint } from './trend.ts'
import { courseWord, trendWords } from './words.ts'
import words from './words.json' with { type: 'json' }

const yearly = (values: number[], more: Partial<TrendPoint> = {}): TrendPoint[] =>
  values.map((value, index) => ({ on: `${2016 + index}-06-01`, value, unit: 'mmol/L', ...more }))
const shown = { decimals: 1, unit: 'mmol/L' }

describe('the texts', () => {
  const texts = Object.values(words['zh-CN']).concat(Object.values(words.en))

  it('has the same sentences in both languages', () =>
    expect(Object.keys(words.en)).toEqual(Object.keys(words['zh-CN'])))

  it.each(texts)('%s is short, calm and promises nothing', (text) => {
    expect([...text].length).toBeLessThanOrEqual(90)
    expect(text).toMatch(/[。.]$/)
    expect(text).not.toMatch(/[!！]|一定|保证|治愈|痊愈|放心|危险|恶化|cure|guarantee|certainly|danger|worse/i)
  })

  it.each(Object.values(words['zh-CN']))('%s speaks without terms of art', (text) => {
    expect([...text].length).toBeLessThanOrEqual(32)
    expect(text).not.toMatch(/斜率|置信|变异|显著|趋势线|回归|中位|RCV|CV/)
  })
})

describe('trendWords', () => {
  it('says where it goes and how the latest lies to the usual ups and downs', () => {
    const rising = trend(yearly([5, 5.2, 5.4, 5.6, 5.8, 6.9]), 'fpg')
    expect(trendWords(rising, shown, 'zh-CN')).toEqual({
      course: '总体在上升，平均每年约 0.20 mmol/L。',
      change: '最近一次比上次高 19%，超过平常的波动。',
      notes: [],
    })
    expect(trendWords(trend(yearly([6, 5.8, 5.6, 5.4, 5.2]), 'fpg'), shown, 'en')).toEqual({
      course: 'Falling overall, by about 0.20 mmol/L a year.',
      change: 'The latest differs from the one before within the usual ups and downs.',
      notes: [],
    })
  })

  it('says so where no variation is known, and nothing where nothing changed', () => {
    expect(trendWords(trend(yearly([120, 130]), 'sbp'), shown, 'zh-CN').change).toMatch('没有公认的波动范围')
    expect(trendWords(trend(yearly([5, 5]), 'fpg'), shown, 'zh-CN').change).toBeUndefined()
    expect(trendWords(trend([]), shown, 'zh-CN')).toEqual({ notes: [] })
  })

  it('notes a break and results that are only a bound', () => {
    const broken = trend([
      ...yearly([5, 6], { method: 'A' }),
      { on: '2020-01-01', value: 6.22, comparator: '>', method: 'B' },
    ])
    expect(trendWords(broken, shown, 'zh-CN').notes).toEqual([words['zh-CN'].methods, words['zh-CN'].inexact])
  })
})

const interval = { low: -1, high: 1 }
test.each([
  ['rising', { slope: 0.4, low: 0.1, high: 1 }, 1, { word: 'rising', slope: '0.40' }],
  ['falling', { slope: -0.03, low: -1, high: -0.01 }, 2, { word: 'falling', slope: '0.03' }],
  ['rising', { slope: 2.5, low: 1, high: 4 }, 0, { word: 'rising', slope: '2.5' }],
  ['falling', { slope: -12, low: -20, high: -2 }, 0, { word: 'falling', slope: '12.0' }],
  ['unclear', { slope: 0 }, 1, { word: 'steady', slope: '' }],
  ['unclear', { slope: -0.004, ...interval }, 2, { word: 'steady', slope: '' }],
  ['rising', { slope: 0.001, low: 0.0001, high: 0.01 }, 1, { word: 'steady', slope: '' }],
  ['unclear', { slope: 0.6 }, 1, { word: 'few', slope: '' }],
  ['unclear', { slope: 0.6, ...interval }, 1, { word: 'unclear', slope: '' }],
  ['unclear', undefined, 1, undefined],
] as const)('%s by %o with %i decimals says %o', (course, slopePerYear, decimals, said) =>
  expect(courseWord({ course, slopePerYear, points: [{ value: 66 }, { value: 66.5 }] }, decimals)).toEqual(said),
)

test('values that swing and end where they began have not stayed the same', () => {
  const points = [118, 162, 120, 160, 119].map((value) => ({ value }))
  const flat = { course: 'unclear', slopePerYear: { slope: 0, ...interval }, points } as const
  expect(courseWord(flat, 0)).toEqual({ word: 'unclear', slope: '' })
})
