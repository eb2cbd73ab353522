import { describe, expect, test } from 'vitest'
import { shippedQuestionnaires } from '../../../../clinical/questionnaire/content/index.ts'
import { read, type Questionnaire, type QuestionnaireItem } from '../../../../clinical/questionnaire/index.ts'
import { textIn, withText, type Language } from './bilingual.ts'
import { constraintRows, withConstraint } from './constraint.ts'
import { emptyQuestionnaire, everyItem, freeLinkId, itemsOf } from './draft.ts'
import { codeFor, readFile } from './import.ts'
import {
  KINDS,
  kindOf,
  kindsFor,
  limitOf,
  newItem,
  newRow,
  unitOf,
  withKind,
  withLimit,
  withNumberType,
  withUnit,
} from './kind.ts'
import { numbered, optionRow, withNewOption, withOptionText, withPoints } from './option.ts'
import { recordLink, withCode, withExtract, withLinkDays } from './record.ts'
import { beginTry, carryOver, fillAll, reportOf } from './try-out.ts'

const words = { option: (n: number) => `选项 ${n}` }
const ids = () => {
  const taken = new Set<string>()
  return () => {
    const linkId = freeLinkId(taken)
    taken.add(linkId)
    return linkId
  }
}

describe('texts in two languages', () => {
  test.each<[Language, Language]>([
    ['zh', 'zh'],
    ['zh', 'en'],
    ['en', 'zh'],
    ['en', 'en'],
  ])('base %s, written in %s', (base, language) => {
    const owner = { text: '原文' }
    const written = withText(owner, 'text', language, base, '新的')
    expect(textIn(written, 'text', language, base)).toBe('新的')
    expect(textIn(written, 'text', language === 'zh' ? 'en' : 'zh', base)).toBe(language === base ? '' : '原文')
    const emptied = withText(written, 'text', language, base, '')
    expect(emptied).toEqual(language === base ? {} : owner)
  })

  test('every text of the shipped ones written over by itself stays as it was', () => {
    for (const definition of shippedQuestionnaires)
      for (const item of everyItem(itemsOf(definition)))
        for (const language of ['zh', 'en'] as const)
          expect(withText(item, 'text', language, 'zh', textIn(item, 'text', language, 'zh'))).toEqual(item)
  })

  test('other things beside a text stay', () => {
    const owner = {
      text: 'a',
      _text: {
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/rendering-xhtml', valueString: '<b>a</b>' }],
      },
    }
    expect(withText(withText(owner, 'text', 'zh', 'en', '甲'), 'text', 'zh', 'en', '')).toEqual(owner)
  })
})

describe('kinds', () => {
  test.each(KINDS.map((kind) => [kind]))(
    'a new %s is what it says, and the engine reads it without complaint',
    (kind) => {
      const item = newItem(kind, ids(), words)
      expect(kindOf(item)).toBe(kind)
      const reading = read({ ...emptyQuestionnaire('x', { zh: '甲', en: 'A' }), item: [item] })
      expect([reading.problems, reading.unsupported]).toEqual([[], []])
      for (const other of kindsFor(item)) expect(kindOf(withKind(item, other))).toBe(other)
      expect(withKind(withKind(item, kindsFor(item).at(-1)!), kind)).toEqual(item)
    },
  )

  test('a row of a scale has the options of the others', () => {
    const scale = newItem('scale', ids(), words)
    expect(newRow(scale, 'q9').answerOption).toEqual(scale.item![0]!.answerOption)
    expect(newRow(scale, 'q9').answerOption!.map((one) => optionRow(one, 'zh').points)).toEqual([0, 1, 2, 3])
  })

  test('limits follow the type of the number', () => {
    let item: QuestionnaireItem = { linkId: 'a', type: 'decimal' }
    item = withLimit(withUnit(item, '千克', 'kg'), 'maxValue', 300.5)
    expect([limitOf(item, 'maxValue'), unitOf(item)]).toEqual([
      300.5,
      { unit: '千克', system: 'http://unitsofmeasure.org', code: 'kg' },
    ])
    const whole = withNumberType(item, 'integer')
    expect(whole.extension!.find(({ url }) => url.endsWith('maxValue'))).toMatchObject({ valueInteger: 301 })
    const quantity = withNumberType(item, 'quantity')
    expect(limitOf(quantity, 'maxValue')).toBe(300.5)
    expect(withUnit(withLimit(item, 'maxValue', undefined), '', '')).toEqual({ linkId: 'a', type: 'decimal' })
    expect(limitOf(withLimit({ linkId: 'd', type: 'date' }, 'minValue', '2026-01-01'), 'minValue')).toBe('2026-01-01')
  })
})

describe('options', () => {
  const item = newItem('one', ids(), words)

  test('a new one goes on with code, system and points', () => {
    const scored = { ...item, answerOption: numbered(item.answerOption!, 0) }
    const more = withNewOption(withNewOption(scored, '第三'), '第四')
    expect(more.answerOption!.map((one) => optionRow(one, 'zh'))).toMatchObject([
      { code: '1', points: 0 },
      { code: '2', points: 1 },
      { code: '3', zh: '第三', points: 2 },
      { code: '4', zh: '第四', points: 3 },
    ])
    expect(new Set(more.answerOption!.map((one) => (one['valueCoding'] as { system: string }).system)).size).toBe(1)
  })

  test('points are kept where the file keeps them', () => {
    const weight = (value: number) => [
      { url: 'http://hl7.org/fhir/StructureDefinition/itemWeight', valueDecimal: value },
    ]
    const inside = { valueCoding: { code: 'a', extension: weight(1) } }
    expect(withPoints(inside, 4)).toEqual({ valueCoding: { code: 'a', extension: weight(4) } })
    expect(withPoints(inside, undefined)).toEqual({ valueCoding: { code: 'a' } })
    const outside = { valueCoding: { code: 'a' }, extension: weight(1) }
    expect(withPoints(outside, 4)).toEqual({ ...outside, extension: weight(4) })
  })

  test.each([
    ['down', 1, true, [2, 1]],
    ['up', 0, false, [0, 1]],
    ['none', undefined, false, [undefined, undefined]],
  ] as const)('numbered %s', (_name, from, down, points) =>
    expect(numbered(item.answerOption!, from, down).map((one) => optionRow(one, 'zh').points)).toEqual(points),
  )

  test('plain texts and numbers as options keep their kind', () => {
    expect(withOptionText({ valueString: 'a' }, 'zh', 'zh', '甲')).toEqual({ valueString: '甲' })
    expect(optionRow({ valueInteger: 3 }, 'zh')).toMatchObject({ code: '3', zh: '3', en: '' })
    expect(withOptionText({ valueInteger: 3 }, 'zh', 'zh', '甲')).toEqual({ valueInteger: 3 })
  })
})

test('checks come, change and go, and those of a file keep their parts', () => {
  const row = { human: '太大', expression: '$this < 5', severity: 'error' as const }
  const item = withConstraint({ linkId: 'a', type: 'integer' } as QuestionnaireItem, 0, row)
  expect(constraintRows(item)).toEqual([row])
  const changed = withConstraint(item, 0, { ...row, severity: 'warning' })
  expect(constraintRows(changed)).toEqual([{ ...row, severity: 'warning' }])
  expect(read({ resourceType: 'Questionnaire', item: [changed] }).form.byLinkId.get('a')!.constraints).toMatchObject([
    { severity: 'warning', key: 'check-1' },
  ])
  expect(withConstraint(changed, 0, undefined)).toEqual({ linkId: 'a', type: 'integer' })
})

test('what binds an item to the record comes and goes', () => {
  const item: QuestionnaireItem = { linkId: 'w', type: 'decimal' }
  const bound = withExtract(withLinkDays(withCode(item, '29463-7', '体重'), 90), true)
  expect(recordLink(bound)).toEqual({ code: '29463-7', display: '体重', days: 90, extracts: true })
  const read90 = read({ resourceType: 'Questionnaire', item: [bound] }).form.byLinkId.get('w')!
  expect([read90.observationDays, read90.extracts, read90.code[0]!.code]).toEqual([90, true, '29463-7'])
  expect(withCode(withLinkDays(withExtract(bound, false), undefined), '', '')).toEqual(item)
})

describe('files', () => {
  const questionnaire = { resourceType: 'Questionnaire', title: 'A' }
  const set = { resourceType: 'ValueSet', url: 'http://x' }
  test.each<[string, string, [number, number, string[]] | undefined]>([
    ['one resource', JSON.stringify(questionnaire), [1, 0, []]],
    [
      'a bundle',
      JSON.stringify({
        resourceType: 'Bundle',
        entry: [{ resource: questionnaire }, { resource: set }, { resource: { resourceType: 'Patient' } }],
      }),
      [1, 1, ['Patient']],
    ],
    ['lines', `${JSON.stringify(questionnaire)}\r\n${JSON.stringify(set)}\n`, [1, 1, []]],
    ['a list', `\uFEFF${JSON.stringify([set, set])}`, [0, 2, []]],
    ['no JSON', 'Questionnaire', undefined],
    ['nothing', ' ', undefined],
    ['rubbish in JSON', '[1, null, "x", {"entry": 3}]', [0, 0, ['?']]],
    ['a bundle without entries', '{"resourceType":"Bundle","entry":{}}', [0, 0, []]],
  ])('%s', (_name, text, expected) => {
    const found = readFile(text)
    expect(found && [found.questionnaires.length, found.valueSets.length, found.others]).toEqual(expected)
  })

  test.each([
    [{ name: 'PHQ9Form' }, 'phq9-form'],
    [{ url: 'http://example.org/Questionnaire/GAD_7|2' }, 'gad-7'],
    [{ url: 'urn:peiban:questionnaire:sleep' }, 'sleep'],
    [{ name: '问卷', id: 'abc' }, 'abc'],
    [{}, ''],
  ])('%j is called %s', (given, code) =>
    expect(codeFor({ resourceType: 'Questionnaire', ...given } as Questionnaire)).toBe(code),
  )
})

describe('a try-out', () => {
  test.each(shippedQuestionnaires.map((one) => [one.name!, one] as const))(
    'fills %s in from end to end',
    (name, definition) => {
      const { form } = read(definition)
      for (const how of ['lowest', 'highest'] as const) {
        const state = fillAll(beginTry(form, '2026-11-22', 'zh-CN'), how)
        const { scores } = reportOf(state)
        // Intake forms, and what people are asked after an operation, count nothing.
        expect(scores.length > 0).toBe(!name.startsWith('intake-') && name !== 'post-surgery-recovery')
        expect(scores.filter(({ missing }) => missing.length > 0).map(({ code }) => code)).toEqual(
          scores
            .filter(({ value, refused }) => value === undefined && refused?.code === 'missing')
            .map(({ code }) => code),
        )
      }
    },
  )

  test('PHQ-9 at its worst is 27 and asks for a person at once', () => {
    const { form } = read(shippedQuestionnaires.find(({ name }) => name === 'phq-9'))
    const { scores, actions } = reportOf(fillAll(beginTry(form, '2026-11-22', 'zh-CN'), 'highest'))
    expect(scores[0]!.value).toBe(27)
    expect(actions.map(({ kind }) => kind)).toContain('alert')
  })

  test('answers stay while the form is changed under them', () => {
    const one = { ...emptyQuestionnaire('x', { zh: '甲', en: '' }), item: [newItem('yes-no', ids(), words)] }
    const state = fillAll(beginTry(read(one).form, '2026-11-22', 'zh-CN'), 'highest')
    const longer = { ...one, item: [...one.item, { linkId: 'q2', type: 'string', text: '？' }] }
    const carried = carryOver(state, read(longer).form, '2026-11-22', 'en')
    expect([carried.answers.get('q1'), carried.answers.get('q2'), carried.language]).toEqual([[true], undefined, 'en'])
  })
})
