import { describe, expect, it } from 'vitest'
import type { IncomingResult } from '../incoming.ts'
import { readObservation } from './read-observation.ts'

const loinc = (code: string, display: string) => ({ coding: [{ system: 'http://loinc.org', code, display }] })

function resultsOf(resource: Record<string, unknown>): IncomingResult[] {
  return readObservation(
    { status: 'final', code: loinc('1975-2', 'Bilirubin'), ...resource },
    'Observation/1',
    '+08:00',
  )
}

describe('values', () => {
  const cases: [string, Record<string, unknown>, Partial<IncomingResult>][] = [
    [
      'quantity',
      { valueQuantity: { value: 12.3, unit: 'umol/L', code: 'umol/L' } },
      { valueText: '12.3', unit: 'umol/L', quantity: { value: 12.3 } },
    ],
    [
      'comparator',
      { valueQuantity: { value: 0.01, comparator: '<', code: 'ng/mL' } },
      { valueText: '<0.01', unit: 'ng/mL', quantity: { value: 0.01, comparator: '<' } },
    ],
    [
      'concept',
      { valueCodeableConcept: { text: '阴性', coding: [{ system: 'http://snomed.info/sct', code: '260385009' }] } },
      { valueText: '阴性', valueCodes: [{ code: '260385009', system: 'snomed' }] },
    ],
    ['string', { valueString: '未查' }, { valueText: '未查', absent: 'not-performed' }],
    ['boolean', { valueBoolean: false }, { valueText: 'false' }],
    ['integer', { valueInteger: 3 }, { valueText: '3', quantity: { value: 3 } }],
    [
      'range',
      { valueRange: { low: { value: 2, unit: '/HP' }, high: { value: 3, unit: '/HP' } } },
      { valueText: '2 /HP-3 /HP' },
    ],
    ['ratio', { valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } } }, { valueText: '1:128' }],
    ['date', { valueDateTime: '2026-01-04' }, { valueText: '2026-01-04' }],
    [
      'nothing, with a reason',
      { dataAbsentReason: { coding: [{ code: 'asked-declined' }] } },
      { valueText: '', absent: 'declined' },
    ],
    ['nothing', {}, { valueText: '', absent: 'empty' }],
  ]
  it.each(cases)('%s', (_, resource, expected) => {
    const results = resultsOf(resource)
    expect(results).toHaveLength(1)
    expect(results[0]).toMatchObject(expected)
    expect(results[0]?.quantity).toEqual(expected.quantity)
  })
})

it('reads components under the observation’s name', () => {
  const results = resultsOf({
    code: { text: '血压' },
    component: [
      { code: loinc('8480-6', 'Systolic'), valueQuantity: { value: 128, unit: 'mmHg' } },
      { code: loinc('8462-4', 'Diastolic'), valueQuantity: { value: 82, unit: 'mmHg' } },
    ],
  })
  expect(results.map((one) => [one.sourceResultId, one.panelName, one.name, one.valueText])).toEqual([
    ['Observation/1#0', '血压', 'Systolic', '128'],
    ['Observation/1#1', '血压', 'Diastolic', '82'],
  ])
})

it('makes no result of an observation that only gathers others', () => {
  expect(resultsOf({ hasMember: [{ reference: 'Observation/2' }] })).toEqual([])
})

it('takes range, flag, time, method and note', () => {
  const [result] = resultsOf({
    valueInteger: 30,
    effectiveDateTime: '2026-01-04T08:00:00+08:00',
    referenceRange: [{ low: { value: 3.4 }, high: { value: 20.5 } }],
    interpretation: [{ coding: [{ code: 'H' }] }],
    method: { text: '酶法' },
    note: [{ text: '轻度溶血' }],
  })
  expect(result).toMatchObject({
    rangeText: '3.4-20.5',
    flagText: 'H',
    observedAt: { at: '2026-01-04T08:00:00+08:00' },
    method: '酶法',
    comment: '轻度溶血',
  })
})

it.each([
  [{ text: '阴性' }, '阴性'],
  [{ low: { value: 3 } }, '>=3'],
  [{ high: { value: 5 } }, '<=5'],
  [{}, undefined],
])('range %j', (range, text) => {
  expect(resultsOf({ valueInteger: 1, referenceRange: [range] })[0]?.rangeText).toBe(text)
})

it.each([
  ['final', 'final'],
  ['registered', 'preliminary'],
  ['amended', 'corrected'],
  ['corrected', 'corrected'],
  ['entered-in-error', 'cancelled'],
  ['cancelled', 'cancelled'],
])('status %s is %s', (status, expected) => {
  expect(resultsOf({ status, valueInteger: 1 })[0]?.status).toBe(expected)
})
