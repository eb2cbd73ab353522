import { expect, test } from 'vitest'
import { scoringFaults } from './scoring-faults.ts'
import type { Scoring, ScoreRule } from './scoring.ts'

const items = [{ codes: [1, 2], min: 0, max: 3 }]
const sum = { code: 'total', how: 'sum' } as const
const withScore = (rule: Partial<ScoreRule>): Scoring => ({ items, scores: [{ ...sum, ...rule }] })
const bySex = (male: number, female: number) => ({ by: 'sex', is: { male, female } })

test.each<[string, Scoring, string]>([
  ['no item', { items: [], scores: [sum] }, 'no-item '],
  ['no score', { items, scores: [] }, 'no-score '],
  ['an item in two groups', { items: [...items, { codes: ['2'], min: 0, max: 1 }], scores: [sum] }, 'twice 2'],
  [
    'two outputs of one name',
    { items, scores: [sum], flags: [{ code: 'total', items: [1], atLeast: 1 }] },
    'twice total',
  ],
  ['a range upside down', { items: [{ codes: [1], min: 3, max: 0 }], scores: [sum] }, 'min-above-max 1'],
  ['a score of an item that is not there', withScore({ of: [1, 9] }), 'unknown-item 9'],
  ['an unknown item turned round', withScore({ reverse: [7] }), 'unknown-item 7'],
  ['a weight for an unknown item', withScore({ weights: { 8: 2 } }), 'unknown-item 8'],
  ['a score over one that is not computed yet', withScore({ ofScores: ['later'] }), 'unknown-score later'],
  ['a score over itself', withScore({ ofScores: ['total'] }), 'unknown-score total'],
  [
    'bands downwards',
    withScore({
      bands: [
        { code: 'b', from: 5 },
        { code: 'a', from: 0 },
      ],
    }),
    'bands-out-of-order total',
  ],
  [
    'two bands from one limit',
    withScore({
      bands: [
        { code: 'a', from: 5 },
        { code: 'b', from: 5 },
      ],
    }),
    'bands-out-of-order total',
  ],
  [
    'bands downwards for one group',
    withScore({
      bands: [
        { code: 'a', from: 3 },
        { code: 'b', from: bySex(4, 2) },
      ],
    }),
    'bands-out-of-order total',
  ],
  ['a flag that watches nothing', { items, scores: [sum], flags: [{ code: 'f', atLeast: 1 }] }, 'nothing-to-watch f'],
  [
    'a flag over an unknown item',
    { items, scores: [sum], flags: [{ code: 'f', items: [5], atLeast: 1 }] },
    'unknown-item 5',
  ],
  [
    'a flag over an unknown score',
    { items, scores: [sum], flags: [{ code: 'f', score: 'x', atLeast: 1 }] },
    'unknown-score x',
  ],
])('%s', (_name, scoring, fault) => {
  expect(scoringFaults(scoring).map(({ reason, at }) => `${reason} ${at}`)).toContain(fault)
})

test('a sound scoring has none', () => {
  const bands = [
    { code: 'a', from: 0 },
    { code: 'b', from: bySex(4, 3) },
  ]
  expect(
    scoringFaults({ items, scores: [{ ...sum, bands }], flags: [{ code: 'f', score: 'total', atLeast: 4 }] }),
  ).toEqual([])
})
