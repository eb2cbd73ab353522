import { describe, expect, it } from 'vitest'
import type { IncomingReport, IncomingResult } from '../incoming.ts'
import { readItem } from './item.ts'
import { observe } from './observe.ts'

const result = (of: Partial<IncomingResult>): IncomingResult => ({
  sequence: 0,
  codes: [],
  name: '',
  valueText: '',
  valueType: 'NM',
  status: 'final',
  ...of,
})
const report = (titleName: string): IncomingReport => ({
  sourceSystem: 'LIS',
  sourceReportId: '1',
  status: 'final',
  category: 'laboratory',
  titleName,
  isHealthCheck: false,
  patient: { identifiers: [], sex: 'unknown' },
  results: [],
})

describe('which indicator an item is', () => {
  it.each([
    ['by its name and unit', '生化', { name: '空腹血糖', valueText: '5.6', unit: 'mmol/L' }, 'fpg', undefined],
    [
      'uric acid is in blood, whatever its first character',
      '尿酸',
      { name: '尿酸', valueText: '300', unit: 'umol/L' },
      'ua',
      undefined,
    ],
    [
      'glucose of a urine panel is that of urine',
      '尿常规',
      { name: '葡萄糖', valueText: '5.6', unit: 'mmol/L' },
      'u_glu',
      undefined,
    ],
    [
      'LOINC before the name',
      '',
      { codes: [{ code: '4548-4', system: 'loinc' as const }], name: 'x', valueText: '6', unit: '%' },
      'hba1c',
      undefined,
    ],
    ['a unit that says nothing', '生化', { name: '总胆固醇', valueText: '5.6', unit: '格' }, undefined, 'unit'],
    ['what nobody knows', '生化', { name: '某某项目', valueText: '1' }, undefined, 'unknown'],
  ])('%s', (_name, title, of, code, problem) => {
    const read = readItem(report(title), result(of))
    expect(read.problem).toBe(problem)
    if (problem === undefined) expect(read.resolution?.code).toBe(code)
  })
})

describe('a result in the record', () => {
  const stored = (of: Partial<IncomingResult>, sex?: 'male' | 'female') =>
    observe('id', {
      item: readItem(report('生化'), result(of)),
      decision: undefined,
      effectiveAt: new Date(0),
      sex,
      source: 'lab',
    })

  it.each([
    [
      'converts value and interval, keeps what was sent',
      { name: '空腹血糖', valueText: '90', unit: 'mg/dL', rangeText: '72-108' },
      { code: 'fpg', unit: 'mmol/L', flag: 'N', original: { value: 90, unit: 'mg/dL' } },
    ],
    [
      'the flag wins over the interval',
      { name: '尿酸', valueText: '300', unit: 'umol/L', rangeText: '100-400', flagText: 'H' },
      { code: 'ua', flag: 'H' },
    ],
    [
      'A has no direction, so the interval gives it',
      { name: '尿酸', valueText: '500', unit: 'umol/L', rangeText: '100-400', flagText: 'A' },
      { code: 'ua', flag: 'H' },
    ],
    [
      'hepatitis B is marked, to be printed apart',
      { name: '乙肝病毒某抗原', valueText: '阳性' },
      { original: { sensitive: true } },
    ],
  ])('%s', (_name, of, expected) => {
    expect(stored(of)).toMatchObject(expected)
  })

  it('an interval by sex needs the sex', () => {
    const item = { name: '尿酸', valueText: '400', unit: 'umol/L', rangeText: '男:208-428 女:155-357' }
    expect([stored(item, 'male').flag, stored(item, 'female').flag, stored(item).flag]).toEqual(['N', 'H', null])
  })
})
