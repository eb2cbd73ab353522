import { describe, expect, it } from 'vitest'
import type { IncomingResult } from '../incoming.ts'
import { parseFrame } from './parse.ts'
import { readResult } from './read-result.ts'
import { sampleMessage } from './sample-message.ts'
import { timeReader } from './time.ts'

function resultOf(obx: string, signs?: string): IncomingResult {
  const segment = parseFrame(sampleMessage({ msh: { signs }, results: [obx] }))[0]?.segments[3]
  if (!segment) throw new Error('the sample has no OBX')
  return readResult(segment, 0, timeReader('Asia/Shanghai'))
}

describe('code and name', () => {
  it.each([
    ['1001^总胆红素', ['1001'], '总胆红素'],
    ['1001^*总胆红素', ['1001'], '总胆红素'],
    ['1001^*总胆红素^^TBIL', ['1001', 'TBIL'], '总胆红素'],
    ['1001^总胆红素^^^TBIL', ['1001', 'TBIL'], '总胆红素'],
    ['^^^WBC^WHITE BLOOD CELL', ['WBC'], 'WHITE BLOOD CELL'],
    ['1975-2^Bilirubin.total^LN^1001^总胆红素^L', ['1975-2', '1001'], '总胆红素'],
    ['TBIL', ['TBIL'], 'TBIL'],
    ['1001~*总胆红素', ['1001'], '总胆红素'],
    ['^总胆红素', [], '总胆红素'],
    ['', [], ''],
    ['1001^\\T\\球蛋白', ['1001'], '&球蛋白'],
  ])('%s', (field, codes, name) => {
    const result = resultOf(`OBX|0|NM|${field}||1|g/L`)
    expect(result.codes.map((one) => one.code)).toEqual(codes)
    expect(result.name).toBe(name)
  })

  it('says whose code it is', () => {
    const { codes } = resultOf('OBX|1|NM|1975-2^Bilirubin^LN^1001^总胆红素^99LAB||1')
    expect(codes).toEqual([
      { code: '1975-2', system: 'loinc', name: 'Bilirubin' },
      { code: '1001', system: 'local', systemText: '99LAB', name: '总胆红素' },
    ])
    expect(resultOf('OBX|1|NM|1^x^DCM||1').codes[0]).toMatchObject({ system: 'other', systemText: 'DCM' })
  })

  it('takes the name from OBX-4 where OBX-3 is but a number', () => {
    expect(resultOf('OBX|1|NM|2|TBil|188.4|umol/L|-|N|||F')).toMatchObject({ name: 'TBil', subId: 'TBil' })
    expect(resultOf('OBX|1|NM|1001^总胆红素|1|188.4')).toMatchObject({ name: '总胆红素', subId: '1' })
  })
})

describe('value', () => {
  it.each([
    ['ST', '12.3', '12.3', { value: 12.3 }],
    ['IS', '12.3', '12.3', { value: 12.3 }],
    ['NM', ' 12.3 ', '12.3', { value: 12.3 }],
    ['', '12.3', '12.3', { value: 12.3 }],
    ['NM', '> 6.22', '> 6.22', { value: 6.22, comparator: '>' }],
    ['ST', '2.2.8', '2.2.8', undefined],
    ['ST', '阴性（-）', '阴性（-）', undefined],
    ['ST', '2~3', '2~3', undefined],
    ['ST', '1.5^9', '1.5^9', undefined],
    ['SN', '>^100', '>100', { value: 100, comparator: '>' }],
    ['SN', '^1^:^128', '1:128', undefined],
    ['SN', '^182', '182', { value: 182 }],
    ['DT', '20180604', '20180604', undefined],
    ['RP', 'http://pacs/1^x^Application', 'http://pacs/1', undefined],
  ])('%s %s', (type, sent, valueText, quantity) => {
    const result = resultOf(`OBX|1|${type}|1||${sent}`)
    expect(result.valueText).toBe(valueText)
    expect(result.quantity).toEqual(quantity)
  })

  it.each([
    ['*****', 'unreadable'],
    ['', 'empty'],
    ['""', 'empty'],
    ['未查', 'not-performed'],
    ['弃查', 'declined'],
  ])('%j is absent', (sent, absent) => {
    expect(resultOf(`OBX|1|ST|1||${sent}|umol/L`)).toMatchObject({ absent })
  })

  it('reads coded values with their codes', () => {
    expect(resultOf('OBX|1|CWE|1||260415000^Not detected^SCT')).toMatchObject({
      valueText: 'Not detected',
      valueCodes: [{ code: '260415000', system: 'snomed', name: 'Not detected' }],
    })
  })

  it('keeps an embedded file apart from the text', () => {
    const result = resultOf('OBX|1|ED|PDF^心电图||^application^pdf^Base64^JVBERi0xLjQ=||||||F')
    expect(result.attachment).toEqual({ mediaType: 'application/pdf', encoding: 'Base64', content: 'JVBERi0xLjQ=' })
    expect(result.absent).toBeUndefined()
  })

  it('keeps log text with bars in it readable as far as its field goes', () => {
    const result = resultOf(
      'OBX|1|ST|1^备注||2018-06-04 14:34:25 INFO C:\\lis\\out.log [recv] ok\nat Lis.Send()||||||F',
    )
    expect(result.valueText).toBe('2018-06-04 14:34:25 INFO C:\\lis\\out.log [recv] ok\nat Lis.Send()')
    expect(result.status).toBe('final')
  })

  it('keeps a message that was logged into the value', () => {
    const logged = '14:34:25 recv MSH|^~\\&|LIS|东院|PID|1 done'
    expect(resultOf(`OBX|1|ST|1^备注||${logged}`)).toMatchObject({ valueText: logged, status: 'final' })
  })

  it('reads lines of a text, but leaves a range a range', () => {
    expect(resultOf('OBX|1|TX|1^镜检||白细胞 2~3/HP~红细胞 0').valueText).toBe('白细胞 2~3/HP\n红细胞 0')
  })
})

describe('unit and range', () => {
  it.each([
    ['umol/L', 'umol/L'],
    ['^umol/L', 'umol/L'],
    ['^μmol/L', 'μmol/L'],
    ['10^9/L', '10^9/L'],
    ['10\\S\\9/L', '10^9/L'],
    ['×10^12/L', '×10^12/L'],
    ['10*9/L', '10*9/L'],
    ['[IU]/mL^international unit per milliliter^UCUM', '[IU]/mL'],
    ['%', '%'],
  ])('%s', (field, unit) => {
    expect(resultOf(`OBX|1|NM|1||1|${field}`).unit).toBe(unit)
  })

  it.each(['0.0000-10.0000', '阴性', '<5.2', '3.4～20.5'])('keeps the range %s as sent', (range) => {
    expect(resultOf(`OBX|1|NM|1||1|g/L|${range}`).rangeText).toBe(range)
  })
})

describe('flag and status', () => {
  it.each([
    ['M', '', 'N', 'final'],
    ['N', 'F', 'N', 'final'],
    ['H', 'F', 'H', 'final'],
    ['L~N', 'F', 'L', 'final'],
    ['N~H', 'F', 'H', 'final'],
    ['↑', '', 'H', 'final'],
    ['偏低', '', 'L', 'final'],
    ['A^Abnormal^HL70078', 'C', 'A', 'corrected'],
    ['HH', 'P', 'HH', 'preliminary'],
    ['', '0', 'N', 'final'],
    ['', '1', 'A', 'final'],
    ['', 'F', undefined, 'final'],
    ['H', '1', 'H', 'final'],
    ['', 'X', undefined, 'cancelled'],
    ['', 'D', undefined, 'cancelled'],
    ['', 'W', undefined, 'cancelled'],
    ['S', 'R', 'S', 'preliminary'],
  ])('OBX-8 %j, OBX-11 %j', (flag, status, flagText, expected) => {
    const result = resultOf(`OBX|1|NM|1||1|g/L|0-2|${flag}|||${status}`)
    expect(result.flagText).toBe(flagText)
    expect(result.status).toBe(expected)
  })
})

describe('narrative', () => {
  it.each([
    ['OBX|0|TX|1037^检查所见||1. 肝脏大小正常', true],
    ['OBX|1|ST|1038^检查印象||脂肪肝', true],
    ['OBX|1|ST|1038^检查印象||2 级', true],
    ['OBX|1|FT|Z1^超声提示||胆囊息肉', true],
    ['OBX|1|TX|WBC^白细胞||6.5|10^9/L', false],
    ['OBX|1|TX|WBC^白细胞||6.5', false],
    ['OBX|1|ST|HBSAG^乙肝表面抗原||阴性', false],
    ['OBX|1|ST|1037^检查所见||', false],
  ])('%s', (obx, narrative) => {
    expect(resultOf(obx).narrative ?? false).toBe(narrative)
  })

  it('does not make a measurement of a finding that begins with a number', () => {
    expect(resultOf('OBX|0|TX|1037^检查所见||80 次/分，窦性心律').quantity).toBeUndefined()
  })
})

it('takes time and method', () => {
  expect(resultOf('OBX|1|NM|1||1||||||F|||20260104083000|||M1^酶法')).toMatchObject({
    observedAt: { at: '2026-01-04T08:30:00+08:00', precision: 'second' },
    method: '酶法',
  })
})

it('reads a sender without an escape sign', () => {
  expect(resultOf('OBX|1|NM|1001^*总胆红素||12.3|^umol/L', '^~&')).toMatchObject({ name: '总胆红素', unit: 'umol/L' })
  expect(resultOf('OBX|1|NM|1001^*总胆红素||12.3|10\\\\S\\\\9/L', '^~\\\\&')).toMatchObject({ unit: '10^9/L' })
})
