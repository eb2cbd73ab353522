import { describe, expect, test } from 'vitest'
import { read } from './read.ts'
import type { QuestionnaireItem } from './fhir.ts'
import { inLanguage } from './text.ts'
import { write } from './write.ts'

const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-'
const HL7 = 'http://hl7.org/fhir/StructureDefinition/'

const form = (item: unknown[], more: object = {}) => ({ resourceType: 'Questionnaire', status: 'draft', item, ...more })
const by = (kind: string, expression: string, language = 'text/fhirpath') => ({
  url: SDC + kind,
  valueExpression: { language, expression },
})
const item = (linkId: string, more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  linkId,
  type: 'integer',
  ...more,
})
const answerOf = (linkId: string) => `%resource.repeat(item).where(linkId='${linkId}').answer.value`

describe('rubbish is read without a crash', () => {
  test.each([undefined, null, 'x', 3, [], {}, { resourceType: 'Patient' }])('%j is no questionnaire', (json) =>
    expect(read(json).problems).toEqual([{ code: 'not-a-questionnaire' }]),
  )

  test.each([
    form(['x', null, 3] as unknown[]),
    form([{}]),
    form([{ linkId: 'a', type: 'choice', answerOption: [{}], enableWhen: [{}], initial: [{}], extension: [{}] }]),
    { resourceType: 'Questionnaire', item: 'none', contained: 'none', extension: 'none', scoring: 'none' },
    form([{ linkId: 'a', type: 'choice', answerValueSet: 7 }]),
    form([{ linkId: 'a', type: 'choice', answerOption: [null], code: [null], extension: [null, 3], item: [null] }]),
  ])('%j', (json) => expect(() => read(json)).not.toThrow())
})

describe('what is not supported is named', () => {
  test.each<[string, QuestionnaireItem, string]>([
    ['an extension', item('a', { extension: [{ url: 'http://x/y', valueString: '' }] }), 'extension http://x/y'],
    ['an item type', item('a', { type: 'hologram' }), 'item type hologram'],
    ['a value set elsewhere', item('a', { type: 'choice', answerValueSet: 'http://vs' }), 'answerValueSet http://vs'],
    [
      'a query',
      item('a', { extension: [by('initialExpression', 'Patient?x', 'application/x-fhir-query')] }),
      'initialExpression in application/x-fhir-query',
    ],
    [
      'a function',
      item('a', { extension: [by('calculatedExpression', 'resolve().name')] }),
      'calculatedExpression: function resolve()',
    ],
    [
      'a computed limit',
      item('a', { extension: [{ url: `${HL7}minValue`, extension: [] }] }),
      'minValue that is not a plain value',
    ],
  ])('%s', (_name, given, what) => {
    const reading = read(form([item('first'), given]))
    expect(reading.unsupported).toEqual([{ linkId: 'a', what, path: 'item[1]' }])
    expect(reading.form.byLinkId.has('a')).toBe(true)
  })

  test('mere looks are carried and not named', () => {
    const looks = { url: `${HL7}rendering-xhtml`, valueString: '<b>' }
    const reading = read(form([item('a', { extension: [looks] })]))
    expect(reading.unsupported).toEqual([])
    expect(write(reading.form).item![0]!.extension).toEqual([looks])
  })
})

describe('members of an impossible shape', () => {
  test('are left out and named', () => {
    const { form: made, unsupported } = read(
      form([{ linkId: 'a', type: 'string', required: 'true', text: { zh: '咳' } }, 'x']),
    )
    expect(unsupported.map((one) => one.path)).toEqual(['item[0].required', 'item[0].text', 'item[1]'])
    expect(made.items.map((one) => [one.linkId, one.required, one.text.text])).toEqual([['a', false, '']])
  })

  test('but nothing that FHIR allows, least of all what others keep inside', () => {
    const more = {
      text: { status: 'generated', div: '<div/>' },
      contained: [
        { resourceType: 'Patient', name: [{ text: '王芳' }], identifier: [{ type: { text: 'x' } }] },
        { resourceType: 'ValueSet', id: 'v', text: { status: 'empty' }, expansion: { contains: [{ code: 'k' }] } },
      ],
    }
    const { form: made, unsupported } = read(form([{ linkId: 'a', type: 'choice', code: [{ code: 'c' }] }], more))
    expect(unsupported).toEqual([])
    expect(write(made)).toMatchObject(more)
  })
})

describe('value sets', () => {
  const set = (id: string, more: object) => ({ resourceType: 'ValueSet', id, ...more })
  const chosen = (contained: unknown[], valueSets: unknown[] = []) =>
    read(form([item('a', { type: 'choice', answerValueSet: '#v' })], { contained }), {
      valueSets: valueSets as never,
    }).form.byLinkId.get('a')!

  test.each<[string, unknown[], string[] | undefined]>([
    [
      'an expansion, nested',
      [
        set('v', {
          expansion: { contains: [{ code: 'g', abstract: true, contains: [{ code: 'x' }] }, { code: 'y' }] },
        }),
      ],
      ['x', 'y'],
    ],
    ['listed concepts', [set('v', { compose: { include: [{ system: 's', concept: [{ code: 'x' }] }] } })], ['x']],
    [
      'another set in the file',
      [
        set('v', { compose: { include: [{ valueSet: ['#w'] }] } }),
        set('w', { expansion: { contains: [{ code: 'z' }] } }),
      ],
      ['z'],
    ],
    [
      'less the excluded',
      [
        set('v', {
          compose: {
            include: [{ system: 's', concept: [{ code: 'x' }, { code: 'y' }] }],
            exclude: [{ system: 's', concept: [{ code: 'x' }] }],
          },
        }),
      ],
      ['y'],
    ],
    ['a whole system', [set('v', { compose: { include: [{ system: 's' }] } })], undefined],
    ['a filter', [set('v', { compose: { include: [{ system: 's', filter: [{}] }] } })], undefined],
    ['a set that includes itself', [set('v', { compose: { include: [{ valueSet: ['#v'] }] } })], undefined],
    ['nothing', [], undefined],
  ])('%s', (_name, contained, codes) => {
    const found = chosen(contained)
    expect(found.valueSet).toBe(codes ? undefined : '#v')
    expect(found.options.map((one) => (one.value as { code: string }).code)).toEqual(codes ?? [])
  })

  test('an expansion handed in is embedded', () => {
    const url = 'http://vs|1.0'
    const json = form([item('a', { type: 'choice', answerValueSet: url })])
    expect(read(json).toEmbed).toEqual([{ linkId: 'a', valueSet: url }])
    const valueSets = [
      { resourceType: 'ValueSet' as const, url: 'http://vs', expansion: { contains: [{ code: 'k', display: 'K' }] } },
    ]
    const reading = read(json, { valueSets })
    expect(reading.toEmbed).toEqual([])
    expect(reading.form.byLinkId.get('a')!.options[0]!.text).toEqual({ text: 'K' })
  })
})

describe('mistakes in the file', () => {
  test('a link id that comes twice or not at all', () => {
    const { problems, form: made } = read(form([item('a'), item('a'), { type: 'group', item: [item('b')] }]))
    expect(problems).toEqual([
      { code: 'duplicate-link-id', linkId: 'a', path: 'item[1]' },
      { code: 'no-link-id', linkId: 'item[2]', path: 'item[2]' },
    ])
    expect([...made.byLinkId.keys()]).toEqual(['a', 'a~2', 'item[2]', 'b'])
  })

  test('names that lead nowhere', () => {
    const when = { enableWhen: [{ question: 'nowhere', operator: '=' as const, answerInteger: 1 }] }
    const reading = read(form([item('a', when), item('b', { extension: [by('calculatedExpression', '%nobody + 1')] })]))
    expect(reading.problems).toEqual([
      { code: 'unknown-question', linkId: 'a', question: 'nowhere' },
      { code: 'unknown-variable', linkId: 'b', variable: 'nobody' },
    ])
  })

  const when = (question: string) => ({ enableWhen: [{ question, operator: 'exists' as const, answerBoolean: true }] })
  const calc = (...linkIds: string[]) => ({
    extension: [by('calculatedExpression', linkIds.map(answerOf).join(' + '))],
  })

  test.each<[string, QuestionnaireItem[], string[] | undefined]>([
    ['two conditions on each other', [item('a', when('b')), item('b', when('a'))], ['a', 'b']],
    ['a condition on itself', [item('a', when('a'))], ['a']],
    [
      'a calculation that needs its own result',
      [item('a', calc('b')), item('b', calc('c')), item('c', calc('a'))],
      ['a', 'b', 'c'],
    ],
    ['a condition and a calculation', [item('a', when('b')), item('b', calc('a'))], ['a', 'b']],
    ['a group that asks its own part', [{ linkId: 'g', type: 'group', ...when('p'), item: [item('p')] }], ['g', 'p']],
    [
      'a part that asks a sibling',
      [{ linkId: 'g', type: 'group', item: [item('p'), item('q', when('p'))] }],
      undefined,
    ],
    ['a diamond', [item('a'), item('b', when('a')), item('c', when('a')), item('d', calc('b', 'c'))], undefined],
  ])('%s', (_name, items, linkIds) =>
    expect(read(form(items)).problems).toEqual(linkIds ? [{ code: 'cycle', linkIds }] : []),
  )

  test('a circle by way of a variable', () => {
    const extension = [
      { url: `${HL7}variable`, valueExpression: { name: 'sum', language: 'text/fhirpath', expression: answerOf('b') } },
    ]
    const items = [item('a', { extension: [by('calculatedExpression', '%sum')] }), item('b', calc('a'))]
    expect(read(form(items, { extension })).problems).toEqual([{ code: 'cycle', linkIds: ['a', 'b'] }])
  })
})

describe('R5 files', () => {
  test.each<[object, string]>([
    [{ type: 'coding' }, 'choice'],
    [{ type: 'coding', answerConstraint: 'optionsOrString' }, 'open-choice'],
    [{ type: 'string', answerOption: [{ valueString: 'x' }] }, 'choice'],
    [{ type: 'integer', answerOption: [{ valueInteger: 1 }], answerConstraint: 'optionsOnly' }, 'choice'],
    [{ type: 'quantity' }, 'quantity'],
  ])('%j is read as %s', (given, type) =>
    expect(read(form([{ linkId: 'a', ...given }])).form.items[0]!.type).toBe(type),
  )
})

describe('texts', () => {
  const translated = {
    extension: [
      {
        url: `${HL7}translation`,
        extension: [
          { url: 'lang', valueCode: 'en' },
          { url: 'content', valueString: 'Cough' },
        ],
      },
    ],
  }
  const { text } = read(form([item('a', { text: '咳嗽', _text: translated })])).form.items[0]!

  test.each([
    ['zh-CN', '咳嗽'],
    ['en', 'Cough'],
    ['en-GB', 'Cough'],
    ['fr', '咳嗽'],
  ])('in %s', (language, expected) => expect(inLanguage(text, language)).toBe(expected))
})
