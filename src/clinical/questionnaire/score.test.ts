import { describe, expect, test } from 'vitest'
import type { QuestionnaireResponse } from './fhir.ts'
import { read } from './read.ts'
import { score } from './score.ts'
import type { Score, Scoring } from './scoring.ts'
import { answer, answersAt, open, toResponse } from './state/index.ts'
import { write } from './write.ts'

const ORDINAL = 'http://hl7.org/fhir/StructureDefinition/ordinalValue'
const option = (code: string, points: number) => ({
  extension: [{ url: ORDINAL, valueDecimal: points }],
  valueCoding: { system: 's', code, display: code },
})
const choice = (linkId: string, more: object = {}) => ({
  linkId,
  type: 'choice',
  answerOption: [option('low', 1), option('mid', 3), option('high', 5)],
  ...more,
})
const items = [
  choice('a'),
  choice('b'),
  choice('c'),
  { linkId: 'n', type: 'decimal' },
  { linkId: 'yes', type: 'boolean' },
]
const words = { zh: '分', en: 'score' }

const formOf = (scoring: Scoring) => read({ resourceType: 'Questionnaire', item: items, scoring }).form
const rule = (more: Partial<Score>): Score => ({
  code: 's',
  name: words,
  method: 'sum',
  items: ['a', 'b', 'c'],
  ...more,
})

function respond(answers: Record<string, string | number | boolean>): QuestionnaireResponse {
  const { form } = read({ resourceType: 'Questionnaire', item: items })
  const state = Object.entries(answers).reduce(
    (one, [key, value]) => answer(one, key, value),
    open(form, { known: { today: '2026-11-22' } }),
  )
  return toResponse(state)
}
const full = { a: 'low', b: 'mid', c: 'high', n: 2.5, yes: true }

describe('how points come together', () => {
  test.each<[string, Partial<Score>, Record<string, string | number | boolean>, number | undefined, string[]]>([
    ['a sum', {}, full, 9, []],
    ['numbers and yes count as they are', { items: ['a', 'n', 'yes'] }, full, 4.5, []],
    [
      'weights',
      { method: 'weighted', items: ['a', { linkId: 'b', weight: 2 }, { linkId: 'n', weight: -1 }] },
      full,
      4.5,
      [],
    ],
    ['a mean', { method: 'mean' }, full, 3, []],
    ['the highest', { method: 'max' }, full, 5, []],
    ['a count', { method: 'count', countFrom: 3 }, full, 2, []],
    ['one value', { method: 'value', items: ['n'] }, full, 2.5, []],
    ['reversed', { range: [1, 5], items: [{ linkId: 'a', reverse: true }, 'b'] }, full, 8, []],
    ['moved and stretched', { add: -3, multiply: 100 / 12 }, full, 50, []],
    ['rounded down', { multiply: 1.25, round: 'floor' }, full, 11, []],
    ['rounded', { multiply: 1.3, round: 'nearest' }, full, 12, []],
    [
      'a whole number that binary fractions miss',
      { items: ['a'], multiply: 0.1 * 3 * 10, round: 'floor' },
      full,
      3,
      [],
    ],
    ['one missing: refused', {}, { a: 'low', c: 'high' }, undefined, ['b']],
    ['one missing: zero', { missing: 'zero' }, { a: 'low', c: 'high' }, 6, ['b']],
    ['all missing: zero', { missing: 'zero' }, {}, 0, ['a', 'b', 'c']],
    ['one missing: prorated', { missing: { prorateUpTo: 1 } }, { a: 'low', c: 'high' }, 9, ['b']],
    ['two missing of one allowed', { missing: { prorateUpTo: 1 } }, { a: 'low' }, undefined, ['b', 'c']],
    ['an optional one', { items: ['a', { linkId: 'b', optional: true }] }, { a: 'low' }, 1, []],
  ])('%s', (_name, more, answers, value, missing) => {
    const [result] = score(formOf({ scores: [rule(more)] }), respond(answers)).scores
    expect([result!.value, result!.missing]).toEqual([value, missing])
    expect(result!.refused).toEqual(value === undefined ? { code: 'missing' } : undefined)
  })
})

test('answers count by system and code, in whatever words and language', () => {
  const given = (valueCoding: object): QuestionnaireResponse => ({
    resourceType: 'QuestionnaireResponse',
    status: 'completed',
    item: [{ linkId: 'a', answer: [{ valueCoding }] }],
  })
  const form = formOf({ scores: [rule({ items: ['a'] })] })
  const points = (coding: object) => score(form, given(coding)).scores[0]!.value
  expect(points({ system: 's', code: 'high', display: '总是' })).toBe(5)
  expect(points({ code: 'high' })).toBe(5)
  expect(points({ system: 'other', code: 'high', display: 'high' })).toBeUndefined()
  expect(points({ system: 's', code: 'unheard-of', display: 'high' })).toBeUndefined()
})

describe('bands and what follows from them', () => {
  const scoring: Scoring = {
    scores: [
      rule({
        bands: [
          { code: 'low', below: 5, text: words },
          {
            code: 'special',
            from: 5,
            when: [
              [
                { score: 'n', from: 2 },
                { score: 'n', below: 3 },
              ],
            ],
            text: words,
          },
          {
            code: 'high',
            from: 5,
            text: words,
            advice: words,
            actions: [
              { kind: 'tag', code: 't', days: 90 },
              { kind: 'task', code: 'k' },
            ],
          },
        ],
        invalidWhen: [{ code: 'absurd', text: words, when: [{ score: 'n', from: 100 }] }],
      }),
      rule({ code: 'n', method: 'value', items: ['n'] }),
    ],
    rules: [{ code: 'alarm', when: [{ linkId: 'c', from: 5 }], actions: [{ kind: 'alert', code: 'call' }] }],
  }
  const form = formOf(scoring)
  const run = (answers: Record<string, string | number | boolean>) => {
    const report = score(form, respond(answers))
    return [report.scores[0]!.band?.code ?? report.scores[0]!.refused?.code, ...report.actions.map((one) => one.code)]
  }

  test.each<[string, Record<string, string | number>, string[]]>([
    ['below the edge', { a: 'low', b: 'low', c: 'low', n: 9 }, ['low']],
    ['on the edge', { a: 'low', b: 'low', c: 'mid', n: 9 }, ['high', 't', 'k']],
    ['a band with a test of another score', { a: 'low', b: 'low', c: 'mid', n: 2 }, ['special']],
    ['that score is not there', { a: 'low', b: 'low', c: 'mid' }, ['high', 't', 'k']],
    ['beyond what the source allows', { a: 'mid', b: 'mid', c: 'mid', n: 100 }, ['absurd']],
    ['an alarm beside the band', { a: 'low', b: 'low', c: 'high', n: 9 }, ['high', 'call', 't', 'k']],
    ['an alarm though nothing could be scored', { c: 'high' }, ['missing', 'call']],
  ])('%s', (_name, answers, expected) => expect(run(answers)).toEqual(expected))

  test('each action says why', () =>
    expect(score(form, respond({ ...full, n: 9 })).actions.map((one) => one.because)).toEqual([
      { rule: 'alarm' },
      { score: 's', band: 'high' },
      { score: 's', band: 'high' },
    ]))
})

test.each<[string, unknown, string]>([
  ['no list', {}, 'scores: a list is wanted'],
  ['an unknown item', { scores: [rule({ items: ['zz'] })] }, 's: no item zz'],
  ['no items', { scores: [rule({ items: [] })] }, 's: no items'],
  [
    'a reversal without a range',
    { scores: [rule({ items: [{ linkId: 'a', reverse: true }] })] },
    's: reversed items want a range',
  ],
  ['a count without a limit', { scores: [rule({ method: 'count' })] }, 's: count wants countFrom'],
  [
    'a method nobody knows',
    { scores: [rule({ method: 'magic' as 'sum' })] },
    'scores[0].method: one of sum, weighted, mean, max, count, value is wanted',
  ],
  [
    'a band without words',
    { scores: [rule({ bands: [{ code: 'x' } as never] })] },
    'scores[0].bands[0].text: an object is wanted',
  ],
  ['an item that is a number', { scores: [rule({ items: [3 as never] })] }, 'scores[0].items[0]: an object is wanted'],
  [
    'a band on no score',
    { scores: [rule({ bands: [{ code: 'x', text: words, when: [[{ score: 'q' }]] }] })] },
    's: no score q',
  ],
  [
    'a rule on no item',
    { scores: [], rules: [{ code: 'r', when: [{ linkId: 'q' }], actions: [] }] },
    'rule r: no item q',
  ],
  ['one code twice', { scores: [rule({}), rule({})] }, 'two scores have one code'],
])('a scoring block with %s is a problem of the file', (_name, scoring, reason) => {
  const reading = read({ resourceType: 'Questionnaire', item: items, scoring })
  expect(reading.problems).toContainEqual({ code: 'bad-scoring', reason })
  expect(reading.form.scoring).toBeUndefined()
})

describe('exported as expressions', () => {
  const scores: Score[] = [
    rule({ code: 'sum' }),
    rule({ code: 'mean', method: 'mean' }),
    rule({ code: 'weighted', method: 'weighted', items: [{ linkId: 'a', weight: 2 }, 'n', 'yes'] }),
    rule({
      code: 'reversed',
      range: [1, 5],
      items: [
        { linkId: 'a', reverse: true },
        { linkId: 'b', reverse: true },
      ],
    }),
    rule({ code: 'zero', missing: 'zero' }),
    rule({ code: 'optional', items: ['a', { linkId: 'b', optional: true }] }),
    rule({ code: 'shown', method: 'value', items: ['n'], linkId: 'out' }),
    rule({ code: 'standard', add: -3, multiply: 1.25, round: 'floor' }),
    rule({ code: 'rounded', multiply: 1.3, round: 'nearest' }),
    rule({ code: 'max', method: 'max' }),
  ]
  const source = {
    resourceType: 'Questionnaire',
    item: [...items, { linkId: 'out', type: 'decimal', readOnly: true }],
    scoring: { scores },
  }
  const form = read(source).form
  const exported = write(form)
  const again = read(JSON.parse(JSON.stringify(exported)))

  test('the file is plain FHIR, reads without a complaint and keeps the block', () => {
    expect(exported).not.toHaveProperty('scoring')
    expect([again.problems, again.unsupported]).toEqual([[], []])
    expect(again.form.scoring).toEqual({ scores })
    expect(again.form.byLinkId.has('score-max')).toBe(false)
    expect(again.form.byLinkId.has('score-shown')).toBe(false)
  })

  test.each([full, { a: 'low', c: 'high' }, {}, { a: 'mid', n: 0 }])(
    'and computes what the scorer does for %j',
    (answers) => {
      const state = Object.entries(answers).reduce(
        (one, [key, value]) => answer(one, key, value as string),
        open(again.form, { known: { today: '2026-11-22' } }),
      )
      for (const result of score(form, toResponse(state)).scores) {
        if (result.code === 'max') continue
        const [computed] = answersAt(state, result.code === 'shown' ? 'out' : `score-${result.code}`)
        expect([result.code, computed]).toEqual([result.code, result.value])
      }
    },
  )
})
