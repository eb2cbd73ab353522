import { describe, expect, test } from 'vitest'
import { checkPlain } from '../../plain-language/index.ts'
import { instruments } from '../../instrument/registry.ts'
import { shippedQuestionnaires } from '../content/index.ts'
import { answer, answersAt, open, read, score, toResponse, validate, walk, type Form, type State } from '../index.ts'
import { fillTemplate, lackingTexts, templateByCode, templates, wantedTexts, type Template } from './index.ts'

/** Words that nobody has a right to, for every text of a template. */
const anyTexts = (template: Template) =>
  new Map(wantedTexts(template).map(({ code }) => [code, { zh: `文字 ${code}`, en: `text ${code}` }]))
const formOf = (code: string): Form => read(fillTemplate(templateByCode(code)!, anyTexts(templateByCode(code)!))).form
const instrument = (code: string, given: Record<string, unknown>, form = 0) =>
  instruments.find(({ card }) => card.code === code)!.forms[form]!.compute(given as never)

/** Numbers from 0 below `below`, the same in every run. */
function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

/** Each code of a scale in the registry that brings no words, by the questionnaire's code. */
const REGISTERED: Record<string, string> = { cat: 'mmrc-cat', 'constitution-60': 'tcm-constitution-60' }

test('every scale that the registry marks as a template is one, and every one that is built in has its questionnaire', () => {
  const scales = instruments.filter(({ card }) => card.kind === 'scale')
  const of = (stance: string) =>
    scales.filter(({ card }) => card.licence.stance === stance).map(({ card }) => card.code)
  expect(templates.map(({ code }) => REGISTERED[code] ?? code).toSorted()).toEqual(of('template').toSorted())
  const names = shippedQuestionnaires.map(({ name }) => name)
  for (const code of [...of('built-in'), 'mmrc', 'findrisc', 'china-diabetes-risk-score'])
    expect(names).toContain(code === 'tcm-constitution-elderly-33' ? 'constitution-33' : code)
})

test('scales whose owners allow nobody else to offer them are nowhere', () => {
  const all = JSON.stringify([
    shippedQuestionnaires.map(({ name, title, _title }) => [name, title, _title]),
    templates.map(({ code, title }) => [code, title]),
    instruments.map(({ card }) => [card.code, card.title]),
  ])
  expect(all).not.toMatch(/mmse|moca|mmas|morisky|montreal cognitive|mini-?mental|蒙特利尔|简易精神|简明精神|莫里斯基/i)
})

describe.each(templates.map((one) => [one.code, one] as const))('%s', (code, template) => {
  test('wants words for each question and answer, and for nothing twice', () => {
    const codes = wantedTexts(template).map((one) => one.code)
    expect(new Set(codes).size).toBe(codes.length)
    for (const one of codes) expect(one).toMatch(/^[a-z0-9][a-z0-9-]*$/)
    expect(lackingTexts(template, new Map())).toEqual(codes.slice(1))
  })

  test('holds no question of the scale itself', () => {
    // A hint names a question by its number, its place or one word.
    for (const { hint } of wantedTexts(template)) expect(hint.zh).not.toMatch(/[吗？?]|您/)
  })

  test('makes a sound questionnaire in both languages once the words are there', () => {
    const { form, problems, unsupported, toEmbed } = read(fillTemplate(template, anyTexts(template)))
    expect([problems, unsupported, toEmbed]).toEqual([[], [], []])
    expect(form.scoring!.scores.length).toBeGreaterThan(0)
    const asked = [...walk(form.items)].filter(({ hidden, type }) => !hidden && type !== 'display')
    expect(asked).toHaveLength(template.items.length)
    for (const item of asked) for (const { text } of [item, ...item.options]) expect(text.text).not.toBe('')
  })

  test('is refused with one text too few', () => {
    const texts = anyTexts(template)
    texts.delete(`${wantedTexts(template).at(-1)!.code}`)
    expect(lackingTexts(template, texts)).toHaveLength(1)
    expect(() => fillTemplate(template, texts)).toThrow(RangeError)
  })

  test('speaks plainly where the words are ours', () => {
    const { scores } = template.scoring
    for (const { bands = [] } of scores)
      for (const { advice } of bands)
        for (const text of advice ? [advice.zh, advice.en] : []) expect(checkPlain(text)).toEqual([])
    expect(templateByCode(code)).toBe(template)
  })
})

/** Sum scales: the same points into the questionnaire and into the registry. */
test.each([
  ['sas', 'sas', 'standard'],
  ['sds', 'sds', 'standard'],
  ['pss-10', 'pss-10', 'total'],
  ['isi', 'isi', 'total'],
  ['barthel', 'barthel', 'total'],
  ['morse-fall', 'morse-fall', 'total'],
  ['mna-sf', 'mna-sf', 'total'],
  ['cat', 'mmrc-cat', 'total'],
])('%s says what the registry says', (code, registered, output) => {
  const form = formOf(code)
  const template = templateByCode(code)!
  const draw = sequence(code.length + 7)
  const begun = open(form, { known: { today: '2026-11-22' } })
  for (let round = 0; round < 60; round++) {
    const items = template.items.map(({ set }) => {
      const { points } = template.sets[set!]!
      return points[draw(points.length)]!
    })
    const filled = items.reduce((state, points, n) => answer(state, template.items[n]!.code, String(points)), begun)
    const [result] = score(form, toResponse(filled)).scores
    const expected = instrument(registered, { items })
    expect([result!.value, result!.band!.code]).toEqual([expected.output[output], expected.band])
  }
})

test('SDS item 19 calls a person, whatever the total is', () => {
  const begun = open(formOf('sds'), { known: { today: '2026-11-22' } })
  for (const [points, alarm] of [
    ['1', false],
    ['2', true],
    ['4', true],
  ] as const) {
    const { actions } = score(begun.form, toResponse(answer(begun, 'sds-19', points)))
    expect(actions.some(({ kind }) => kind === 'alert')).toBe(alarm)
  }
})

describe('PSQI', () => {
  interface Night {
    bed: string
    rise: string
    hours: number
    latency: number
    choices: number[]
  }
  const ORDER = ['5a', '5b', '5c', '5d', '5e', '5f', '5g', '5h', '5i', '5j', '6', '7', '8', '9']
  const fill = ({ bed, rise, hours, latency, choices }: Night): State => {
    const begun = open(formOf('psqi'), { known: { today: '2026-11-22' } })
    const timed = [
      ['psqi-1', bed],
      ['psqi-2', latency],
      ['psqi-3', rise],
      ['psqi-4', hours],
    ] as const
    const first = timed.reduce<State>((state, [key, value]) => answer(state, key, value), begun)
    return ORDER.reduce((state, key, n) => answer(state, `psqi-${key}`, String(choices[n])), first)
  }
  const registered = ({ hours, latency, choices }: Night, hoursInBed: number) =>
    instrument('psqi', {
      quality: choices[10],
      latencyMin: latency,
      q5a: choices[0],
      hoursSlept: hours,
      hoursInBed,
      q5b_j: choices.slice(1, 10),
      meds: choices[11],
      q8: choices[12],
      q9: choices[13],
    })

  test('says what the registry says, over midnight and within a day', () => {
    const draw = sequence(18)
    for (let round = 0; round < 60; round++) {
      const minutesInBed = 240 + draw(480)
      const start = draw(1440)
      const clock = (minutes: number) =>
        `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
      const night: Night = {
        bed: clock(start),
        rise: clock(start + minutesInBed),
        hours: Math.floor((minutesInBed / 60) * (4 + draw(7)) * 0.1 * 4) / 4,
        latency: draw(100),
        choices: ORDER.map(() => draw(1 + draw(4))),
      }
      const state = fill(night)
      expect(validate(state)).toEqual([])
      const [result] = score(state.form, toResponse(state)).scores
      const expected = registered(night, minutesInBed / 60)
      expect([night, result!.value, result!.band?.code]).toEqual([night, expected.output['total'], expected.band])
    }
  })

  test('exactly 7 hours bring 1, exactly 85 % bring 0, and who slept longer than in bed is asked to look again', () => {
    const none = ORDER.map(() => 0)
    const at = (rise: string, hours: number) => {
      const state = fill({ bed: '23:00', rise, hours, latency: 15, choices: none })
      const component = (n: number) => answersAt(state, `psqi-c${n}`)[0]
      return [component(3), component(4), score(state.form, toResponse(state)).scores[0]!]
    }
    expect(at('07:00', 7).slice(0, 2)).toEqual([1, 0])
    expect(at('07:00', 7.1).slice(0, 2)).toEqual([0, 0])
    expect(at('07:00', 6.8).slice(0, 2)).toEqual([1, 0])
    expect(at('07:00', 8.5)[2]).toMatchObject({ refused: { code: 'slept-longer-than-in-bed' } })
  })

  test('without a bedtime there is no score', () => {
    const whole = fill({ bed: '23:00', rise: '07:00', hours: 7, latency: 5, choices: ORDER.map(() => 0) })
    const { scores } = score(whole.form, toResponse(answer(whole, 'psqi-1', undefined)))
    expect(scores[0]!.missing).toEqual(['psqi-c4'])
  })
})
