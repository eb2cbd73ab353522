import { describe, expect, test } from 'vitest'
import { compile, type Scope } from './index.ts'
import { addToDate, isCalendarDate } from './date.ts'

const response = {
  resourceType: 'QuestionnaireResponse',
  item: [
    { linkId: 'weight', answer: [{ valueDecimal: 81 }] },
    { linkId: 'height', answer: [{ valueDecimal: 180 }] },
    {
      linkId: 'mood',
      item: [
        { linkId: 'm1', answer: [{ valueCoding: { system: 's', code: 'a', display: '好几天' } }] },
        {
          linkId: 'm2',
          answer: [{ valueCoding: { system: 's', code: 'b' } }, { valueCoding: { system: 's', code: 'c' } }],
        },
        { linkId: 'm3', answer: [{ valueQuantity: { value: 3, unit: 'kg', code: 'kg' } }] },
      ],
    },
  ],
}

const POINTS: Record<string, number> = { a: 1, b: 2, c: 3 }

const scope: Scope = {
  today: '2026-11-22',
  now: '2026-11-22T08:00:00Z',
  weight: (value) => POINTS[(value as { code?: string }).code ?? ''],
  variable: (name) =>
    ({ resource: [response], age: [14], patient: [{ resourceType: 'Patient', birthDate: '1960-12-01' }] })[name],
}

function run(text: string): readonly unknown[] {
  const compiled = compile(text)
  if (typeof compiled === 'string') throw new Error(compiled)
  return compiled.run([response], scope)
}

const ANSWER = (linkId: string) => `%resource.repeat(item).where(linkId='${linkId}').answer.value`

describe('what an expression gives', () => {
  test.each<[string, unknown[]]>([
    ['2 + 3 * 4', [14]],
    ['-(2 + 3) * 4', [-20]],
    ['7 div 2 + 7 mod 2', [4]],
    ['1 / 0', []],
    ['{} + 1', []],
    ["'a' & {} & 'b'", ['ab']],
    ['1.005.round(2)', [1.01]],
    ['(-2.5).round(0)', [-3]],
    ["iif(1 > 2, 'x', 'y')", ['y']],
    ['iif({}, 1)', []],
    ['{} or true', [true]],
    ['{} and true', []],
    ['false implies {}', [true]],
    ['true xor true', [false]],
    ['(1 | 2 | 2).count()', [2]],
    ['(1 | 2 | 3).where($this > 1).sum()', [5]],
    ['(1 | 2 | 3).all($this > 0)', [true]],
    ['{}.exists().not()', [true]],
    ['2 in (1 | 2)', [true]],
    ['(1 | 2) contains 3', [false]],
    ['(%age > 12).intersect(%age < 50)', [true]],
    ['%age.power(2).sqrt()', [14]],
    ['%nobody + 1', []],
    ["'2026-11-22'.substring(0, 4).toInteger()", [2026]],
    ["'a-b'.split('-').join('+')", ['a+b']],
    ["'010-1234'.matches('^\\\\d{3}-\\\\d{4}$')", [true]],
    ["'x'.matches('(')", []],
    ["'6,2'.replace(',', '.').toDecimal()", [6.2]],
    ["'anything'.toInteger()", []],
    ['today() - 18 years', ['2008-11-22']],
    ['@2024-01-31 + 1 month', ['2024-02-29']],
    ['%patient.birthDate <= today() - 65 years', [true]],
    ['Patient.birthDate', []],
    ['`item`.first().linkId', ['weight']],
    ['item[1].linkId', ['height']],
    [`(${ANSWER('weight')} / (${ANSWER('height')} / 100).power(2)).round(1)`, [25]],
    [`${ANSWER('m1')}.code`, ['a']],
    [`${ANSWER('m1')}.weight() + ${ANSWER('m2')}.ordinal().sum()`, [6]],
    [`${ANSWER('m3')} > 2 'kg'`, [true]],
    [`${ANSWER('m3')} > 2 'cm'`, []],
    [`${ANSWER('m3')}.ofType(Quantity).value`, [3]],
    [`${ANSWER('m3')} is Quantity`, [true]],
    [`${ANSWER('m9')}.empty()`, [true]],
    ['%resource.descendants().where(linkId.exists()).count()', [6]],
    ["item.where(linkId = 'mood').item.answer.value.code.last()", ['kg']],
  ])('%s', (text, expected) => expect(run(text)).toEqual(expected))

  test('codings are equal by system and code, whatever they are called', () => {
    expect(run(`${ANSWER('m1')} = ${ANSWER('m1')}`)).toEqual([true])
    expect(run(`${ANSWER('m1')} = ${ANSWER('m2')}.first()`)).toEqual([false])
  })
})

describe('what an expression reads', () => {
  test.each<[string, { linkIds: string[]; wide: boolean }]>([
    [ANSWER('weight'), { linkIds: ['weight'], wide: false }],
    ["item.where(linkId='g').item.where('x' = linkId).answer.value", { linkIds: ['g', 'x'], wide: false }],
    ["%resource.repeat(item).where(linkId in ('a' | 'b')).answer.value.sum()", { linkIds: ['a', 'b'], wide: false }],
    ['%resource.item.answer.value.weight().sum()', { linkIds: [], wide: true }],
    ["iif(%context.item.exists(), 1, item.where(linkId='a').answer.value)", { linkIds: ['a'], wide: true }],
    ['%patient.gender', { linkIds: [], wide: false }],
    ["%patient.name.where(use='official').given.first()", { linkIds: [], wide: false }],
  ])('%s', (text, expected) => {
    const compiled = compile(text)
    if (typeof compiled === 'string') throw new Error(compiled)
    expect({ linkIds: [...compiled.reads.linkIds].sort(), wide: compiled.reads.wide }).toEqual(expected)
  })
})

test.each<[string, string]>([
  ["code.memberOf('http://x')", 'function memberOf()'],
  ['(1 + 2', ') expected before the end'],
  ['1 ?', 'character "?"'],
  ['1 2', 'text after the expression: 2'],
  ['resolve().name', 'function resolve()'],
  ['constructor()', 'function constructor()'],
  ['where()', 'function where() without its arguments'],
  ['$total + 1', '$total'],
])('%s is named, not thrown', (text, what) => expect(compile(text)).toBe(what))

test.each<[string, number, string, string | undefined]>([
  ['2026-11-22', 1, 'day', '2026-11-23'],
  ['2026-12-31', 1, 'day', '2027-01-01'],
  ['2024-02-29', 1, 'year', '2025-02-28'],
  ['2026-03-31', -1, 'month', '2026-02-28'],
  ['2026', 3, 'year', '2029'],
  ['2026-01', -1, 'month', '2025-12'],
  ['2026-01', 3, 'day', '2026-01'],
  ['2026-11-22T23:30:00Z', 1, 'hour', '2026-11-23T00:30:00.000Z'],
  ['2026-11-22', 1, 'kg', undefined],
])('%s moved by %i %s', (text, amount, unit, expected) => expect(addToDate(text, amount, unit)).toBe(expected))

test.each([
  ['2024-02-29', true],
  ['2025-02-29', false],
  ['2026-13-01', false],
  ['2026-1-1', false],
])('%s is a day: %s', (text, expected) => expect(isCalendarDate(text)).toBe(expected))
