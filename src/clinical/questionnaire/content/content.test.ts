import { describe, expect, test } from 'vitest'
import { inLanguage, read, score, scoreExpression, walk, write, type Form, type Value } from '../index.ts'
import { answer, answersAt, fromResponse, open, progress, toResponse, validate, type State } from '../state/index.ts'
import { shippedQuestionnaires } from './index.ts'

const known = { today: '2026-11-22' }
const readings = shippedQuestionnaires.map((source) => [source.name!, read(source)] as const)
const formOf = (name: string): Form => readings.find(([one]) => one === name)![1].form

/** Answers items `prefix-1…` with the option of that many points. */
function fill(name: string, prefix: string, points: readonly number[]): State {
  const form = formOf(name)
  return points.reduce(
    (state, wanted, i) => {
      const item = form.byLinkId.get(`${prefix}-${i + 1}`)!
      return answer(state, item.linkId, item.options.find((one) => one.weight === wanted)!.value)
    },
    open(form, { known }),
  )
}

describe.each(readings)('%s', (_name, { form, unsupported, problems }) => {
  test('is sound', () => {
    expect([unsupported, problems, form.wide]).toEqual([[], [], []])
    expect(form.source.copyright).not.toBe('')
    expect(form.scoring!.source).toBeTruthy()
  })

  test('speaks both languages wherever a person reads it', () => {
    const shown = [...walk(form.items)].filter((item) => !item.hidden)
    const texts = [form.title, ...shown.flatMap((item) => [item.text, ...item.options.map((one) => one.text)])]
    expect(texts.filter((one) => !/\p{Script=Han}/u.test(one.text) && !/^\d*≤?BMI/.test(one.text))).toEqual([])
    expect(
      texts.filter((one) => /\p{Script=Han}/u.test(inLanguage(one, 'en')) || inLanguage(one, 'en') === ''),
    ).toEqual([])
  })

  test('comes out as plain FHIR that reads the same', () => {
    const again = read(JSON.parse(JSON.stringify(write(form))))
    expect([again.unsupported, again.problems]).toEqual([[], []])
    expect(again.form.scoring).toEqual(form.scoring)
  })
})

describe('PHQ-9', () => {
  test.each([
    [[0, 0, 0, 0, 0, 0, 0, 0, 0], 0, 'none', false],
    [[1, 1, 1, 1, 0, 0, 0, 0, 0], 4, 'none', false],
    [[1, 1, 1, 1, 1, 1, 1, 1, 1], 9, 'mild', true],
    [[2, 2, 2, 2, 1, 0, 0, 0, 1], 10, 'moderate', true],
    [[3, 3, 3, 3, 3, 2, 2, 0, 0], 19, 'moderatelySevere', false],
    [[3, 3, 3, 3, 3, 3, 2, 0, 0], 20, 'severe', false],
    [[0, 0, 0, 0, 0, 0, 0, 0, 2], 2, 'none', true],
  ])('%j: %i, %s, alarm %s', (points, total, band, alarm) => {
    const { scores, actions } = score(formOf('phq-9'), toResponse(fill('phq-9', 'phq9', points)))
    expect([scores[0]!.value, scores[0]!.band!.code]).toEqual([total, band])
    expect(actions.some((one) => one.kind === 'alert' && one.code === 'self-harm-thoughts')).toBe(alarm)
  })

  test('item 9 alarms in an unfinished form too', () => {
    const state = answer(open(formOf('phq-9'), { known }), 'phq9-9', 'several-days')
    const { scores, actions } = score(state.form, toResponse(state))
    expect(scores[0]!.refused).toEqual({ code: 'missing' })
    expect(actions.map((one) => [one.kind, one.text!.zh.includes('12356'), one.text!.zh.includes('120')])).toEqual([
      ['alert', true, true],
    ])
  })

  test('how hard life has become is asked only of who has a complaint', () => {
    expect(fill('phq-9', 'phq9', Array(9).fill(0)).enabled.has('phq9-10')).toBe(false)
    expect(fill('phq-9', 'phq9', [0, 1]).enabled.has('phq9-10')).toBe(true)
  })

  test('ten thousand responses', () => {
    const all = Array.from({ length: 100 }, (_, n) =>
      toResponse(
        fill(
          'phq-9',
          'phq9',
          Array.from({ length: 9 }, (__, i) => (n + i * (n % 3)) % 4),
        ),
      ),
    )
    const form = formOf('phq-9')
    const begun = performance.now()
    let total = 0
    for (let n = 0; n < 10_000; n++) total += score(form, all[n % 100]!).scores[0]!.value!
    console.log(`10,000 PHQ-9 responses scored in ${Math.round(performance.now() - begun)} ms`)
    const expected = all.map((_, n) => Array.from({ length: 9 }, (__, i) => (n + i * (n % 3)) % 4)).flat()
    expect(total).toBe(100 * expected.reduce((a, b) => a + b, 0))
  })
})

test.each([
  [[0, 0, 0, 0, 0, 0, 0], 0, 'minimal'],
  [[1, 1, 1, 1, 0, 0, 0], 4, 'minimal'],
  [[2, 2, 2, 1, 1, 1, 0], 9, 'mild'],
  [[2, 2, 2, 1, 1, 1, 1], 10, 'moderate'],
  [[3, 3, 3, 2, 2, 1, 1], 15, 'severe'],
  [[3, 3, 3, 3, 3, 3, 3], 21, 'severe'],
])('GAD-7 %j: %i, %s', (points, total, band) => {
  const [result] = score(formOf('gad-7'), toResponse(fill('gad-7', 'gad7', points))).scores
  expect([result!.value, result!.band!.code]).toEqual([total, band])
})

describe('IPAQ short form', () => {
  type Week = Record<'vigorous' | 'moderate' | 'walking', [days: number, minutes: number]>
  const week = (given: Week) =>
    Object.entries(given).reduce(
      (state, [kind, [days, minutes]]) => answer(answer(state, `${kind}-days`, days), `${kind}-minutes`, minutes),
      open(formOf('ipaq-sf'), { known }),
    )
  const result = (given: Week) => {
    const [main] = score(formOf('ipaq-sf'), toResponse(week(given))).scores
    return [
      main!.value === undefined ? undefined : Math.round(main!.value * 10) / 10,
      main!.band?.code ?? main!.refused!.code,
    ]
  }

  // The second is the worked example of the protocol; the rest follows from its rules.
  test.each<[Week, number | undefined, string]>([
    [{ vigorous: [0, 0], moderate: [0, 0], walking: [0, 0] }, 0, 'low'],
    [{ vigorous: [0, 0], moderate: [1, 720], walking: [6, 10] }, 918, 'moderate'],
    [{ vigorous: [3, 63], moderate: [0, 0], walking: [0, 0] }, 1512, 'high'],
    [{ vigorous: [0, 0], moderate: [5, 30], walking: [0, 0] }, 600, 'moderate'],
    [{ vigorous: [2, 60], moderate: [3, 60], walking: [7, 60] }, 3066, 'high'],
    [{ vigorous: [0, 0], moderate: [2, 60], walking: [2, 60] }, 876, 'low'],
    [{ vigorous: [1, 60], moderate: [2, 30], walking: [2, 20] }, 852, 'moderate'],
    [{ vigorous: [7, 9], moderate: [0, 0], walking: [7, 9] }, 0, 'low'],
    [{ vigorous: [1, 500], moderate: [1, 461], walking: [0, 0] }, undefined, 'too-much'],
    [{ vigorous: [1, 500], moderate: [1, 460], walking: [0, 0] }, 2160, 'low'],
  ])('%j: %s, %s', (given, met, band) => expect(result(given)).toEqual([met, band]))

  test('minutes are asked only after days, and a day without minutes is not scored', () => {
    const state = answer(open(formOf('ipaq-sf'), { known }), 'vigorous-days', 2)
    expect(progress(state).missing).toEqual(['vigorous-minutes', 'moderate-days', 'walking-days'])
    const rest = answer(answer(state, 'moderate-days', 0), 'walking-days', 0)
    expect(score(state.form, toResponse(rest)).scores[0]!.missing).toEqual(['vigorous-met'])
    expect(validate(rest).map((fault) => fault.key)).toEqual(['vigorous-minutes'])
  })
})

describe('体质 33', () => {
  const ones = (changes: Record<number, number> = {}) => Array.from({ length: 33 }, (_, i) => changes[i + 1] ?? 1)
  const run = (points: readonly number[]) => {
    const { scores } = score(formOf('constitution-33'), toResponse(fill('constitution-33', 'tz', points)))
    return Object.fromEntries(scores.map((one) => [one.code, `${one.value} ${one.band!.code}`]))
  }
  const none = {
    qixu: '4 no',
    yangxu: '4 no',
    yinxu: '4 no',
    tanshi: '4 no',
    shire: '4 no',
    xueyu: '4 no',
    qiyu: '4 no',
    tebing: '4 no',
  }

  // Arithmetic on the printed table, with its strict "less than 8" and "less than 10".
  test.each<[string, number[], object]>([
    ['all lowest', ones(), { ...none, pinghe: '21 yes' }],
    ['full of energy', ones({ 1: 5 }), { ...none, pinghe: '25 yes' }],
    ['yang deficiency', ones({ 1: 5, 11: 3, 12: 3, 13: 3, 29: 3 }), { ...none, yangxu: '12 yes', pinghe: '23 no' }],
    ['exactly 8', ones({ 1: 5, 15: 2, 17: 2, 18: 2, 20: 2 }), { ...none, tebing: '8 no', pinghe: '25 basically' }],
    ['exactly 10', ones({ 1: 5, 15: 3, 17: 2, 18: 2, 20: 3 }), { ...none, tebing: '10 tends', pinghe: '25 no' }],
    ['exactly 9', ones({ 1: 5, 15: 3, 17: 2, 18: 2, 20: 2 }), { ...none, tebing: '9 tends', pinghe: '25 basically' }],
    [
      'all highest',
      Array<number>(33).fill(5),
      { ...Object.fromEntries(Object.keys(none).map((code) => [code, '20 yes'])), pinghe: '9 no' },
    ],
  ])('%s', (_name, points, expected) => expect(run(points)).toEqual(expected))

  test.each<[string, string, number, string]>([
    ['39156-5', 'tz-9', 23.9, '1'],
    ['39156-5', 'tz-9', 24, '2'],
    ['39156-5', 'tz-9', 27.9, '4'],
    ['39156-5', 'tz-9', 28, '5'],
    ['8280-0', 'tz-28', 79.9, '1'],
    ['8280-0', 'tz-28', 85, '2'],
    ['8280-0', 'tz-28', 86, '3'],
    ['8280-0', 'tz-28', 105, '4'],
    ['8280-0', 'tz-28', 105.5, '5'],
  ])('%s known: %s is filled in from %d', (code, linkId, value, expected) => {
    const observations = [{ code: [{ system: 'http://loinc.org', code }], on: '2026-09-01', value: value as Value }]
    const state = open(formOf('constitution-33'), { known: { ...known, observations } })
    expect(answersAt(state, linkId)).toMatchObject([{ code: expected }])
    expect(score(state.form, toResponse(state)).scores.length).toBe(9)
    const corrected = answer(state, linkId, '3')
    expect(answersAt(fromResponse(state.form, toResponse(corrected), { known }), linkId)).toMatchObject([{ code: '3' }])
  })

  test('nothing measured, nothing filled in', () =>
    expect(open(formOf('constitution-33'), { known }).answers.size).toBe(0))

  test('the score exported says the same', () => {
    const form = formOf('constitution-33')
    expect(form.scoring!.scores.map((one) => scoreExpression(form, one)).every(Boolean)).toBe(true)
    const again = read(write(form)).form
    const state = Array.from({ length: 33 }, (_, i) => i + 1).reduce(
      (one, n) => answer(one, `tz-${n}`, String((n % 5) + 1)),
      open(again, { known }),
    )
    for (const { code, value } of score(form, toResponse(state)).scores)
      expect(answersAt(state, `score-${code}`)).toEqual([value])
  })
})
