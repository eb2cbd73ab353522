import { describe, expect, test } from 'vitest'
import type { EnableWhen, QuestionnaireItem, Value } from '../fhir.ts'
import { read } from '../read.ts'
import {
  addCopy,
  answer,
  answersAt,
  askedPlaces,
  fromResponse,
  open,
  optionsAt,
  progress,
  removeCopy,
  shownPlaces,
  textAt,
  toResponse,
} from './index.ts'
import type { Known, State } from './state.ts'

const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-'
const HL7 = 'http://hl7.org/fhir/StructureDefinition/'
const known: Known = { today: '2026-11-22' }

const expression = (text: string, name?: string) => ({
  valueExpression: { language: 'text/fhirpath', expression: text, name },
})
const calculated = (text: string) => ({ url: `${SDC}calculatedExpression`, ...expression(text) })
const item = (linkId: string, type: string, more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  linkId,
  type,
  ...more,
})
const answerOf = (linkId: string) => `%resource.repeat(item).where(linkId='${linkId}').answer.value`
const start = (items: QuestionnaireItem[], more: object = {}, given: Known = known) =>
  open(read({ resourceType: 'Questionnaire', item: items, ...more }).form, { known: given })
const fill = (state: State, answers: Record<string, Value | Value[]>) =>
  Object.entries(answers).reduce((one, [key, value]) => answer(one, key, value), state)
const asked = (state: State) => askedPlaces(state).map((place) => place.key)

const coughs = [
  { valueCoding: { system: 's', code: 'dry', display: '干咳' } },
  { valueCoding: { system: 's', code: 'wet', display: '有痰' } },
  {
    valueCoding: { system: 's', code: 'none', display: '没有' },
    extension: [{ url: `${HL7}questionnaire-optionExclusive`, valueBoolean: true }],
  },
]

describe('enableWhen', () => {
  const source: Record<string, QuestionnaireItem> = {
    integer: item('q', 'integer'),
    many: item('q', 'choice', { repeats: true, answerOption: coughs }),
    choice: item('q', 'choice', { answerOption: coughs }),
    boolean: item('q', 'boolean'),
    date: item('q', 'date'),
    quantity: item('q', 'quantity'),
  }
  const dry = { system: 's', code: 'dry', display: 'Dry cough' }
  type Case = [keyof typeof source, Value | Value[] | undefined, EnableWhen['operator'], Partial<EnableWhen>, boolean]

  test.each<Case>([
    ['integer', 5, '=', { answerInteger: 5 }, true],
    ['integer', 5, '!=', { answerInteger: 5 }, false],
    ['integer', 6, '!=', { answerInteger: 5 }, true],
    ['integer', undefined, '!=', { answerInteger: 5 }, true],
    ['integer', undefined, '=', { answerInteger: 5 }, false],
    ['integer', 6, '>', { answerInteger: 5 }, true],
    ['integer', 5, '>', { answerInteger: 5 }, false],
    ['integer', 5, '>=', { answerInteger: 5 }, true],
    ['integer', 4, '<', { answerInteger: 5 }, true],
    ['integer', 5, '<=', { answerInteger: 5 }, true],
    ['integer', undefined, '<=', { answerInteger: 5 }, false],
    ['integer', 0, 'exists', { answerBoolean: true }, true],
    ['integer', undefined, 'exists', { answerBoolean: true }, false],
    ['integer', undefined, 'exists', { answerBoolean: false }, true],
    ['boolean', false, '=', { answerBoolean: false }, true],
    ['boolean', false, 'exists', { answerBoolean: true }, true],
    ['choice', 'dry', '=', { answerCoding: dry }, true],
    ['choice', 'wet', '=', { answerCoding: dry }, false],
    ['choice', 'dry', '=', { answerCoding: { ...dry, system: 'other' } }, false],
    ['choice', 'dry', '=', { answerCoding: { code: 'dry' } }, true],
    ['many', ['wet', 'dry'], '=', { answerCoding: dry }, true],
    ['many', ['wet', 'dry'], '!=', { answerCoding: dry }, false],
    ['many', ['wet'], '!=', { answerCoding: dry }, true],
    ['date', '2026-11-21', '<', { answerDate: '2026-11-22' }, true],
    ['quantity', { value: 3, code: 'kg' }, '>', { answerQuantity: { value: 2, code: 'kg' } }, true],
    ['quantity', { value: 3, code: 'kg' }, '>', { answerQuantity: { value: 2, code: 'cm' } }, false],
  ])('%s answered %j: %s %j is %s', (kind, value, operator, wanted, expected) => {
    const target = item('t', 'string', { enableWhen: [{ question: 'q', operator, ...wanted }] })
    // The order of the items plays no part.
    for (const items of [
      [source[kind]!, target],
      [target, source[kind]!],
    ]) {
      const state = value === undefined ? start(items) : fill(start(items), { q: value })
      expect(state.enabled.has('t')).toBe(expected)
    }
  })

  const two = (enableBehavior?: 'all' | 'any') =>
    start([
      item('a', 'boolean'),
      item('b', 'boolean'),
      item('t', 'string', {
        enableBehavior,
        enableWhen: ['a', 'b'].map((question) => ({ question, operator: '=', answerBoolean: true })),
      }),
    ])

  test.each([
    ['all', true, true, true],
    ['all', true, false, false],
    ['any', true, false, true],
    ['any', false, false, false],
    [undefined, false, true, true],
  ] as const)('%s of (%s, %s) is %s', (behavior, a, b, expected) =>
    expect(fill(two(behavior), { a, b }).enabled.has('t')).toBe(expected),
  )

  const yes = (question: string): Partial<QuestionnaireItem> => ({
    enableWhen: [{ question, operator: '=', answerBoolean: true }],
  })

  test('a whole group opens and closes, and a question no longer asked counts as unanswered', () => {
    const items = [
      item('last', 'string', yes('inner')),
      item('g', 'group', { ...yes('gate'), item: [item('inner', 'boolean'), item('note', 'string')] }),
      item('gate', 'boolean'),
    ]
    let state = fill(start(items), { gate: true, inner: true, note: '记一笔', last: '好' })
    expect(asked(state)).toEqual(['last', 'inner', 'note', 'gate'])
    state = answer(state, 'gate', false)
    expect(asked(state)).toEqual(['gate'])
    expect(toResponse(state).item).toEqual([{ linkId: 'gate', answer: [{ valueBoolean: false }] }])
    // Asked again, what was said before is still there.
    expect(toResponse(answer(state, 'gate', true)).item!.map((one) => one.linkId)).toEqual(['last', 'g', 'gate'])
  })

  test('an expression may decide', () => {
    const items = [
      item('n', 'integer'),
      item('t', 'string', {
        extension: [{ url: `${SDC}enableWhenExpression`, ...expression(`${answerOf('n')} > 3`) }],
      }),
    ]
    expect(asked(start(items))).toEqual(['n'])
    expect(asked(fill(start(items), { n: 4 }))).toEqual(['n', 't'])
  })
})

describe('calculated values', () => {
  const chain = [
    item('c', 'integer', { readOnly: true, extension: [calculated(`${answerOf('b')} + 1`)] }),
    item('b', 'integer', { readOnly: true, extension: [calculated(`${answerOf('a')} * 2`)] }),
    item('a', 'integer'),
  ]

  test('run through a chain, and empty again with their source', () => {
    const state = fill(start(chain), { a: 3 })
    expect(answersAt(state, 'c')).toEqual([7])
    expect(answersAt(answer(state, 'a', undefined), 'c')).toEqual([])
  })

  test('hang only on what they read', () => {
    const { form } = start([...chain, item('free', 'integer')])
    expect(form.dependents.get('a')!.map((one) => one.linkId)).toEqual(['b'])
    expect(form.dependents.has('free')).toBe(false)
    expect(form.wide).toEqual([])
  })

  const bmi = (readOnly: boolean) => [
    item('kg', 'decimal'),
    item('cm', 'decimal'),
    item('bmi', 'decimal', {
      readOnly,
      extension: [calculated(`(${answerOf('kg')} / (${answerOf('cm')} / 100).power(2)).round(1)`)],
    }),
  ]

  test('give way to a person who writes over them, until cleared', () => {
    let state = fill(start(bmi(false)), { kg: 81, cm: 180, bmi: 24 })
    state = answer(state, 'kg', 90)
    expect(answersAt(state, 'bmi')).toEqual([24])
    const taken = fromResponse(state.form, toResponse(state), { known })
    expect(answersAt(answer(taken, 'kg', 70), 'bmi')).toEqual([24])
    expect(answersAt(answer(state, 'bmi', undefined), 'bmi')).toEqual([27.8])
  })

  test('cannot be written over where the form forbids it', () => {
    const state = fill(start(bmi(true)), { kg: 81, cm: 180, bmi: 1 })
    expect(answersAt(state, 'bmi')).toEqual([25])
    const forged = {
      ...toResponse(state),
      item: [
        { linkId: 'kg', answer: [{ valueDecimal: 81 }] },
        { linkId: 'bmi', answer: [{ valueDecimal: 1 }] },
      ],
    }
    expect(answersAt(fromResponse(state.form, forged, { known }), 'bmi')).toEqual([])
  })

  test('a circle comes to an end and is named', () => {
    const items = [
      item('a', 'integer', { extension: [calculated(`iif(${answerOf('b')} > 0, ${answerOf('b')} + 1, 1)`)] }),
      item('b', 'integer', { extension: [calculated(`iif(${answerOf('a')} > 0, ${answerOf('a')} + 1, 1)`)] }),
    ]
    expect(start(items).unsettled).not.toEqual([])
    expect(start(chain).unsettled).toEqual([])
  })

  test('variables are found at the nearest item around', () => {
    const variable = (name: string, text: string) => ({ url: `${HL7}variable`, ...expression(text, name) })
    const items = [
      item('g', 'group', {
        extension: [variable('n', '10')],
        item: [item('inner', 'integer', { readOnly: true, extension: [calculated('%n + %m')] })],
      }),
      item('outer', 'integer', { readOnly: true, extension: [calculated('%n')] }),
    ]
    const state = start(items, { extension: [variable('n', '1'), variable('m', '%n + 1')] })
    expect([answersAt(state, 'inner'), answersAt(state, 'outer')]).toEqual([[12], [1]])
  })
})

describe('groups that repeat', () => {
  const drugs = [
    item('drug', 'group', {
      repeats: true,
      extension: [{ url: `${HL7}questionnaire-maxOccurs`, valueInteger: 3 }],
      item: [
        item('name', 'string'),
        item('often', 'boolean'),
        item('times', 'integer', { enableWhen: [{ question: 'often', operator: '=', answerBoolean: true }] }),
        item('day', 'integer', {
          readOnly: true,
          extension: [calculated("%context.item.where(linkId='times').answer.value")],
        }),
      ],
    }),
    item('all', 'integer', { readOnly: true, extension: [calculated(`${answerOf('times')}.sum()`)] }),
  ]
  const filled = () =>
    fill(addCopy(addCopy(start(drugs), 'drug'), 'drug'), {
      'name@0': '甲',
      'often@1': true,
      'times@1': 2,
      'name@2': '丙',
      'often@2': true,
      'times@2': 3,
    })

  test('a condition looks at its own copy', () => {
    const state = filled()
    expect(['times@0', 'times@1', 'times@2'].map((key) => state.enabled.has(key))).toEqual([false, true, true])
    expect(answersAt(state, 'all')).toEqual([5])
  })

  test('a bare link id means the first copy', () =>
    expect(answersAt(answer(filled(), 'name', '乙'), 'name@0')).toEqual(['乙']))

  test('no more copies than allowed', () =>
    expect(addCopy(filled(), 'drug').places.filter((one) => one.item.linkId === 'drug')).toHaveLength(3))

  test('taking one out moves the others up', () => {
    const state = removeCopy(filled(), 'drug', 1)
    expect(answersAt(state, 'name@1')).toEqual(['丙'])
    expect(answersAt(state, 'all')).toEqual([3])
    expect(answersAt(removeCopy(removeCopy(state, 'drug', 0), 'drug', 0), 'name@0')).toEqual([])
  })

  test('come back from the response', () => {
    const response = toResponse(filled())
    expect(response.item!.filter((one) => one.linkId === 'drug')).toHaveLength(3)
    expect(toResponse(fromResponse(filled().form, response, { known }))).toEqual(response)
  })

  test('groups within groups', () => {
    const nested = [
      item('o', 'group', {
        repeats: true,
        item: [item('i', 'group', { repeats: true, item: [item('x', 'integer')] })],
      }),
    ]
    let state = addCopy(addCopy(start(nested), 'o'), 'i@1')
    state = fill(state, { 'x@0.0': 1, 'x@1.0': 2, 'x@1.1': 3 })
    expect(JSON.stringify(toResponse(state).item)).toBe(
      JSON.stringify([
        { linkId: 'o', item: [{ linkId: 'i', item: [{ linkId: 'x', answer: [{ valueInteger: 1 }] }] }] },
        {
          linkId: 'o',
          item: [2, 3].map((n) => ({ linkId: 'i', item: [{ linkId: 'x', answer: [{ valueInteger: n }] }] })),
        },
      ]),
    )
    expect(answersAt(removeCopy(state, 'o', 0), 'x@0.1')).toEqual([3])
  })
})

describe('before the first question', () => {
  const code = [{ system: 'http://loinc.org', code: '29463-7' }]
  const linked = { url: `${SDC}observationLinkPeriod`, valueDuration: { value: 30, code: 'd' } }
  const items = [
    item('kg', 'decimal', { code, extension: [linked], initial: [{ valueDecimal: 60 }] }),
    item('name', 'string', {
      extension: [{ url: `${SDC}initialExpression`, ...expression('%patient.name.first().text') }],
    }),
    item('smoke', 'choice', {
      answerOption: [{ valueCoding: { code: 'y' } }, { valueCoding: { code: 'n' }, initialSelected: true }],
    }),
    item('hidden', 'boolean', {
      initial: [{ valueBoolean: true }],
      extension: [{ url: `${HL7}questionnaire-hidden`, valueBoolean: true }],
    }),
  ]
  const weighed = (...on: string[]) => on.map((day, i) => ({ code, on: day, value: 70 + i }))

  test.each<[string, Partial<Known>, unknown[], string[]]>([
    ['initial values', {}, [60, { code: 'n' }, true], []],
    [
      'the newest observation within its time',
      { observations: weighed('2026-11-01', '2026-11-20', '2026-11-10') },
      [71, { code: 'n' }, true],
      ['kg'],
    ],
    [
      'no observation too old or of tomorrow',
      { observations: weighed('2026-10-01', '2026-11-23') },
      [60, { code: 'n' }, true],
      [],
    ],
    ['answers from the record', { answers: { kg: 66, smoke: 'y' } }, [66, { code: 'y' }, true], ['kg', 'smoke']],
    ['the patient', { context: { patient: { name: [{ text: '王芳' }] } } }, [60, '王芳', { code: 'n' }, true], []],
  ])('%s', (_name, more, values, prefilled) => {
    const state = start(items, {}, { ...known, ...more })
    expect([...state.answers.values()].flat()).toEqual(values)
    expect([...state.prefilled]).toEqual(prefilled)
    expect(asked(state)).not.toContain('hidden')
    expect(toResponse(state).item!.map((one) => one.linkId)).toContain('hidden')
  })

  test('touching a prefilled answer makes it one’s own', () =>
    expect([...answer(start(items, {}, { ...known, answers: { kg: 66 } }), 'kg', 65).prefilled]).toEqual([]))
})

describe('choosing', () => {
  const many = [item('c', 'choice', { repeats: true, answerOption: coughs })]
  const codes = (state: State) => answersAt(state, 'c').map((one) => (one as { code: string }).code)

  test.each<[Value[], string[]]>([
    [
      ['dry', 'wet'],
      ['dry', 'wet'],
    ],
    [['dry', 'none'], ['none']],
    [['none', 'wet'], ['wet']],
    [[], []],
  ])('%j leaves %j', (values, expected) => expect(codes(fill(start(many), { c: values }))).toEqual(expected))

  test('is by system and code: the words of another language choose the same', () => {
    const state = fill(start(many), { c: [{ system: 's', code: 'dry', display: 'Dry cough' }] })
    expect(answersAt(state, 'c')).toEqual([coughs[0]!.valueCoding])
  })

  test('options may come from another answer', () => {
    const from = { url: `${SDC}answerExpression`, ...expression(answerOf('c')) }
    const state = fill(start([...many, item('worst', 'choice', { extension: [from] })]), { c: ['dry', 'wet'] })
    const place = shownPlaces(state).find((one) => one.key === 'worst')!
    expect(optionsAt(state, place).map((one) => one.text.text)).toEqual(['干咳', '有痰'])
  })

  test('a question may name what was said', () => {
    const by = {
      extension: [{ url: `${HL7}cqf-expression`, ...expression(`'您说“' + ${answerOf('n')} + '”，什么时候开始的？'`) }],
    }
    const state = fill(start([item('n', 'string'), item('t', 'string', { text: '什么时候开始的？', _text: by })]), {
      n: '头晕',
    })
    expect(textAt(state, state.places[1]!)).toBe('您说“头晕”，什么时候开始的？')
  })
})

test('progress counts what is asked, and says where to go next', () => {
  const state = start([
    item('d', 'display'),
    item('a', 'boolean', { required: true }),
    item('b', 'string', { required: true, enableWhen: [{ question: 'a', operator: '=', answerBoolean: true }] }),
    item('c', 'string'),
  ])
  expect(progress(state)).toEqual({ answered: 0, asked: 2, missing: ['a'] })
  expect(progress(fill(state, { a: true }))).toEqual({ answered: 1, asked: 3, missing: ['b'] })
})

test('nothing a caller mistakes changes a state', () => {
  const state = start([item('g', 'group', { item: [item('r', 'string', { readOnly: true })] })])
  expect([
    answer(state, 'nobody', 1),
    answer(state, 'g', 1),
    answer(state, 'r', 'x'),
    addCopy(state, 'g'),
    removeCopy(state, 'r', 0),
  ]).toEqual(Array(5).fill(state))
})

test('questions below a question hang on its answer', () => {
  const items = [item('a', 'boolean', { item: [item('b', 'string')] })]
  const response = toResponse(fill(start(items), { a: true, b: '是' }))
  expect(response.item).toEqual([
    { linkId: 'a', answer: [{ valueBoolean: true, item: [{ linkId: 'b', answer: [{ valueString: '是' }] }] }] },
  ])
  expect(toResponse(fromResponse(start(items).form, response, { known }))).toEqual(response)
  expect(toResponse(fill(start(items), { b: '是' })).item).toEqual([
    { linkId: 'a', item: [{ linkId: 'b', answer: [{ valueString: '是' }] }] },
  ])
})
