import { describe, expect, it } from 'vitest'
import type { Hl7Outcome } from './outcome.ts'
import { encodeGb18030 } from './gb18030.ts'
import { readFrame } from './read-message.ts'
import { sampleMessage } from './sample-message.ts'

function outcomeOf(text: string): Hl7Outcome {
  const { messages } = readFrame(Buffer.from(text))
  expect(messages).toHaveLength(1)
  return messages[0]!.outcome
}

describe('kinds of messages', () => {
  it.each([
    'ORU^R01',
    'ORU^R01^ORU_R01',
    'ORU',
    'ORU^',
    'ORU^^ORU_R01',
    'ORU_R01',
    'oru^r01',
    'ORU^R30',
    'ORU^R31',
    'ORU^R32',
    'OUL^R21',
    'OUL^R22',
    'OUL^R23',
    'OUL^R24^OUL_R24',
  ])('%s holds reports', (type) => {
    expect(outcomeOf(sampleMessage({ msh: { type } }))).toMatchObject({
      kind: 'reports',
      reports: [{ sourceReportId: 'F100' }],
    })
  })

  it.each(['2.1', '2.2', '2.3', '2.3.1', '2.4', '2.5', '2.5.1', '2.6', '2.7', '2.8', ''])(
    'version %j is read',
    (version) => {
      expect(outcomeOf(sampleMessage({ msh: { version } })).kind).toBe('reports')
    },
  )

  it.each(['A01', 'A04', 'A08', 'A28', 'A31'])('ADT^%s holds a patient', (event) => {
    const outcome = outcomeOf(sampleMessage({ msh: { type: `ADT^${event}` }, orders: [], results: [] }))
    expect(outcome).toMatchObject({ kind: 'patient', event, patient: { name: '张三', sex: 'male' } })
  })

  it.each([
    ['ORM^O01', 'unsupported-type', '200', { segment: 'MSH', field: 9, component: 1 }],
    ['DFT^P03', 'unsupported-type', '200', { segment: 'MSH', field: 9, component: 1 }],
    ['VXU^V04', 'unsupported-type', '200', { segment: 'MSH', field: 9, component: 1 }],
    ['ADT^A02', 'unsupported-event', '201', { segment: 'MSH', field: 9, component: 2 }],
    ['ORU^R40', 'unsupported-event', '201', { segment: 'MSH', field: 9, component: 2 }],
    ['', 'no-type', '101', { segment: 'MSH', field: 9 }],
  ])('%j is refused', (type, code, errorCode, location) => {
    const outcome = outcomeOf(sampleMessage({ msh: { type } }))
    expect(outcome).toMatchObject({ kind: 'refused', code, ackCode: 'AR', errorCode, location })
    if (outcome.kind === 'refused' && type !== '') expect(outcome.reason.en).toContain(type)
  })

  it.each(['', 'PID|1||1', '{"a":1}', '\u0000'])('%j is refused for its missing header', (text) => {
    expect(outcomeOf(text)).toMatchObject({ kind: 'refused', code: 'no-header', ackCode: 'AR' })
  })

  it('asks for what is missing', () => {
    expect(outcomeOf(sampleMessage({ orders: [], results: [] }))).toMatchObject({ code: 'no-results', ackCode: 'AE' })
    expect(outcomeOf(sampleMessage({ msh: { type: 'ADT^A08' }, pid: '' }))).toMatchObject({
      code: 'no-patient',
      ackCode: 'AE',
    })
    expect(outcomeOf(sampleMessage({ msh: { type: 'MDM^T02' }, results: [] }))).toMatchObject({
      code: 'no-document',
      ackCode: 'AE',
    })
  })
})

describe('set aside', () => {
  it('an analyser’s control sample', () => {
    const control = sampleMessage({ msh: { sender: 'Mindray|BS-380', tail: '||||2' }, pid: '' })
    expect(outcomeOf(control)).toEqual({ kind: 'set-aside', reason: 'quality-control' })
    const byRole = sampleMessage({ pid: '', results: ['OBX|1|NM|1^a||1', 'SPM|1|S1|||||||||Q'] })
    expect(outcomeOf(byRole)).toEqual({ kind: 'set-aside', reason: 'quality-control' })
  })

  it('not the results of a person, whatever MSH-16 says', () => {
    expect(outcomeOf(sampleMessage({ msh: { tail: '||||2' } })).kind).toBe('reports')
  })

  it('results that name nobody, for a person to look at', () => {
    expect(outcomeOf(sampleMessage({ pid: '' }))).toEqual({ kind: 'set-aside', reason: 'no-patient' })
  })

  it('an acknowledgement', () => {
    expect(outcomeOf('MSH|^~\\&|A|B|C|D|20260104||ACK^R01|1|P|2.4\rMSA|AA|9\r')).toEqual({
      kind: 'set-aside',
      reason: 'acknowledgement',
    })
  })
})

describe('documents', () => {
  const txa = (fields: Record<number, string>): string =>
    ['TXA', ...Array.from({ length: 19 }, (_, index) => fields[index + 1] ?? '')].join('|')
  it('reads the text of MDM^T02', () => {
    const text = sampleMessage({
      msh: { type: 'MDM^T02^MDM_T02', sender: 'EMR|东院' },
      visit: [
        'PV1|1|O|内科',
        txa({ 1: '1', 2: 'EC^心电图报告', 3: 'TX', 4: '20260104080000', 6: '20260104090000', 12: 'DOC1', 17: 'AU' }),
      ],
      orders: [],
      results: ['OBX|1|TX|1^报告||窦性心律||||||F'],
    })
    expect(outcomeOf(text)).toMatchObject({
      kind: 'reports',
      reports: [
        {
          sourceReportId: 'DOC1',
          status: 'final',
          category: 'ecg',
          titleName: '心电图报告',
          performedAt: { at: '2026-01-04T08:00:00+08:00' },
          results: [{ valueText: '窦性心律', narrative: true }],
        },
      ],
    })
  })

  it.each([
    ['T', '小结', 'health-check'],
    ['O', '体检小结', 'health-check'],
    ['O', '小结', 'other'],
  ])('files a document of a visit of class %s called %s as %s', (visit, title, category) => {
    const text = sampleMessage({
      msh: { type: 'MDM^T02^MDM_T02', sender: 'EMR|东院' },
      visit: [`PV1|1|${visit}`, txa({ 2: `1^${title}`, 12: 'DOC2', 17: 'AU' })],
      orders: [],
      results: ['OBX|1|TX|1^报告||未见异常||||||F'],
    })
    expect(outcomeOf(text)).toMatchObject({ reports: [{ category }] })
  })

  it('knows a document that is not signed yet', () => {
    const text = sampleMessage({ msh: { type: 'MDM^T02' }, visit: [txa({ 2: 'CN', 12: 'DOC1', 17: 'DI' })] })
    expect(outcomeOf(text)).toMatchObject({ reports: [{ status: 'preliminary', category: 'laboratory' }] })
  })
})

describe('frames', () => {
  it('gives each of two messages its own outcome', () => {
    const { messages } = readFrame(Buffer.from(sampleMessage() + sampleMessage({ msh: { id: 'M2', type: 'ORM^O01' } })))
    expect(messages.map((one) => [one.controlId, one.type, one.outcome.kind])).toEqual([
      ['M1', 'ORU^R01', 'reports'],
      ['M2', 'ORM^O01', 'refused'],
    ])
  })

  it('reads GB18030 and says so', () => {
    const frame = readFrame(encodeGb18030(sampleMessage({ msh: { tail: '|||||CHN|GB2312' } })))
    expect(frame).toMatchObject({ charset: 'gb18030', damaged: false })
    expect(frame.messages[0]?.outcome).toMatchObject({ reports: [{ patient: { name: '张三' } }] })
  })

  it('reads times in the zone it is given', () => {
    const { messages } = readFrame(Buffer.from(sampleMessage()), { zone: 'Asia/Urumqi' })
    expect(messages[0]?.outcome).toMatchObject({ reports: [{ performedAt: { at: '2026-01-04T08:00:00+06:00' } }] })
  })
})
