import { describe, expect, test } from 'vitest'
import type { Questionnaire, QuestionnaireItem, QuestionnaireResponse, Value } from './fhir.ts'
import { read } from './read.ts'
import { score } from './score.ts'
import type { Scoring } from './scoring.ts'
import {
  addCopy,
  answer,
  answersAt,
  fromResponse,
  open,
  removeCopy,
  toResponse,
  validate,
  type Place,
  type State,
} from './state/index.ts'

/**
 * Forms and answers that nobody thought of: what the phone says of them must be what the server says of them, whatever
 * the order of the questions, of the answers and of what is taken back.
 */
type Draw = (below: number) => number

function sequence(seed: number): Draw {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

const known = { today: '2026-11-22', now: '2026-11-22T08:00:00Z' }
const HL7 = 'http://hl7.org/fhir/StructureDefinition/'
const CALCULATED = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression'
const KINDS = ['boolean', 'integer', 'decimal', 'date', 'string', 'choice', 'open-choice', 'quantity', 'group'] as const
const options = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    valueCoding: { system: 's', code: `o${n}`, display: `选项 ${n}` },
    extension: [{ url: `${HL7}ordinalValue`, valueDecimal: n }],
  }))

/** A form whose conditions and sums look at earlier items only, so that it has no circles. */
function aForm(draw: Draw, repeating: boolean): Questionnaire {
  const before: QuestionnaireItem[] = []
  const make = (depth: number): QuestionnaireItem => {
    const linkId = `q${before.length}`
    const type = KINDS[draw(depth > 1 ? KINDS.length - 1 : KINDS.length)]!
    const made: QuestionnaireItem = { linkId, type, text: linkId }
    const earlier = before[draw(before.length + 1)]
    if (earlier && earlier.type !== 'group' && draw(2) === 0)
      made.enableWhen = [{ question: earlier.linkId, ...conditionOn(earlier, draw) }]
    before.push(made)
    if (type === 'group') {
      made.repeats = repeating && draw(2) === 0
      made.item = Array.from({ length: 1 + draw(3) }, () => make(depth + 1))
      return made
    }
    if (type === 'choice' || type === 'open-choice') made.answerOption = options(2 + draw(3))
    if (type === 'integer' && depth === 0 && draw(3) === 0) made.extension = [sumOfEarlier(before)]
    else if (draw(3) === 0) made.required = true
    if ((type === 'choice' || type === 'string') && draw(4) === 0) made.repeats = true
    if (type === 'integer' && draw(3) === 0)
      made.extension = [...(made.extension ?? []), { url: `${HL7}maxValue`, valueInteger: 5 }]
    return made
  }
  const item = Array.from({ length: 4 + draw(8) }, () => make(0))
  return { resourceType: 'Questionnaire', language: 'zh-CN', item, scoring: scoringOf(before) }
}

function conditionOn(item: QuestionnaireItem, draw: Draw) {
  if (draw(4) === 0) return { operator: 'exists' as const, answerBoolean: draw(2) === 0 }
  switch (item.type) {
    case 'boolean':
      return { operator: '=' as const, answerBoolean: draw(2) === 0 }
    case 'integer':
      return { operator: (['>', '<', '>=', '<=', '=', '!='] as const)[draw(6)]!, answerInteger: draw(6) }
    case 'choice':
    case 'open-choice':
      return {
        operator: draw(2) === 0 ? ('=' as const) : ('!=' as const),
        answerCoding: { system: 's', code: `o${draw(3)}` },
      }
    default:
      return { operator: 'exists' as const, answerBoolean: true }
  }
}

const sumOfEarlier = (before: readonly QuestionnaireItem[]) => {
  const numbers = before.filter(({ type }) => type === 'integer').slice(0, -1)
  const parts = numbers.map(({ linkId }) => `%resource.repeat(item).where(linkId='${linkId}').answer.value.sum()`)
  return { url: CALCULATED, valueExpression: { language: 'text/fhirpath', expression: ['1', ...parts].join(' + ') } }
}

function scoringOf(items: readonly QuestionnaireItem[]): Scoring | undefined {
  const scored = items.filter(({ type }) => type === 'choice' || type === 'boolean').map(({ linkId }) => linkId)
  if (scored.length === 0) return undefined
  const name = { zh: '总', en: 'total' }
  const bands = [
    { code: 'low', below: 2, text: name },
    { code: 'high', from: 2, text: name },
  ]
  return { scores: [{ code: 'all', name, method: 'sum', items: scored, missing: 'zero', bands }] }
}

function aValue({ item }: Place, draw: Draw): Value | Value[] | undefined {
  if (draw(6) === 0) return undefined
  switch (item.type) {
    case 'boolean':
      return draw(2) === 0
    case 'integer':
      return draw(9) - 1
    case 'decimal':
      return [0, -1.5, 0.1 + 0.2, 1e-7, 99999.5][draw(5)]!
    case 'date':
      return ['2026-11-22', '2024-02', '1968'][draw(3)]!
    case 'quantity':
      return { value: draw(50) / 10, code: 'kg', unit: 'kg' }
    case 'choice':
    case 'open-choice': {
      const value = item.options[draw(item.options.length)]!.value
      if (item.type === 'open-choice' && draw(3) === 0) return '自己写的'
      return item.repeats ? [value, item.options[0]!.value].filter((one, n, all) => all.indexOf(one) === n) : value
    }
    default:
      return item.repeats ? ['甲', '乙\u0000丙'] : ['好', ' ', '两\n行'][draw(3)]!
  }
}

const fillable = (state: State) => state.places.filter(({ item }) => item.type !== 'group' && item.type !== 'display')
const wire = (response: QuestionnaireResponse) => JSON.parse(JSON.stringify(response)) as QuestionnaireResponse

function live(source: Questionnaire, draw: Draw): State {
  let state = open(read(source).form, { known })
  for (let step = 0; step < 40; step++) {
    const places = fillable(state)
    const place = places[draw(places.length)]
    const group = state.places.filter(({ item }) => item.type === 'group' && item.repeats)[draw(3)]
    if (group && draw(5) === 0)
      state = draw(2) === 0 ? addCopy(state, group.key) : removeCopy(state, group.key, group.copies.at(-1)!)
    else if (place) state = answer(state, place.key, aValue(place, draw))
  }
  return state
}

describe.each([
  ['forms without groups that repeat', false],
  ['forms with groups that repeat', true],
])('%s', (_name, repeating) => {
  test('the server says what the phone says', () => {
    for (let seed = 1; seed <= 250; seed++) {
      const draw = sequence(seed)
      const source = aForm(draw, repeating)
      const phone = live(source, draw)
      // Its own reading of its own copy, as on the other machine.
      const { form, problems } = read(JSON.parse(JSON.stringify(source)))
      expect([seed, problems]).toEqual([seed, []])
      const server = fromResponse(form, wire(toResponse(phone)), { known })
      expect([seed, wire(toResponse(server))]).toEqual([seed, wire(toResponse(phone))])
      expect([seed, score(form, toResponse(server))]).toEqual([seed, score(phone.form, toResponse(phone))])
      expect([seed, phone.unsettled]).toEqual([seed, []])
      // An empty copy of a group leaves no trace, and with it goes what was wanted in it.
      if (!repeating) expect([seed, validate(server)]).toEqual([seed, validate(phone)])
    }
  })

  test('nothing that is not asked leaves the phone', () => {
    for (let seed = 1; seed <= 250; seed++) {
      const draw = sequence(seed)
      const state = live(aForm(draw, repeating), draw)
      const kept = state.places
        .filter(({ key }) => state.enabled.has(key))
        .flatMap(({ key }) => [...answersAt(state, key)])
      const sent = JSON.stringify(toResponse(state).item ?? []).match(/"value[A-Z]/g) ?? []
      expect([seed, sent.length]).toEqual([seed, kept.length])
      for (const { key, parent } of state.places)
        if (parent && state.enabled.has(key)) expect([seed, state.enabled.has(parent.key)]).toEqual([seed, true])
    }
  })
})

test('the order in which somebody answers plays no part', () => {
  for (let seed = 1; seed <= 250; seed++) {
    const draw = sequence(seed)
    const { form } = read(aForm(draw, false))
    const begun = open(form, { known })
    const given = fillable(begun)
      .filter(({ item }) => !item.calculated)
      .map((place) => [place.key, aValue(place, draw)] as const)
    const forward = given.reduce((state, [key, value]) => answer(state, key, value), begun)
    const backward = given.toReversed().reduce((state, [key, value]) => answer(state, key, value), begun)
    expect([seed, toResponse(backward)]).toEqual([seed, toResponse(forward)])
  }
})

test('a value of another kind is named, or drops on the way, but never counts', () => {
  const wrong: Value[] = [
    '１２',
    Number.POSITIVE_INFINITY,
    -0,
    true,
    { code: 'o9', system: 's' },
    { reference: 'Patient/1' },
    '2026-02-30',
    {},
  ]
  for (let seed = 1; seed <= 120; seed++) {
    const draw = sequence(seed)
    const { form } = read(aForm(draw, true))
    let state = open(form, { known })
    for (const { key } of fillable(state)) state = answer(state, key, wrong[draw(wrong.length)])
    const bad = new Set(validate(state).map(({ key }) => key))
    const server = fromResponse(form, wire(toResponse(state)), { known })
    for (const { key, item } of fillable(server)) {
      const [value] = answersAt(server, key)
      if (value === undefined || bad.has(key) || !server.enabled.has(key)) continue
      expect([seed, key, validate(server).some((fault) => fault.key === key && fault.code === 'kind')]).toEqual([
        seed,
        key,
        false,
      ])
      if (item.type === 'integer' || item.type === 'decimal') expect(Number.isFinite(value)).toBe(true)
    }
    score(form, toResponse(server))
  }
})

test('circles are named when a form is read, and do not hold up whoever fills it in', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const draw = sequence(seed)
    const count = 2 + draw(4)
    const source = {
      resourceType: 'Questionnaire' as const,
      item: Array.from({ length: count }, (_, n) => ({
        linkId: `c${n}`,
        type: 'boolean',
        enableWhen: [
          {
            question: `c${(n + 1) % count}`,
            operator: draw(2) === 0 ? ('!=' as const) : ('=' as const),
            answerBoolean: true,
          },
        ],
      })),
    }
    const { form, problems } = read(source)
    expect(problems.some(({ code }) => code === 'cycle')).toBe(true)
    let state = open(form, { known })
    for (let n = 0; n < count; n++) state = answer(state, `c${n}`, draw(2) === 0)
    expect(wire(toResponse(state)).resourceType).toBe('QuestionnaireResponse')
  }
})

test('what a stranger sends does not keep the server busy: thirty thousand copies of a group', () => {
  const { form } = read({
    resourceType: 'Questionnaire',
    item: [
      {
        linkId: 'g',
        type: 'group',
        repeats: true,
        item: [
          { linkId: 'a', type: 'boolean' },
          { linkId: 'b', type: 'string', enableWhen: [{ question: 'a', operator: '=', answerBoolean: true }] },
        ],
      },
    ],
  })
  const item = Array.from({ length: 30_000 }, () => ({
    linkId: 'g',
    item: [{ linkId: 'a', answer: [{ valueBoolean: true }] }],
  }))
  const state = fromResponse(form, { resourceType: 'QuestionnaireResponse', status: 'completed', item }, { known })
  expect(state.places).toHaveLength(3000)
})
