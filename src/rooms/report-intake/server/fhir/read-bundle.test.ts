import { describe, expect, it } from 'vitest'
import { fingerprint } from '../incoming.ts'
import { operationOutcome, readBundle, readBundleBytes } from './read-bundle.ts'
import type { BundleOutcome } from './read-bundle.ts'

const PATIENT = { resourceType: 'Patient', name: [{ text: '张三' }], gender: 'male' }
const quantity = (value: number) => ({ value, unit: 'mmol/L' })
const observation = (extra: object) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: '血糖' },
  ...extra,
})

type Taken = Extract<BundleOutcome, { kind: 'bundle' }>

function taken(entry: object[], type = 'transaction'): Taken {
  const outcome = readBundle({ resourceType: 'Bundle', type, entry }, { sourceSystem: 'HIS' })
  if (outcome.kind !== 'bundle') throw new Error(JSON.stringify(outcome.issues))
  return outcome
}

describe('references', () => {
  const report = (reference: string) => ({
    resource: {
      resourceType: 'DiagnosticReport',
      id: 'r1',
      status: 'final',
      subject: { reference: 'urn:uuid:p' },
      result: [{ reference }],
    },
  })
  const patient = { fullUrl: 'urn:uuid:p', resource: PATIENT }
  it.each([
    ['urn:uuid:o', { fullUrl: 'urn:uuid:o', resource: observation({ valueQuantity: quantity(5) }) }],
    ['Observation/o', { resource: observation({ id: 'o', valueQuantity: quantity(5) }) }],
    ['Observation/o/_history/2', { resource: observation({ id: 'o', valueQuantity: quantity(5) }) }],
    [
      'https://his.example.org/fhir/Observation/o',
      {
        fullUrl: 'https://his.example.org/fhir/Observation/o',
        resource: observation({ id: 'o', valueQuantity: quantity(5) }),
      },
    ],
    ['https://other.example.org/Observation/o', { resource: observation({ id: 'o', valueQuantity: quantity(5) }) }],
    [
      'Observation?identifier=urn:lis|77',
      { resource: observation({ identifier: [{ system: 'urn:lis', value: '77' }], valueQuantity: quantity(5) }) },
    ],
  ])('%s', (reference, entry) => {
    const { record, issues } = taken([patient, report(reference), entry])
    expect(record.reports).toHaveLength(1)
    expect(record.reports[0]).toMatchObject({
      sourceReportId: 'DiagnosticReport/r1',
      patient: { name: '张三' },
      results: [{ valueText: '5', unit: 'mmol/L' }],
    })
    expect(issues).toEqual([])
  })

  it('contained resources', () => {
    const { record } = taken([
      {
        resource: {
          resourceType: 'DiagnosticReport',
          id: 'r1',
          status: 'final',
          subject: { reference: '#p' },
          result: [{ reference: '#o' }],
          contained: [{ ...PATIENT, id: 'p' }, observation({ id: 'o', valueQuantity: quantity(6) })],
        },
      },
    ])
    expect(record.reports[0]).toMatchObject({ patient: { name: '张三' }, results: [{ valueText: '6' }] })
  })

  it('names what cannot be found', () => {
    const { record, issues } = taken([report('Observation/lost')])
    expect(record.reports[0]?.patient.identifiers).toEqual([
      { system: 'unknown', value: 'urn:uuid:p', typed: 'reference' },
    ])
    expect(issues.map((one) => [one.severity, one.code, one.expression])).toEqual([
      ['warning', 'not-found', 'Bundle.entry[0].resource.result[0]'],
      ['warning', 'not-found', 'Bundle.entry[0].resource'],
    ])
    expect(issues[0]?.diagnostics.zh).toContain('Observation/lost')
  })

  it('gives an observation of two reports to the first', () => {
    const shared = { fullUrl: 'urn:uuid:o', resource: observation({ valueQuantity: quantity(5) }) }
    const { record, issues } = taken([
      patient,
      report('urn:uuid:o'),
      { resource: { ...report('urn:uuid:o').resource, id: 'r2' } },
      shared,
    ])
    expect(record.reports.map((one) => one.results.length)).toEqual([1, 0])
    expect(issues).toMatchObject([{ code: 'duplicate' }])
  })
})

describe('reports', () => {
  it('reads titles, times, doctors, conclusion and files', () => {
    const { record } = taken([
      { fullUrl: 'urn:uuid:d', resource: { resourceType: 'Practitioner', name: [{ family: '王', given: ['主任'] }] } },
      {
        fullUrl: 'urn:uuid:e',
        resource: { resourceType: 'Encounter', status: 'finished', type: [{ text: '健康体检' }] },
      },
      {
        fullUrl: 'urn:uuid:s',
        resource: { resourceType: 'Specimen', collection: { collectedDateTime: '2026-01-04T07:50:00+08:00' } },
      },
      {
        resource: {
          resourceType: 'DiagnosticReport',
          identifier: [{ value: 'US-1' }],
          status: 'amended',
          category: [{ coding: [{ code: 'RUS' }] }],
          code: { text: '腹部超声' },
          subject: PATIENT,
          encounter: { reference: 'urn:uuid:e' },
          specimen: [{ reference: 'urn:uuid:s' }],
          effectiveDateTime: '2026-01-04',
          issued: '2026-01-04T09:00:00Z',
          resultsInterpreter: [{ reference: 'urn:uuid:d' }],
          performer: [{ display: '超声科' }],
          conclusion: '脂肪肝',
          presentedForm: [{ contentType: 'application/pdf', data: 'JVBERg==' }],
        },
      },
    ])
    expect(record.reports).toMatchObject([
      {
        sourceSystem: 'HIS',
        sourceReportId: 'US-1',
        status: 'corrected',
        category: 'imaging',
        titleName: '腹部超声',
        isHealthCheck: true,
        performedAt: { at: '2026-01-04T00:00:00+08:00', precision: 'day' },
        collectedAt: { at: '2026-01-04T07:50:00+08:00' },
        reportedAt: { at: '2026-01-04T09:00:00Z' },
        reportingDoctorName: '王主任',
        departmentName: '超声科',
        results: [
          { sequence: 0, valueText: '脂肪肝', narrative: true },
          { sequence: 1, attachment: { mediaType: 'application/pdf', encoding: 'base64', content: 'JVBERg==' } },
        ],
      },
    ])
  })

  it('gathers observations without a report by what was taken together', () => {
    const one = (id: string, category: string, at: string) => ({
      resource: observation({
        id,
        category: [{ coding: [{ code: category }] }],
        subject: { reference: 'Patient/p' },
        effectiveDateTime: at,
        valueInteger: 1,
      }),
    })
    const entries = [
      { resource: { ...PATIENT, id: 'p' } },
      one('a', 'vital-signs', '2026-01-04T08:00:00+08:00'),
      one('b', 'vital-signs', '2026-01-04T08:00:00+08:00'),
      one('c', 'vital-signs', '2026-01-05T08:00:00+08:00'),
      one('d', 'laboratory', '2026-01-04T08:00:00+08:00'),
    ]
    const { record } = taken(entries)
    expect(
      record.reports.map((report) => [report.category, report.results.map((result) => result.sourceResultId)]),
    ).toEqual([
      ['physical', ['Observation/a', 'Observation/b']],
      ['physical', ['Observation/c']],
      ['laboratory', ['Observation/d']],
    ])
    expect(record.reports[0]?.sourceReportId).toMatch(/^observations:/)
    expect(record.reports[1]?.sourceReportId).toBe('Observation/c')
    // The same bundle, its entries in another order, holds the same reports.
    const again = taken([...entries].reverse()).record.reports
    expect(new Set(again.map((report) => report.sourceReportId))).toEqual(
      new Set(record.reports.map((report) => report.sourceReportId)),
    )
  })

  it('knows a report without an id by its content', () => {
    const bundle = (uuid: string, value: number) => [
      { fullUrl: `urn:uuid:${uuid}`, resource: observation({ effectiveDateTime: '2026-01-04', valueInteger: value }) },
    ]
    const [one] = taken(bundle('1', 5)).record.reports
    const [same] = taken(bundle('2', 5)).record.reports
    const [other] = taken(bundle('3', 6)).record.reports
    expect(one?.sourceReportId).toMatch(/^content:/)
    expect(same && fingerprint(same)).toBe(one && fingerprint(one))
    expect(other?.sourceReportId).not.toBe(one?.sourceReportId)
  })
})

describe('the record', () => {
  it('reads encounters, conditions, procedures, medications and allergies', () => {
    const subject = { reference: 'Patient/p' }
    const encounter = { reference: 'Encounter/e' }
    const { record, issues } = taken([
      { resource: { ...PATIENT, id: 'p' } },
      {
        resource: {
          resourceType: 'Encounter',
          id: 'e',
          status: 'finished',
          class: { code: 'AMB' },
          type: [{ text: '门诊' }],
          subject,
          period: { start: '2026-01-04T08:00:00+08:00', end: '2026-01-04T08:30:00+08:00' },
          serviceProvider: { display: '内科' },
          reasonCode: [{ coding: [{ code: 'I10', system: 'http://hl7.org/fhir/sid/icd-10' }] }],
        },
      },
      {
        resource: {
          resourceType: 'Condition',
          id: 'c',
          subject,
          encounter,
          code: { coding: [{ code: 'I10', system: 'http://hl7.org/fhir/sid/icd-10', display: '高血压' }] },
          clinicalStatus: { coding: [{ code: 'active' }] },
          onsetDateTime: '2020',
          recordedDate: '2026-01-04',
        },
      },
      {
        resource: {
          resourceType: 'Procedure',
          id: 'x',
          subject,
          status: 'completed',
          code: { text: '阑尾切除术' },
          performedPeriod: { start: '2025-05-01T09:00:00+08:00', end: '2025-05-01T10:00:00+08:00' },
        },
      },
      {
        resource: {
          resourceType: 'MedicationRequest',
          id: 'm',
          subject,
          status: 'active',
          intent: 'order',
          medicationReference: { reference: '#drug' },
          contained: [{ resourceType: 'Medication', id: 'drug', code: { text: '氨氯地平片 5mg' } }],
          authoredOn: '2026-01-04',
          dosageInstruction: [{ text: '每日一次，一次一片' }],
        },
      },
      {
        resource: {
          resourceType: 'AllergyIntolerance',
          id: 'a',
          patient: subject,
          code: { text: '青霉素' },
          criticality: 'high',
          category: ['medication'],
          recordedDate: '2010-03',
          reaction: [{ manifestation: [{ text: '皮疹' }] }],
        },
      },
    ])
    expect(issues).toEqual([])
    expect(record.encounters).toMatchObject([
      {
        sourceId: 'Encounter/e',
        encounterClass: 'AMB',
        name: '门诊',
        startedAt: { at: '2026-01-04T08:00:00+08:00' },
        endedAt: { at: '2026-01-04T08:30:00+08:00' },
        departmentName: '内科',
        reasons: [{ code: 'I10', system: 'icd-10' }],
      },
    ])
    expect(record.conditions).toMatchObject([
      {
        encounterSourceId: 'Encounter/e',
        name: '高血压',
        clinicalStatus: 'active',
        onsetAt: { at: '2020-01-01T00:00:00+08:00', precision: 'year' },
      },
    ])
    expect(record.procedures).toMatchObject([
      {
        name: '阑尾切除术',
        status: 'completed',
        performedAt: { precision: 'second' },
        endedAt: { at: '2025-05-01T10:00:00+08:00' },
      },
    ])
    expect(record.medications).toMatchObject([
      { name: '氨氯地平片 5mg', intent: 'order', dosageText: '每日一次，一次一片' },
    ])
    expect(record.allergies).toMatchObject([
      {
        name: '青霉素',
        criticality: 'high',
        categories: ['medication'],
        reactions: ['皮疹'],
        recordedAt: { precision: 'month' },
      },
    ])
    for (const one of [...record.conditions, ...record.allergies]) expect(one.patient).toBe(record.patients[0]?.patient)
  })

  it('counts what it does not read, and says so once for each type', () => {
    const { counted, issues } = taken([
      { resource: PATIENT },
      { resource: { resourceType: 'Immunization' } },
      { resource: { resourceType: 'Immunization' } },
      { resource: { resourceType: 'Claim' } },
      {},
      { request: { method: 'DELETE', url: 'Patient/1' } },
    ])
    expect(counted).toEqual({ Patient: 1, Immunization: 2, Claim: 1 })
    expect(issues.map((one) => [one.severity, one.expression])).toEqual([
      ['warning', 'Bundle.entry[4]'],
      ['warning', 'Bundle.entry[5]'],
      ['information', 'Bundle.entry[1].resource'],
      ['information', 'Bundle.entry[3].resource'],
    ])
    expect(operationOutcome(issues, 'zh')).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ code: 'structure' }, {}, { diagnostics: expect.stringContaining('2 × Immunization') }, {}],
    })
    expect(operationOutcome([], 'en')).toMatchObject({ issue: [{ severity: 'information' }] })
  })
})

describe('refusals', () => {
  it.each([
    [null, 'structure'],
    [[], 'structure'],
    ['text', 'structure'],
    [{}, 'structure'],
    [{ resourceType: 'Bundle' }, 'not-supported'],
    [{ resourceType: 'Bundle', type: 'history', entry: [] }, 'not-supported'],
    [{ resourceType: 'Bundle', type: 'batch' }, 'required'],
    [{ resourceType: 'Bundle', type: 'batch', entry: 'x' }, 'required'],
  ])('%j', (input, code) => {
    expect(readBundle(input, { sourceSystem: 'HIS' })).toMatchObject({
      kind: 'refused',
      issues: [{ severity: 'fatal', code }],
    })
  })

  it('bytes that are no JSON', () => {
    expect(readBundleBytes(Buffer.from('{"resourceType":'), { sourceSystem: 'HIS' })).toMatchObject({
      kind: 'refused',
      issues: [{ code: 'structure' }],
    })
  })

  it('takes a single resource as a bundle of one', () => {
    const bytes = Buffer.from(`\ufeff${JSON.stringify(observation({ valueInteger: 5 }))}`)
    expect(readBundleBytes(bytes, { sourceSystem: 'HIS' })).toMatchObject({
      kind: 'bundle',
      record: { reports: [{ results: [{ valueText: '5' }] }] },
    })
  })

  it('throws at no shape of JSON', () => {
    const odd = [
      null,
      1,
      'x',
      [],
      {},
      [[]],
      { reference: 1 },
      { coding: 'x' },
      { coding: [null, 1, {}] },
      true,
      { reference: '#' },
      { reference: 'Patient?identifier=%E0%A4%A' },
    ]
    const fields = [
      'id',
      'status',
      'code',
      'subject',
      'encounter',
      'category',
      'result',
      'component',
      'valueQuantity',
      'valueRange',
      'contained',
      'identifier',
      'name',
      'telecom',
      'period',
      'type',
      'reaction',
      'presentedForm',
      'specimen',
      'collection',
      'effectiveDateTime',
      'medicationReference',
      'note',
      'interpretation',
      'referenceRange',
    ]
    for (const resourceType of [
      'Patient',
      'Observation',
      'DiagnosticReport',
      'Encounter',
      'Condition',
      'Procedure',
      'MedicationRequest',
      'AllergyIntolerance',
      7,
      null,
    ]) {
      for (const value of odd) {
        const resource = { resourceType, ...Object.fromEntries(fields.map((field) => [field, value])) }
        const outcome = taken([
          { fullUrl: value, resource },
          { resource: { resourceType, ...Object.fromEntries(fields.map((field) => [field, [value]])) } },
          value as object,
        ])
        expect(
          outcome.issues.filter((one) => one.code === 'exception'),
          JSON.stringify([resourceType, value]),
        ).toEqual([])
      }
    }
  })
})
