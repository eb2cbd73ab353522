import { describe, expect, test } from 'vitest'
import cdsVectors from '../../instrument/metabolism/china-diabetes-risk-score/vectors.json' with { type: 'json' }
import findriscVectors from '../../instrument/metabolism/findrisc/vectors.json' with { type: 'json' }
import { instrumentByCode } from '../../instrument/registry.ts'
import { read, score, type QuestionnaireResponse, type ScoreResult, type Value } from '../index.ts'
import { answer, open, toResponse } from '../state/index.ts'
import { shippedQuestionnaires } from './index.ts'

/** The same scales stand in the registry as functions over plain numbers; both must say the same of anybody. */
const forms = new Map(shippedQuestionnaires.map((one) => [one.name, read(one).form]))
const formOf = (name: string) => forms.get(name)!
const instrument = (code: string, given: Record<string, unknown>) =>
  instrumentByCode(code)!.forms[0]!.compute(given as never).output as Record<string, unknown>

/** Numbers from 0 below `below`, the same in every run. */
function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

const ROUNDS = 200

function choices(name: string, prefix: string, points: readonly number[]): QuestionnaireResponse {
  const item = points.map((worth, i) => {
    const linkId = `${prefix}-${i + 1}`
    const { value } = formOf(name)
      .byLinkId.get(linkId)!
      .options.find((one) => one.weight === worth)!
    return { linkId, answer: [{ valueCoding: value }] }
  })
  return { resourceType: 'QuestionnaireResponse', status: 'completed', item }
}

test.each([
  ['phq-9', 'phq9', 9],
  ['gad-7', 'gad7', 7],
] as const)('%s', (name, prefix, count) => {
  const draw = sequence(count)
  for (let round = 0; round < ROUNDS; round++) {
    const items = Array.from({ length: count }, () => draw(4))
    const [result] = score(formOf(name), choices(name, prefix, items)).scores
    expect({ total: result!.value, band: result!.band!.code }).toEqual(
      expect.objectContaining({
        total: instrument(name, { items })['total'],
        band: instrument(name, { items })['band'],
      }),
    )
  }
})

test('体质 33', () => {
  const draw = sequence(33)
  const form = formOf('constitution-33')
  for (let round = 0; round < ROUNDS; round++) {
    // Most people are near the lowest answers; without that hardly anybody would be balanced.
    const items = Array.from({ length: 33 }, () => 1 + draw(1 + draw(1 + (round % 5))))
    const { scores } = score(form, choices('constitution-33', 'tz', items))
    expect({
      scores: Object.fromEntries(scores.map((one) => [one.code, one.value])),
      result: Object.fromEntries(scores.map((one) => [one.code, one.band!.code])),
    }).toEqual(instrument('tcm-constitution-elderly-33', { items }))
  }
})

test('IPAQ short form', () => {
  const draw = sequence(7)
  const form = formOf('ipaq-sf')
  for (let round = 0; round < ROUNDS; round++) {
    const week = Object.fromEntries(
      ['vigorous', 'moderate', 'walking'].map((kind) => {
        const days = draw(8)
        return [kind, { days, min: days === 0 ? 0 : draw(round % 2 === 0 ? 40 : 300) }]
      }),
    )
    const filled = Object.entries(week).reduce(
      (state, [kind, { days, min }]) => answer(answer(state, `${kind}-days`, days), `${kind}-minutes`, min),
      open(form, { known: { today: '2026-11-22' } }),
    )
    const [result] = score(form, toResponse(filled)).scores
    const { metMinWeek, category } = instrument('ipaq-sf', week)
    expect([result!.value, result!.band?.code]).toEqual([expect.closeTo(metMinWeek as number, 6), category])
  }
})

/** Answers by link id, as somebody gives them one after the other. */
function given(name: string, answers: Record<string, Value | undefined>): ScoreResult {
  const filled = Object.entries(answers).reduce(
    (state, [linkId, value]) => answer(state, linkId, value),
    open(formOf(name), { known: { today: '2026-11-22' } }),
  )
  return score(formOf(name), toResponse(filled)).scores[0]!
}

const codeWorth = (name: string, linkId: string, points: number): string => {
  const { value } = formOf(name)
    .byLinkId.get(linkId)!
    .options.find(({ weight }) => weight === points)!
  return (value as { code: string }).code
}

describe('AUDIT-C', () => {
  test('every answer of a man and of a woman', () => {
    for (const sex of ['male', 'female'])
      for (let n = 0; n < 125; n++) {
        const items = [Math.floor(n / 25), Math.floor(n / 5) % 5, n % 5]
        const result = given('audit-c', {
          sex,
          ...Object.fromEntries(
            items.map((points, i) => [`audit-${i + 1}`, codeWorth('audit-c', `audit-${i + 1}`, points)]),
          ),
        })
        // Who never drinks is not asked how much.
        const counted = items[0] === 0 ? [0, 0, 0] : items
        const { total, positive } = instrument('audit-c', { items: counted, sex })
        expect([result.value, result.band!.code]).toEqual([total, positive ? 'positive' : 'negative'])
      }
  })

  test('who never drinks answers one question, and without a sex 3 points say nothing', () => {
    expect(given('audit-c', { sex: 'male', 'audit-1': 'never' })).toMatchObject({
      value: 0,
      band: { code: 'negative' },
    })
    const three = { 'audit-1': 'monthly-or-less', 'audit-2': '3-4', 'audit-3': 'less-than-monthly' }
    expect(given('audit-c', three)).toMatchObject({ value: 3, missing: [] })
    expect(given('audit-c', three).band).toBeUndefined()
    expect(given('audit-c', { sex: 'female', 'audit-1': '4-a-week', 'audit-2': '1-2' }).missing).toEqual([
      'audit-3-points',
    ])
  })
})

test.each([0, 1, 2, 3, 4])('mMRC grade %i', (grade) => {
  const result = given('mmrc', { 'mmrc-1': String(grade) })
  const registered = instrumentByCode('mmrc-cat')!.forms.find(({ code }) => code === 'mmrc')!
  expect([result.value, result.band!.code]).toEqual([grade, registered.compute({ grade } as never).band])
})

/** A person of two metres: the weight is four times the body mass index, and no rounding comes between. */
const body = (bmi: number) => ({ height: 200, weight: 4 * bmi })

interface FindriscInput {
  age: number
  sex: string
  bmi: number
  waistCm: number
  activity30minDaily: boolean
  vegFruitDaily: boolean
  bpMedicationEver: boolean
  highGlucoseEver: boolean
  family: string
}

const findrisc = ({ age, sex, bmi, waistCm, family, ...habits }: FindriscInput) =>
  given('findrisc', {
    sex,
    age,
    ...body(bmi),
    waist: waistCm,
    'findrisc-activity': habits.activity30minDaily ? 'yes' : 'no',
    'findrisc-vegetables': habits.vegFruitDaily ? 'daily' : 'not-daily',
    'findrisc-medication': habits.bpMedicationEver ? 'yes' : 'no',
    'findrisc-glucose': habits.highGlucoseEver ? 'yes' : 'no',
    'findrisc-family': family,
  })

test.each(findriscVectors.map(({ id, input, expected }) => [id, input as FindriscInput, expected] as const))(
  'FINDRISC: %s',
  (_id, input, expected) => {
    const result = findrisc(input)
    expect({ score: result.value, band: result.band!.code }).toEqual(expected)
  },
)

test('FINDRISC as in the registry', () => {
  const draw = sequence(9)
  for (let round = 0; round < ROUNDS; round++) {
    const yes = () => draw(2) === 1
    const input: FindriscInput = {
      age: 18 + draw(70),
      sex: yes() ? 'male' : 'female',
      bmi: 16 + draw(25),
      waistCm: 60 + draw(60),
      activity30minDaily: yes(),
      vegFruitDaily: yes(),
      bpMedicationEver: yes(),
      highGlucoseEver: yes(),
      family: ['none', 'second', 'first'][draw(3)]!,
    }
    const result = findrisc(input)
    expect({ score: result.value, band: result.band!.code }).toEqual(instrument('findrisc', { ...input }))
  }
})

interface CdsInput {
  age: number
  sex: string
  bmi: number
  waistCm: number
  sbp: number
  familyHistory: boolean
}

const cds = ({ age, sex, bmi, waistCm, sbp, familyHistory }: CdsInput) =>
  given('china-diabetes-risk-score', {
    sex,
    age,
    ...body(bmi),
    waist: waistCm,
    sbp,
    'cds-family': familyHistory ? 'yes' : 'no',
  })

test.each(cdsVectors.map(({ id, input, expected }) => [id, input as CdsInput, expected] as const))(
  'Chinese diabetes risk score: %s',
  (_id, input, expected) => {
    const result = cds(input)
    expect(result.value).toBe(expected.total)
    expect(result.band!.code).toBe(expected.total >= 25 ? 'high' : 'low')
  },
)

test('the Chinese diabetes risk score as in the registry, and not outside 20 to 74 years', () => {
  const draw = sequence(11)
  const someone = (age: number): CdsInput => ({
    age,
    sex: draw(2) === 1 ? 'male' : 'female',
    bmi: 16 + draw(25),
    waistCm: 60 + draw(50),
    sbp: 90 + draw(90),
    familyHistory: draw(2) === 1,
  })
  for (let round = 0; round < ROUNDS; round++) {
    const input = someone(20 + draw(55))
    expect(cds(input).value).toBe(instrument('china-diabetes-risk-score', { ...input })['total'])
  }
  for (const age of [19, 75]) expect(cds(someone(age)).refused?.code).toBe('age')
})
