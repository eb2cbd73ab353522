import { describe, expect, it } from 'vitest'
import { contentId, fingerprint } from './incoming.ts'
import type { IncomingReport } from './incoming.ts'

function aReport(change: Partial<IncomingReport> = {}): IncomingReport {
  return {
    sourceSystem: 'LIS/东院',
    sourceReportId: 'F100',
    status: 'final',
    category: 'laboratory',
    isHealthCheck: false,
    patient: { identifiers: [{ system: 'record-number', value: '0012345', typed: 'BLH' }], name: '张三', sex: 'male' },
    results: [
      {
        sequence: 0,
        codes: [{ code: '1001', system: 'local' }],
        name: '总胆红素',
        valueText: '12.3',
        valueType: 'NM',
        unit: 'umol/L',
        status: 'final',
      },
    ],
    ...change,
  }
}

describe('fingerprint', () => {
  it('is the same for the same content, whenever it was sent', () => {
    const again = aReport({ reportedAt: { at: '2026-01-05T10:00:00+08:00', precision: 'second' } })
    expect(fingerprint(again)).toBe(fingerprint(aReport()))
    expect(fingerprint(again)).toMatch(/^[0-9a-f]{64}$/)
  })

  const changes: [string, Partial<IncomingReport>][] = [
    ['value', { results: [{ ...aReport().results[0]!, valueText: '12.4' }] }],
    ['unit', { results: [{ ...aReport().results[0]!, unit: 'mg/dL' }] }],
    ['flag', { results: [{ ...aReport().results[0]!, flagText: 'H' }] }],
    ['comment', { results: [{ ...aReport().results[0]!, comment: '溶血' }] }],
    ['status', { status: 'corrected' }],
    ['number', { sourceReportId: 'F101' }],
    ['source', { sourceSystem: 'LIS/西院' }],
    ['person', { patient: { ...aReport().patient, name: '张山' } }],
    ['one result fewer', { results: [] }],
  ]
  it.each(changes)('differs in the %s', (_, change) => {
    expect(fingerprint(aReport(change))).not.toBe(fingerprint(aReport()))
  })

  it('gives a report without number one that depends on its content alone', () => {
    const nameless = aReport({ sourceReportId: '' })
    const id = contentId(nameless)
    expect(id).toMatch(/^content:[0-9a-f]{32}$/)
    expect(contentId(aReport({ sourceReportId: id }))).toBe(id)
    expect(contentId(aReport({ sourceReportId: '', titleName: '肾功能' }))).not.toBe(id)
  })
})
