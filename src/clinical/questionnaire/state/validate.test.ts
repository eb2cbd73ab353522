import { describe, expect, test } from 'vitest'
import type { QuestionnaireItem, Value } from '../fhir.ts'
import { read } from '../read.ts'
import { addCopy, answer, open, validate } from './index.ts'
import type { Known } from './state.ts'

const HL7 = 'http://hl7.org/fhir/StructureDefinition/'
const known: Known = { today: '2026-11-22' }
const start = (items: QuestionnaireItem[], more: object = {}) =>
  open(read({ resourceType: 'Questionnaire', item: items, ...more }).form, { known })
const limit = (name: string, value: object) => ({ url: HL7 + name, ...value })
const options = [{ valueCoding: { system: 's', code: 'a' } }, { valueCoding: { system: 's', code: 'b' } }]
const alone = { ...options[0]!, extension: [limit('questionnaire-optionExclusive', { valueBoolean: true })] }
const kg = limit('questionnaire-unit', { valueCoding: { code: 'kg', display: '公斤' } })

type Case = [string, Partial<QuestionnaireItem> & { type: string }, Value | Value[] | undefined, string[]]

describe('one answer', () => {
  test.each<Case>([
    ['a required one left out', { type: 'string', required: true }, undefined, ['required']],
    ['blank text is none', { type: 'string', required: true }, '', ['required']],
    ['an optional one left out', { type: 'string' }, undefined, []],
    ['a number for a text', { type: 'string' }, 3, ['kind']],
    ['a text for a number', { type: 'decimal' }, '3', ['kind']],
    ['a fraction for a whole number', { type: 'integer' }, 1.5, ['kind']],
    ['not a number', { type: 'decimal' }, NaN, ['kind']],
    ['a day', { type: 'date' }, '2024-02-29', []],
    ['a month is a date too', { type: 'date' }, '2024-02', []],
    ['no such day', { type: 'date' }, '2025-02-29', ['date']],
    ['a moment', { type: 'dateTime' }, '2025-02-28T08:00:00+08:00', []],
    ['no such moment', { type: 'dateTime' }, '2025-02-30T08:00:00', ['date']],
    ['a time', { type: 'time' }, '23:59', []],
    ['no such time', { type: 'time' }, '24:01', ['date']],
    ['an option', { type: 'choice', answerOption: options }, 'a', []],
    [
      'the same option in other words',
      { type: 'choice', answerOption: options },
      { system: 's', code: 'a', display: 'A' },
      [],
    ],
    [
      'the code of another system',
      { type: 'choice', answerOption: options },
      { system: 't', code: 'a' },
      ['not-offered'],
    ],
    ['free text where it is not asked', { type: 'choice', answerOption: options }, '别的', ['not-offered']],
    ['free text where it is', { type: 'open-choice', answerOption: options }, '别的', []],
    ['any coding while the set lies elsewhere', { type: 'choice', answerValueSet: 'http://vs' }, { code: 'z' }, []],
    ['a whole-number option', { type: 'choice', answerOption: [{ valueInteger: 1 }] }, 1, []],
    ['a number not among them', { type: 'choice', answerOption: [{ valueInteger: 1 }] }, 2, ['not-offered']],
    ['one too low', { type: 'integer', extension: [limit('minValue', { valueInteger: 1 })] }, 0, ['too-low']],
    ['one at the limit', { type: 'integer', extension: [limit('minValue', { valueInteger: 1 })] }, 1, []],
    ['one too high', { type: 'decimal', extension: [limit('maxValue', { valueDecimal: 2.5 })] }, 2.6, ['too-high']],
    [
      'a day too late',
      { type: 'date', extension: [limit('maxValue', { valueDate: '2026-11-22' })] },
      '2026-11-23',
      ['too-high'],
    ],
    [
      'a measure too high',
      { type: 'quantity', extension: [kg, limit('maxValue', { valueDecimal: 300 })] },
      { value: 301, code: 'kg' },
      ['too-high'],
    ],
    ['a measure in another unit', { type: 'quantity', extension: [kg] }, { value: 60, code: 'cm' }, ['unit']],
    ['a measure without a number', { type: 'quantity' }, { code: 'kg' }, ['kind']],
    [
      'too many decimals',
      { type: 'decimal', extension: [limit('maxDecimalPlaces', { valueInteger: 1 })] },
      1.25,
      ['too-precise'],
    ],
    ['too long, counted in characters', { type: 'string', maxLength: 2 }, '𠮷𠮷𠮷', ['too-long']],
    ['long enough to fit', { type: 'string', maxLength: 2 }, '𠮷𠮷', []],
    ['too short', { type: 'text', extension: [limit('minLength', { valueInteger: 3 })] }, '好', ['too-short']],
    [
      'not by the pattern',
      { type: 'string', extension: [limit('regex', { valueString: '1\\d{10}' })] },
      '1380013800',
      ['pattern'],
    ],
    ['by the pattern', { type: 'string', extension: [limit('regex', { valueString: '1\\d{10}' })] }, '13800138000', []],
    [
      'a pattern nobody can read forbids nothing',
      { type: 'string', extension: [limit('regex', { valueString: '(' })] },
      'x',
      [],
    ],
    ['two answers where one is asked', { type: 'choice', answerOption: options }, ['a', 'b'], ['too-many']],
    [
      'too few',
      {
        type: 'choice',
        repeats: true,
        answerOption: options,
        extension: [limit('questionnaire-minOccurs', { valueInteger: 2 })],
      },
      ['a'],
      ['too-few'],
    ],
    [
      'too many',
      { type: 'string', repeats: true, extension: [limit('questionnaire-maxOccurs', { valueInteger: 1 })] },
      ['x', 'y'],
      ['too-many'],
    ],
    ['one that stands alone', { type: 'choice', repeats: true, answerOption: [alone, options[1]!] }, ['a'], []],
  ])('%s', (_name, given, value, expected) => {
    const state = answer(start([{ linkId: 'q', ...given }]), 'q', value)
    expect(validate(state).map((fault) => fault.code)).toEqual(expected)
  })
})

test('what is not asked is not held to anything', () => {
  const items: QuestionnaireItem[] = [
    { linkId: 'gate', type: 'boolean' },
    {
      linkId: 'q',
      type: 'string',
      required: true,
      enableWhen: [{ question: 'gate', operator: '=', answerBoolean: true }],
    },
  ]
  expect(validate(start(items))).toEqual([])
  expect(validate(answer(start(items), 'gate', true))).toEqual([{ key: 'q', code: 'required', severity: 'error' }])
})

test('a group that must be filled in twice', () => {
  const items: QuestionnaireItem[] = [
    {
      linkId: 'g',
      type: 'group',
      repeats: true,
      extension: [
        limit('questionnaire-minOccurs', { valueInteger: 2 }),
        limit('questionnaire-maxOccurs', { valueInteger: 2 }),
      ],
      item: [{ linkId: 'x', type: 'string', required: true }],
    },
  ]
  const state = start(items)
  expect(validate(state).map((fault) => [fault.key, fault.code])).toEqual([
    ['x@0', 'required'],
    ['x@1', 'required'],
  ])
  expect(addCopy(state, 'g')).toBe(state)
})

describe('constraints in the form’s own words', () => {
  const rule = (severity: string, expression: string) => ({
    url: `${HL7}targetConstraint`,
    extension: [
      { url: 'key', valueId: 'k' },
      { url: 'severity', valueCode: severity },
      { url: 'human', valueString: '收缩压要高于舒张压' },
      { url: 'expression', valueExpression: { language: 'text/fhirpath', expression } },
    ],
  })
  const higher = "%resource.item.where(linkId='s').answer.value > %resource.item.where(linkId='d').answer.value"
  const items: QuestionnaireItem[] = [
    { linkId: 's', type: 'integer' },
    { linkId: 'd', type: 'integer' },
  ]
  const filled = (extension: unknown[], s: number | undefined, d: number) =>
    validate(answer(answer(start(items, { extension }), 's', s), 'd', d))

  test.each<[string, number | undefined, number, object[]]>([
    ['error', 120, 80, []],
    ['error', 80, 120, [{ key: '', code: 'constraint', text: '收缩压要高于舒张压', severity: 'error' }]],
    ['warning', 80, 120, [{ key: '', code: 'constraint', text: '收缩压要高于舒张压', severity: 'warning' }]],
    ['error', undefined, 120, []],
  ])('%s of %s over %s', (severity, s, d, expected) => expect(filled([rule(severity, higher)], s, d)).toEqual(expected))
})
