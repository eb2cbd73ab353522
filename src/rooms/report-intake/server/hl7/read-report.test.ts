import { describe, expect, it } from 'vitest'
import type { IncomingReport } from '../incoming.ts'
import { parseFrame } from './parse.ts'
import { readReports } from './read-report.ts'
import { sampleMessage } from './sample-message.ts'
import type { SampleMessage } from './sample-message.ts'

function reportsOf(sample: SampleMessage, specimenFirst = false): IncomingReport[] {
  const message = parseFrame(sampleMessage(sample))[0]
  if (!message) throw new Error('the sample holds no message')
  return readReports(message, { zone: 'Asia/Shanghai', specimenFirst })
}

function reportOf(sample: SampleMessage): IncomingReport {
  const [report] = reportsOf(sample)
  if (!report) throw new Error('the sample holds no report')
  return report
}

const obr = (fields: Record<number, string>): string =>
  ['OBR', ...Array.from({ length: 35 }, (_, index) => fields[index + 1] ?? '')].join('|')

describe('a whole report', () => {
  it('reads a health check laboratory report sent as OUL^R24', () => {
    const [report, ...others] = reportsOf({
      msh: { type: 'OUL^R24^OUL_R24', version: '2.5.1', tail: '||||CHN|UNICODE UTF-8' },
      visit: ['NTE|1||空腹', `PV1|1|T|体检中心${'|'.repeat(15)}02~普通病员`],
      orders: [
        obr({
          1: '1',
          2: 'TJ0001',
          3: 'LIS0001',
          4: '120^肝功能',
          7: '20260104080000',
          16: '007^李医生',
          22: '20260104093000',
          25: 'F',
          32: '009&王主任',
        }),
        'ORC|RE',
      ],
      results: [
        'OBX|0|ST|1001^*总胆红素^^TBIL||12.3|^umol/L|3.4-20.5|M',
        'NTE|1||轻度溶血',
        'OBX|1|IS|1002^白蛋白||未查|g/L',
        'SPM|1|S001^S001||SER^血清|||||||P||||||20260104075500',
      ],
    })
    expect(others).toEqual([])
    expect(report).toMatchObject({
      sourceSystem: 'LIS/东院',
      sourceReportId: 'LIS0001',
      status: 'final',
      category: 'laboratory',
      titleCode: '120',
      titleName: '肝功能',
      isHealthCheck: true,
      patientClass: 'T',
      patientType: '普通病员',
      departmentName: '体检中心',
      orderingDoctorName: '李医生',
      reportingDoctorName: '王主任',
      performedAt: { at: '2026-01-04T08:00:00+08:00', precision: 'second' },
      collectedAt: { at: '2026-01-04T07:55:00+08:00', precision: 'second' },
      reportedAt: { at: '2026-01-04T09:30:00+08:00', precision: 'second' },
      patient: { name: '张三', comment: '空腹' },
    })
    expect(report?.results).toMatchObject([
      { sequence: 0, name: '总胆红素', valueText: '12.3', unit: 'umol/L', flagText: 'N', comment: '轻度溶血' },
      { sequence: 1, name: '白蛋白', valueText: '未查', absent: 'not-performed' },
    ])
  })

  it.each([
    ['心电图', 'ECG', 'ecg'],
    ['腹部彩超', 'US', 'imaging'],
  ])('reads %s as two texts', (title, sender, category) => {
    const report = reportOf({
      msh: { sender: `${sender}|东院` },
      orders: [obr({ 3: 'E1', 4: `9^${title}`, 7: '20260104', 25: 'F' })],
      results: ['OBX|0|TX|1037^检查所见||窦性心律\\.br\\未见异常', 'OBX|1|ST|1038^检查印象||正常'],
    })
    expect(report.category).toBe(category)
    expect(report.performedAt).toEqual({ at: '2026-01-04T00:00:00+08:00', precision: 'day' })
    expect(report.results).toMatchObject([
      { name: '检查所见', valueText: '窦性心律\n未见异常', narrative: true },
      { name: '检查印象', valueText: '正常', narrative: true },
    ])
  })
})

describe('number of the report', () => {
  it.each([
    ['filler', [obr({ 2: 'P1', 3: 'F1' })], [], 'F1'],
    ['filler in ORC', ['ORC|RE|P2|F2', obr({ 2: 'P1' })], [], 'F2'],
    ['placer', [obr({ 2: 'P1' })], [], 'P1'],
    ['with its assigner', [obr({ 3: 'F1^LIS^1.2.3^ISO' })], [], 'F1'],
    ['OBR-18', [obr({ 18: '880012' })], [], '880012'],
    ['specimen', [obr({ 4: '1' })], ['SPM|1|S1&LIS^S2&LAB'], 'S2'],
  ])('%s', (_, orders, after, id) => {
    expect(reportOf({ orders, results: ['OBX|1|NM|1^a||1', ...after] }).sourceReportId).toBe(id)
  })

  it('falls back to a hash that stays the same when the report is sent again', () => {
    const sample = { orders: [obr({ 4: '1^血常规' })] }
    const id = reportOf(sample).sourceReportId
    expect(id).toMatch(/^content:[0-9a-f]{32}$/)
    expect(reportOf({ ...sample, msh: { id: 'M2' } }).sourceReportId).toBe(id)
    expect(reportOf({ ...sample, results: ['OBX|1|NM|1001^总胆红素||99'] }).sourceReportId).not.toBe(id)
  })
})

describe('status', () => {
  const cases: [string, string[], IncomingReport['status']][] = [
    ['F', ['F'], 'final'],
    ['', ['F', 'F'], 'final'],
    ['', ['', ''], 'final'],
    ['P', ['F'], 'preliminary'],
    ['A', ['F'], 'preliminary'],
    ['', ['F', 'P'], 'preliminary'],
    ['F', ['F', 'C'], 'corrected'],
    ['C', ['F'], 'corrected'],
    ['X', [], 'cancelled'],
    ['', ['X', 'D'], 'cancelled'],
    ['F', ['F', 'X'], 'final'],
    ['', ['1', '0'], 'final'],
  ]
  it.each(cases)('OBR-25 %j with %j', (said, stated, status) => {
    const results = stated.map((one, index) => `OBX|${index}|NM|${index}^a||1||||||${one}`)
    expect(reportOf({ orders: [obr({ 3: 'F1', 25: said })], results }).status).toBe(status)
  })
})

describe('category', () => {
  it.each([
    ['LIS|东院', { 4: '1^血常规' }, 'laboratory'],
    ['PACS|东院', { 4: '1^胸部正位' }, 'imaging'],
    ['X|Y', { 4: '1^胸部CT平扫' }, 'imaging'],
    ['X|Y', { 4: '1^常规十二导联心电图检查' }, 'ecg'],
    ['X|Y', { 4: '1^一般检查' }, 'physical'],
    ['X|Y', { 4: '1^ECTOPIC' }, 'laboratory'],
    ['X|Y', { 4: '1^x', 24: 'RUS' }, 'imaging'],
    ['X|Y', { 4: '1^x', 24: 'EC' }, 'ecg'],
    ['PACS|Y', { 4: '1^x', 24: 'LAB' }, 'laboratory'],
    ['LIS|东院', { 4: 'TJ^基础体检套餐' }, 'health-check'],
    ['LIS|东院', { 4: 'TJ^全面体检套餐（含胸部CT）', 24: 'LAB' }, 'health-check'],
    ['LIS|东院', { 4: '1^体检血常规' }, 'laboratory'],
    ['体检系统|东院', { 4: '1^腹部彩超' }, 'imaging'],
    ['体检系统|东院', { 4: '1^体检心电图' }, 'ecg'],
    ['体检系统|东院', { 4: '1^综合' }, 'health-check'],
  ])('%s %j', (sender, fields, category) => {
    expect(reportOf({ msh: { sender }, orders: [obr({ 3: 'F1', ...fields })] }).category).toBe(category)
  })

  it.each([
    ['LIS|东院', { 4: '120^肝功能' }, 'laboratory'],
    ['A|B', { 4: '120^肝功能', 24: 'CH' }, 'laboratory'],
    ['PACS|影像科', { 4: 'US^腹部超声' }, 'imaging'],
    ['A|B', { 4: '7^综合' }, 'health-check'],
    ['A|B', {}, 'health-check'],
  ])('within a check-up (PV1-2 = T): %s %j', (sender, fields, category) => {
    const sample = { msh: { sender }, visit: ['PV1|1|T'], orders: [obr({ 3: 'F1', ...fields })] }
    expect(reportOf(sample).category).toBe(category)
  })

  it('of findings alone is imaging, unless they speak of the heart’s current', () => {
    const sample = { msh: { sender: 'A|B' }, orders: [obr({ 3: 'F1' })] }
    expect(reportOf({ ...sample, results: ['OBX|0|TX|1037^检查所见||肝脏大小正常'] }).category).toBe('imaging')
    expect(reportOf({ ...sample, results: ['OBX|0|TX|1038^检查印象||窦性心律，心电轴左偏'] }).category).toBe('ecg')
  })
})

describe('order of segments', () => {
  it('takes ORC before or behind OBR, and several orders', () => {
    const before = reportsOf({
      orders: ['ORC|RE|P1|F1', 'OBR|1', 'OBX|1|NM|1^a||1', 'ORC|RE|P2|F2', 'OBR|2', 'OBX|1|NM|1^a||2'],
      results: [],
    })
    const behind = reportsOf({
      orders: ['OBR|1', 'ORC|RE|P1|F1', 'OBX|1|NM|1^a||1', 'OBR|2', 'ORC|RE|P2|F2', 'OBX|1|NM|1^a||2'],
      results: [],
    })
    expect(before.map((one) => [one.sourceReportId, one.results[0]?.valueText])).toEqual([
      ['F1', '1'],
      ['F2', '2'],
    ])
    expect(behind).toEqual(before)
  })

  it('takes NTE before PV1 and PV1 before PID', () => {
    const early = reportOf({ pid: 'PV1|1|T', visit: ['NTE|1||空腹', 'PID|1||7^^^&BLH||张三'] })
    expect(early).toMatchObject({ isHealthCheck: true, patient: { name: '张三', comment: '空腹' } })
  })

  it('takes the specimen before its order in OUL^R22', () => {
    const orders = [
      'SPM|1|S1',
      'OBX|1|NM|V^体积||5',
      'OBR|1||F1',
      'OBX|2|NM|1^a||1',
      'SPM|2|S2',
      'OBR|2||',
      'OBX|1|NM|1^a||2',
    ]
    const reports = reportsOf({ orders, results: [] }, true)
    expect(reports.map((one) => [one.sourceReportId, one.results.length])).toEqual([
      ['F1', 2],
      ['S2', 1],
    ])
  })

  it('reads results without any order', () => {
    const [report] = reportsOf({ orders: [], results: ['OBX|1|NM|1^a||1', 'OBX|2|NM|2^b||2'] })
    expect(report?.results.map((one) => one.sequence)).toEqual([0, 1])
    expect(report?.sourceReportId).toMatch(/^content:/)
  })

  it('keeps several patients apart, also under the same number', () => {
    const reports = reportsOf({
      results: ['OBX|1|NM|1^a||1', 'PID|2||8^^^&BLH||李四', 'OBR|1|P100|F100', 'OBX|1|NM|1^a||2'],
    })
    expect(reports.map((one) => [one.patient.name, one.results[0]?.valueText])).toEqual([
      ['张三', '1'],
      ['李四', '2'],
    ])
  })

  it('joins orders that bear one number', () => {
    const orders = ['OBR|1||F1|A^血常规', 'OBX|1|NM|1^a||1', 'OBR|2||F1|B^尿常规', 'OBX|1|NM|2^b||2||||||C']
    const reports = reportsOf({ orders, results: [] })
    expect(reports).toHaveLength(1)
    expect(reports[0]).toMatchObject({ titleName: '血常规', status: 'corrected' })
    expect(reports[0]?.results).toMatchObject([
      { sequence: 0, name: 'a' },
      { sequence: 1, name: 'b', panelName: '尿常规' },
    ])
  })

  it('reads an order whose fields an analyser shifted by one', () => {
    const report = reportOf({ orders: ['OBR|1|P|F|1|^^^CBC^血细胞分析|||20260104110000'] })
    expect(report).toMatchObject({
      titleCode: 'CBC',
      titleName: '血细胞分析',
      performedAt: { at: '2026-01-04T11:00:00+08:00' },
    })
  })

  it('reads the doctor’s name from XCN and from the older form, and no name from a number', () => {
    expect(reportOf({ orders: [obr({ 3: '1', 16: '2740^Tsadok^Jane' })] }).orderingDoctorName).toBe('Jane Tsadok')
    expect(reportOf({ orders: [obr({ 3: '1', 16: '李医生' })] }).orderingDoctorName).toBe('李医生')
    expect(reportOf({ orders: [obr({ 3: '1', 16: '2740' })] }).orderingDoctorName).toBeUndefined()
  })
})
