import { describe, expect, test } from 'vitest'
import { score, type Answers, type Scoring, type ScoreRule } from './scoring.ts'

const of = (rule: Partial<ScoreRule>, answers: Answers, groups?: Record<string, string>) =>
  score(
    { items: [{ codes: ['a', 'b', 3], min: 1, max: 5 }], scores: [{ code: 'it', how: 'sum', ...rule }] },
    answers,
    groups,
  ).scores['it']!

const answers = { a: 1, b: 2, 3: 5 }

test.each<[string, Partial<ScoreRule>, number]>([
  ['sum of all', {}, 8],
  ['sum of some', { of: ['a', 3] }, 6],
  ['an item turned round', { reverse: [3] }, 4],
  ['weights, 1 where none is named', { weights: { b: 10 } }, 26],
  ['a weight on an item that is turned round', { reverse: ['3'], weights: { 3: 10 } }, 13],
  ['mean', { how: 'mean' }, 8 / 3],
  ['highest', { how: 'max' }, 5],
  ['lowest', { how: 'min' }, 1],
  ['count from 1', { how: 'count' }, 3],
  ['count from a limit', { how: 'count', countFrom: 2 }, 2],
  ['first add, then multiply', { add: -3, multiply: 2 }, 10],
  ['the integer part', { multiply: 1.24, round: 'floor' }, 9],
  ['the nearest', { multiply: 1.24, round: 'nearest' }, 10],
])('%s', (_name, rule, value) => {
  expect(of(rule, answers)).toMatchObject({ value, missing: [] })
})

test('what binary fractions lose does not move a score below a whole number', () => {
  expect(0.29 * 100).toBeLessThan(29)
  expect(of({ how: 'max', multiply: 0.29, add: 95, round: 'floor' }, answers).value).toBe(29)
})

describe('an item without an answer', () => {
  test.each([[undefined], [null]])('(%s) is named, and nothing is scored', (none) => {
    expect(of({ bands: [{ code: 'low', from: 0 }] }, { a: 1, b: none, 3: 5 })).toEqual({ missing: ['b'] })
  })

  test('is left out where the rule says so', () => {
    expect(of({ missing: 'skip', how: 'mean' }, { a: 1, 3: 5 })).toMatchObject({ value: 3, missing: [] })
  })

  test('is not 0: where nothing is answered nothing is scored', () => {
    expect(of({ missing: 'skip' }, {}).value).toBeUndefined()
    expect(of({ missing: 'skip', how: 'count' }, {}).value).toBeUndefined()
  })

  test('does not matter to a score that does not ask for it', () => {
    expect(of({ of: ['a'] }, { a: 4 })).toMatchObject({ value: 4, missing: [] })
  })
})

describe('bands', () => {
  const bands = [
    { code: 'low', from: 3 },
    { code: 'high', from: 8 },
  ]
  test.each([
    [{ a: 1, b: 1, 3: 1 }, 'low'],
    [{ a: 2, b: 2, 3: 3 }, 'low'],
    [{ a: 2, b: 2, 3: 4 }, 'high'],
    [{ a: 5, b: 5, 3: 5 }, 'high'],
  ])('%j is %s', (given, band) => {
    expect(of({ bands }, given).band).toBe(band)
  })

  test('below the first there is none', () => {
    expect(of({ bands, of: ['a'] }, { a: 2 }).band).toBeUndefined()
  })

  test.each([
    ['male', 'few'],
    ['female', 'many'],
    ['other', undefined],
    [undefined, undefined],
  ])('a limit by group, for %s: %s; where the group is not known nothing is said', (sex, band) => {
    const cut = { by: 'sex', is: { male: 9, female: 8 } }
    const rule = {
      bands: [
        { code: 'few', from: 0 },
        { code: 'many', from: cut },
      ],
    }
    expect(of(rule, answers, sex ? { sex } : {}).band).toBe(band)
  })
})

describe('scores over scores', () => {
  const scoring: Scoring = {
    items: [{ codes: [1, 2, 3], min: 0, max: 3 }],
    scores: [
      { code: 'body', how: 'sum', of: [1, 2] },
      { code: 'mind', how: 'sum', of: [3] },
      { code: 'total', how: 'sum', ofScores: ['body', 'mind'], weights: { mind: 2 } },
    ],
  }

  test('subscales and their weighted total', () => {
    const { scores } = score(scoring, { 1: 1, 2: 2, 3: 3 })
    expect([scores['body']!.value, scores['mind']!.value, scores['total']!.value]).toEqual([3, 3, 9])
  })

  test('a subscale that can be scored is, the total names what it lacks', () => {
    const { scores, missing } = score(scoring, { 3: 3 })
    expect(scores).toMatchObject({ mind: { value: 3 }, total: { missing: ['1', '2'] } })
    expect(scores['total']!.value).toBeUndefined()
    expect(missing).toEqual(['1', '2'])
  })
})

describe('flags', () => {
  const scoring: Scoring = {
    items: [{ codes: [1, 2], min: 0, max: 3 }],
    scores: [{ code: 'total', how: 'sum' }],
    flags: [
      { code: 'help', items: [2], atLeast: 1 },
      { code: 'much', score: 'total', atLeast: 4 },
    ],
  }

  test.each<[Answers, boolean | undefined, boolean | undefined]>([
    [{ 1: 3, 2: 0 }, false, false],
    [{ 1: 3, 2: 1 }, true, true],
    [{ 2: 1 }, true, undefined],
    [{ 1: 3 }, undefined, undefined],
  ])('%j: %s, %s', (given, help, much) => {
    expect(score(scoring, given).flags).toEqual({ help, much })
  })
})
