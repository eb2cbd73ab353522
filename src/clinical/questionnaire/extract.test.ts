import { expect, test } from 'vitest'
import { toObservations } from './extract.ts'
import { read } from './read.ts'
import { addCopy, answer, open } from './state/index.ts'

const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-'
const extract = [{ url: `${SDC}observationExtract`, valueBoolean: true }]
const code = (text: string) => [{ system: 'http://loinc.org', code: text }]

const { form } = read({
  resourceType: 'Questionnaire',
  item: [
    { linkId: 'kg', type: 'decimal', code: code('29463-7'), extension: extract },
    { linkId: 'cm', type: 'decimal', code: code('8302-2') },
    { linkId: 'uncoded', type: 'decimal', extension: extract },
    {
      linkId: 'shut',
      type: 'decimal',
      code: code('x'),
      extension: extract,
      enableWhen: [{ question: 'cm', operator: '>', answerInteger: 900 }],
    },
    {
      linkId: 'bp',
      type: 'group',
      repeats: true,
      extension: extract,
      item: [{ linkId: 'sys', type: 'integer', code: code('8480-6') }],
    },
  ],
})

test('answers marked for it become observations, once for each copy, and only what is new', () => {
  const known = { today: '2026-11-22', answers: { kg: 66 } }
  const given: [string, number][] = [
    ['cm', 170],
    ['uncoded', 1],
    ['shut', 2],
    ['sys@0', 120],
    ['sys@1', 118],
  ]
  const state = given.reduce((one, [key, value]) => answer(one, key, value), addCopy(open(form, { known }), 'bp'))
  expect(toObservations(state).map((one) => [one.key, one.code[0]!.code, one.value])).toEqual([
    ['sys@0', '8480-6', 120],
    ['sys@1', '8480-6', 118],
  ])
  expect(toObservations(answer(state, 'kg', 65)).map((one) => one.value)).toEqual([65, 120, 118])
})
