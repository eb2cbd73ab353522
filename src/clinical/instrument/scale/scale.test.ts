import { describe, expect, test } from 'vitest'
import { checkPlain } from '../../plain-language/index.ts'
import { evaluate, type Instrument } from '../core/instrument.ts'
import { instruments } from './index.ts'
import type { ScaleCard } from './sum-scale.ts'

const bySum = instruments.filter((one) => 'scoring' in one.card)
const filled = (count: number, points: number) => Array.from({ length: count }, () => points)
const scale = (code: string): Instrument => instruments.find((one) => one.card.code === code)!

/** The first form's answers, all the same, as low or as high as the scale goes. */
function uniform(instrument: Instrument, end: 'min' | 'max'): Record<string, unknown> {
  const spec = instrument.forms[0]!.inputs['items']!
  if (spec.kind !== 'items') throw new Error('no items')
  const items = filled(spec.count, spec[end]).map((points, n) => {
    const allowed = spec.allowed?.[n]
    return allowed ? Math[end](...allowed) : points
  })
  return { items, ...(instrument.card.code === 'audit-c' ? { sex: 'male' } : {}) }
}

describe.each(bySum.map((one) => [one.card.code, one] as const))('%s', (_code, instrument) => {
  const { scoring, bands, sentences } = instrument.card as ScaleCard

  test('its points are sound data, and each band and sentence that they name has words', () => {
    const items = new Set(scoring.items.flatMap(({ codes }) => codes))
    expect(items.size).toBe(scoring.items.flatMap(({ codes }) => codes).length)
    for (const { of = [], reverse = [], bands: cuts = [] } of scoring.scores) {
      for (const item of [...of, ...reverse]) expect(items).toContain(item)
      const limits = cuts.map(({ from }) => (typeof from === 'number' ? from : Math.min(...Object.values(from.is))))
      expect(limits).toEqual([...new Set(limits)].toSorted((a, b) => a - b))
    }
    for (const { items: watched = [] } of scoring.flags ?? []) for (const item of watched) expect(items).toContain(item)
    const described = bands.map((band) => band.code)
    const judged = new Set(['no', 'tends', 'yes'])
    const named = scoring.scores.flatMap((rule) => rule.bands?.map((band) => band.code) ?? [])
    for (const code of named) if (!judged.has(code)) expect(described).toContain(code)
    for (const { says } of scoring.flags ?? []) if (says) expect(Object.keys(sentences ?? {})).toContain(says)
  })

  test('each item counts', () => {
    const [low, high] = (['min', 'max'] as const).map((end) => uniform(instrument, end))
    const items = low!['items'] as number[]
    const before = evaluate(instrument, low!)
    expect(before.refused).toBeUndefined()
    for (const n of items.keys()) {
      const one = evaluate(instrument, { ...low, items: items.with(n, (high!['items'] as number[])[n]!) })
      expect(one).not.toMatchObject({ output: (before as { output: object }).output })
    }
  })

  test('each item alone left out is named, and nothing is scored', () => {
    const input = uniform(instrument, 'min')
    const items = input['items'] as number[]
    for (const n of items.keys()) {
      const result = evaluate(instrument, { ...input, items: items.with(n, null as never) })
      expect(result.refused?.missing).toEqual([`items[${n}]`])
    }
  })

  test('a point too many is refused', () => {
    const input = uniform(instrument, 'max')
    const items = input['items'] as number[]
    expect(evaluate(instrument, { ...input, items: items.with(0, items[0]! + 1) }).refused?.invalid).toHaveLength(1)
    expect(evaluate(instrument, { ...input, items: [...items, 0] }).refused?.invalid).toMatchObject([
      { reason: 'wrong-count', expected: items.length },
    ])
  })
})

test.each([
  [
    'phq-9',
    [0, 4, 5, 9, 10, 14, 15, 19, 20, 27],
    'none none mild mild moderate moderate moderatelySevere moderatelySevere severe severe',
  ],
  ['gad-7', [0, 4, 5, 9, 10, 14, 15, 21], 'minimal minimal mild mild moderate moderate severe severe'],
  ['isi', [7, 8, 14, 15, 21, 22], 'none subthreshold subthreshold moderate moderate severe'],
  ['mmrc-cat', [9, 10, 20, 21, 30, 31], 'low medium medium high high veryHigh'],
])('%s: totals %j are %s', (code, totals, bands) => {
  const instrument = scale(code)
  const spec = instrument.forms[0]!.inputs['items'] as { count: number; max: number }
  const reached = totals.map((total) => {
    const items = filled(spec.count, 0).map((_, n) => Math.max(0, Math.min(spec.max, total - n * spec.max)))
    const result = evaluate(instrument, { items })
    return result.refused ? 'refused' : result.band
  })
  expect(reached.join(' ')).toBe(bands)
})

describe('PHQ-9', () => {
  test.each([1, 2, 3])('item 9 at %i calls people in, whatever the total', (points) => {
    const result = evaluate(scale('phq-9'), { items: [...filled(8, 0), points] })
    expect(result).toMatchObject({ band: 'none', output: { safetyFlag: true }, caveats: ['safety'] })
  })

  test('the sentence names who answers at once: 12356, 120, 110', () => {
    const { zh, en } = scale('phq-9').card.sentences!['safety']!
    for (const text of [zh, en]) for (const number of ['12356', '120', '110']) expect(text).toContain(number)
  })

  test('without item 9 above 0 it is not said, even at 24', () => {
    const result = evaluate(scale('phq-9'), { items: [...filled(8, 3), 0] })
    expect(result).toMatchObject({ band: 'severe', output: { safetyFlag: false }, caveats: [] })
  })
})

test.each([
  ['sas', 1.25 * 51, 63],
  ['sds', 1.25 * 54, 67],
])('%s takes the integer part, it does not round %d', (code, exact, standard) => {
  const items = [2, 2, 3, 4, 1, 1, 4, 3, 2, 2, 4, 4, 4, 2, 2, 2, 4, 1, 1, 2]
  expect(Math.round(exact)).toBe(standard + 1)
  expect(evaluate(scale(code), { items })).toMatchObject({ output: { standard } })
})

test.each([
  ['male', 3, 'negative'],
  ['male', 4, 'positive'],
  ['female', 2, 'negative'],
  ['female', 3, 'positive'],
])('AUDIT-C: %s with %i is %s', (sex, total, band) => {
  const result = evaluate(scale('audit-c'), { items: [total, 0, 0], sex })
  expect(result).toMatchObject({ band, output: { positive: band === 'positive' } })
})

test('points that no answer brings are refused: 3 in Barthel, 1 for acute stress in MNA-SF, 10 for a drip in Morse', () => {
  for (const [code, n, points] of [
    ['barthel', 0, 3],
    ['mna-sf', 3, 1],
    ['morse-fall', 3, 10],
  ] as const) {
    const input = uniform(scale(code), 'max')
    const items = (input['items'] as number[]).with(n, points)
    expect(evaluate(scale(code), { items }).refused?.invalid).toMatchObject([
      { input: `items[${n}]`, reason: 'not-offered' },
    ])
  }
})

test.each([
  [1, 'fewerSymptoms'],
  [2, 'moreSymptoms'],
])('mMRC grade %i: %s', (grade, band) => {
  expect(evaluate(scale('mmrc-cat'), { grade })).toMatchObject({ form: 'mmrc', band })
})

describe('words', () => {
  const texts = instruments.flatMap(({ card }) =>
    [...card.bands.flatMap((band) => [band.title, band.meaning]), ...Object.values(card.sentences ?? {})].map(
      (words) => [card.code, words] as const,
    ),
  )

  test.each(texts)('%s: $zh', (_code, { zh, en }) => {
    for (const text of [zh, en]) expect(checkPlain(text)).toEqual([])
    expect(zh).not.toMatch(/抑郁症|焦虑症|失眠症/)
  })

  test('what the questions are is built in only where it may be', () => {
    const builtIn = instruments.filter(({ card }) => card.licence.stance === 'built-in').map(({ card }) => card.code)
    expect(builtIn).toEqual(['phq-9', 'gad-7', 'ipaq-sf', 'audit-c', 'tcm-constitution-elderly-33'])
  })
})
