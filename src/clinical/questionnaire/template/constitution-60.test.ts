import { describe, expect, test } from 'vitest'
import { instruments } from '../../instrument/registry.ts'
import { answer, open, progress, read, score, toResponse, type State } from '../index.ts'
import { fillTemplate, templateByCode, wantedTexts } from './index.ts'

const template = templateByCode('constitution-60')!
const texts = new Map(wantedTexts(template).map(({ code }) => [code, { zh: code, en: code }]))
const { form } = read(fillTemplate(template, texts))
const known = { today: '2026-11-22' }

/** The nine tables as the standard prints them: how many questions each has. */
const TABLES = { pinghe: 8, qixu: 8, yangxu: 7, yinxu: 8, tanshi: 8, shire: 6, xueyu: 7, qiyu: 7, tebing: 7 }
type Kind = keyof typeof TABLES
/** Questions that stand in two of them, read from the printed tables: asked once, counted twice. */
const SHARED: [Kind, number, Kind, number][] = [
  ['pinghe', 2, 'qixu', 1],
  ['pinghe', 3, 'qixu', 7],
  ['pinghe', 4, 'qiyu', 1],
  ['pinghe', 5, 'yangxu', 4],
  ['pinghe', 8, 'xueyu', 6],
  ['qixu', 5, 'yangxu', 5],
]
const REVERSED = [2, 3, 4, 5, 7, 8]

type Sex = 'female' | 'male'
type Answers = Record<Kind, number[]>

function codeOf(kind: Kind, place: number, sex: Sex): string {
  const shared = SHARED.find(([one, n]) => one === kind && n === place)
  const [owner, at] = shared ? [shared[2], shared[3]] : [kind, place]
  // 感冒 is the fifth of 阳虚 and of 气虚; 阳虚 is printed first.
  return `tz60-${owner}-${at}${owner === 'shire' && at === 6 ? sex[0] : ''}`
}

function fill(answers: Answers, sex: Sex): State {
  let state = answer(open(form, { known }), 'tz60-sex', sex)
  for (const [kind, points] of Object.entries(answers) as [Kind, number[]][])
    points.forEach((one, n) => (state = answer(state, codeOf(kind, n + 1, sex), String(one))))
  return state
}

/** The rule again, from the standard's own words: (原始分 − 条目数) ÷ (条目数 × 4) × 100. */
function byHand(answers: Answers) {
  const transformed = Object.fromEntries(
    (Object.keys(TABLES) as Kind[]).map((kind) => {
      const counted = answers[kind].map((one, n) => (kind === 'pinghe' && REVERSED.includes(n + 1) ? 6 - one : one))
      const raw = counted.reduce((a, b) => a + b, 0)
      return [kind, ((raw - counted.length) / (counted.length * 4)) * 100]
    }),
  ) as Record<Kind, number>
  const others = (Object.keys(TABLES) as Kind[]).filter((kind) => kind !== 'pinghe')
  const verdicts = Object.fromEntries(
    others.map((kind) => [kind, transformed[kind] >= 40 ? 'yes' : transformed[kind] >= 30 ? 'tends' : 'no']),
  ) as Record<Kind, string>
  const isBalanced = (below: number) => transformed.pinghe >= 60 && others.every((kind) => transformed[kind] < below)
  verdicts.pinghe = isBalanced(30) ? 'yes' : isBalanced(40) ? 'basically' : 'no'
  return { transformed, verdicts }
}

function result(state: State) {
  const { scores } = score(form, toResponse(state))
  return {
    transformed: Object.fromEntries(scores.map(({ code, value }) => [code, value])),
    verdicts: Object.fromEntries(scores.map(({ code, band }) => [code, band?.code])),
    missing: scores.flatMap(({ missing }) => missing),
  }
}

const even = (points: number): Answers =>
  Object.fromEntries(
    Object.entries(TABLES).map(([kind, count]) => [kind, Array.from({ length: count }, () => points)]),
  ) as Answers

/** Answers with shared questions answered alike, as one person gives them. */
function consistent(answers: Answers): Answers {
  for (const [one, n, other, m] of SHARED) answers[one][n - 1] = answers[other][m - 1]!
  return answers
}

function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

test('sixty questions for a woman and for a man, sixty-one printed', () => {
  expect(wantedTexts(template).filter(({ kind }) => kind === 'question')).toHaveLength(61)
  for (const sex of ['female', 'male'] as const) {
    const state = answer(open(form, { known }), 'tz60-sex', sex)
    expect(progress(state).missing).toHaveLength(60)
  }
})

test('nobody is asked for the sex that the record knows', () => {
  const state = open(form, { known: { ...known, context: { patient: { resourceType: 'Patient', gender: 'female' } } } })
  expect([
    state.prefilled.has('tz60-sex'),
    state.enabled.has('tz60-shire-6f'),
    state.enabled.has('tz60-shire-6m'),
  ]).toEqual([true, true, false])
})

test('three hundred people, by hand and by the registry', () => {
  const draw = sequence(60)
  const registered = instruments
    .find(({ card }) => card.code === 'tcm-constitution-60')!
    .forms.find(({ code }) => code === 'answers')!
  const seen = new Set<string>()
  for (let round = 0; round < 300; round++) {
    // Low answers are the commonest; without that nobody would be balanced.
    const most = 1 + (round % 5)
    const answers = consistent(
      Object.fromEntries(
        Object.entries(TABLES).map(([kind, count]) => [
          kind,
          Array.from({ length: count }, () => 1 + draw(1 + draw(most))),
        ]),
      ) as Answers,
    )
    const sunny = round % 3 > 0
    if (sunny) Object.assign(answers.pinghe, { 0: 5, 5: 5 })
    const state = fill(answers, round % 2 === 0 ? 'female' : 'male')
    const got = result(state)
    const expected = byHand(answers)
    for (const kind of Object.keys(TABLES) as Kind[])
      expect([kind, got.transformed[kind]]).toEqual([kind, expect.closeTo(expected.transformed[kind], 9)])
    expect(got.verdicts).toEqual(expected.verdicts)
    const { transformed: _transformed, ...verdicts } = registered.compute({ answers } as never).output
    expect(got.verdicts).toEqual(verdicts)
    for (const [kind, verdict] of Object.entries(got.verdicts))
      seen.add(kind === 'pinghe' ? `pinghe ${verdict}` : verdict!)
  }
  expect([...seen].toSorted()).toEqual(['no', 'pinghe basically', 'pinghe no', 'pinghe yes', 'tends', 'yes'])
})

describe('limits', () => {
  // Of 痰湿's eight questions none is shared: a raw score of 17 is 28.125, 18 is 31.25, 20 is 37.5, 21 is 40.625.
  test.each([
    [17, 28.125, 'no', 'yes'],
    [18, 31.25, 'tends', 'basically'],
    [20, 37.5, 'tends', 'basically'],
    [21, 40.625, 'yes', 'no'],
  ])('痰湿 %i raw: %d, %s, and 平和 %s', (raw, transformed, verdict, balanced) => {
    const answers = consistent(even(1))
    Object.assign(answers.pinghe, { 0: 5, 5: 5 })
    answers.tanshi = Array.from({ length: 8 }, (_, n) => Math.floor(raw / 8) + (n < raw % 8 ? 1 : 0))
    const got = result(fill(answers, 'male'))
    expect([got.transformed['tanshi'], got.verdicts['tanshi'], got.verdicts['pinghe']]).toEqual([
      transformed,
      verdict,
      balanced,
    ])
  })

  // 湿热 counts six answers, not the seven that are printed: 6 to 30 raw.
  test.each([
    ['female', 13, (7 / 24) * 100, 'no'],
    ['male', 14, (8 / 24) * 100, 'tends'],
    ['female', 15, 37.5, 'tends'],
    ['male', 16, (10 / 24) * 100, 'yes'],
  ] as const)('湿热 of a %s, %i raw: %d, %s', (sex, raw, transformed, verdict) => {
    const answers = consistent(even(1))
    answers.shire = Array.from({ length: 6 }, (_, n) => Math.floor(raw / 6) + (n < raw % 6 ? 1 : 0))
    const got = result(fill(answers, sex))
    expect([got.transformed['shire'], got.verdicts['shire']]).toEqual([expect.closeTo(transformed, 9), verdict])
  })

  test('between 39 and 40 tends: 39.29 of 阳虚', () => {
    const answers = even(1)
    answers.yangxu = [3, 3, 3, 3, 2, 2, 2]
    consistent(answers)
    const got = result(fill(answers, 'female'))
    expect([got.transformed['yangxu'], got.verdicts['yangxu']]).toEqual([expect.closeTo(39.2857142857, 6), 'tends'])
  })

  // Raw of 平和: 1 lively + 1 adapting + six reversed answers. 27 is 59.375, 28 is 62.5.
  test.each([
    [27, 59.375, 'no'],
    [28, 62.5, 'yes'],
  ])('平和 %i raw: %d, %s', (raw, transformed, verdict) => {
    const answers = consistent(even(1))
    // 1 + 1, four reversed at their best and one (声音) at 4 make 26; 失眠, which is 平和's own, brings the rest.
    answers.qixu[6] = 2
    consistent(answers)
    answers.pinghe[6] = 6 - (raw - 26)
    const got = result(fill(answers, 'male'))
    expect([got.transformed['pinghe'], got.verdicts['pinghe']]).toEqual([transformed, verdict])
  })
})

test('one answer fewer leaves out just the constitutions it belongs to, and the question is named', () => {
  const whole = fill(consistent(even(2)), 'female')
  const without = (code: string) => {
    const { scores } = score(form, toResponse(answer(whole, code, undefined)))
    return scores.filter(({ value }) => value === undefined).map(({ code: kind, missing }) => [kind, missing])
  }
  expect(without('tz60-qixu-1')).toEqual([
    ['pinghe', ['tz60-qixu-1']],
    ['qixu', ['tz60-qixu-1']],
  ])
  expect(without('tz60-shire-6f')).toEqual([['shire', ['tz60-shire-6']]])
})
