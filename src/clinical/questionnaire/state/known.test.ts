import { describe, expect, test } from 'vitest'
import { read } from '../read.ts'
import { answer, answerWords, fromResponse, isKnown, knownPlaces, open, placesToAsk, toResponse } from './index.ts'

const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-'
const { form } = read({
  resourceType: 'Questionnaire',
  language: 'zh-CN',
  extension: [{ url: `${SDC}launchContext`, extension: [{ url: 'name', valueCoding: { code: 'patient' } }] }],
  item: [
    {
      linkId: 'kg',
      type: 'decimal',
      text: '体重',
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit',
          valueCoding: { code: 'kg', display: 'kg' },
        },
      ],
    },
    { linkId: 'smokes', type: 'boolean', text: '吸烟吗？' },
    {
      linkId: 'how',
      type: 'choice',
      text: '怎么来的？',
      answerOption: [
        { valueCoding: { code: 'bus', display: '公交' } },
        { valueCoding: { code: 'foot', display: '走路' } },
      ],
    },
    {
      linkId: 'born',
      type: 'date',
      text: '出生日期',
      extension: [
        {
          url: `${SDC}initialExpression`,
          valueExpression: { language: 'text/fhirpath', expression: '%patient.birthDate' },
        },
      ],
    },
    { linkId: 'why', type: 'string', text: '为什么来？' },
  ],
})
const known = {
  today: '2026-11-22',
  answers: { kg: 70.25, how: { code: 'foot' } },
  answeredOn: { kg: '2026-11-01' },
  context: { patient: { birthDate: '1970-05-06' } },
}
const keys = (places: readonly { key: string }[]) => places.map(({ key }) => key)

describe('what the record knows', () => {
  const state = open(form, { known })

  test('is not asked; the rest is', () => {
    expect(keys(placesToAsk(state))).toEqual(['smokes', 'why'])
    expect(keys(knownPlaces(state))).toEqual(['kg', 'how', 'born'])
  })

  test('is said in words, with its unit and the option’s text', () => {
    const said = (key: string) =>
      answerWords(
        state,
        state.places.find((place) => place.key === key)!,
        ['是', '否'],
      )
    expect([said('kg'), said('how'), said('smokes'), said('born')]).toEqual(['70.25 kg', '走路', '', '1970-05-06'])
    const yes = answer(state, 'smokes', true)
    expect(answerWords(yes, yes.places[1]!, ['是', '否'])).toBe('是')
  })

  test('changed, it is one’s own; the same given again is the record’s, here and after a pause', () => {
    const changed = answer(state, 'kg', 68)
    expect(isKnown(changed, changed.places[0]!)).toBe(false)
    const resumed = fromResponse(form, toResponse(changed), { known })
    expect(keys(knownPlaces(resumed))).toEqual(['how'])
    const asBefore = fromResponse(form, toResponse(answer(changed, 'kg', 70.25)), { known })
    expect(keys(knownPlaces(asBefore))).toEqual(['kg', 'how'])
  })
})
