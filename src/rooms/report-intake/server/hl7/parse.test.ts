import { describe, expect, it } from 'vitest'
import { escapeValue, unescape } from './escape.ts'
import { nthPart, parseFrame } from './parse.ts'
import { sampleMessage } from './sample-message.ts'
import { separatorsOf, STANDARD } from './separators.ts'

describe('separatorsOf', () => {
  it.each([
    ['MSH|^~\\&|LIS', { ...STANDARD }],
    ['MSH|^~&|LIS', { ...STANDARD, escape: '' }],
    ['MSH|^~\\\\&|LIS', { ...STANDARD, doubled: true }],
    ['MSH|^~\\&#|LIS', { ...STANDARD }],
    ['MSH||LIS', { ...STANDARD }],
    ['MSH|^~\\|LIS', { ...STANDARD }],
    ['MSH!$r?@!LIP', { field: '!', component: '$', repetition: 'r', escape: '?', subcomponent: '@', doubled: false }],
    ['MSH|^&&^|LIS', { ...STANDARD, repetition: '&', escape: '&', subcomponent: '' }],
  ])('%s', (header, expected) => {
    expect(separatorsOf(header)).toEqual(expected)
  })
})

describe('unescape', () => {
  it.each([
    ['a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f', 'a|b^c&d~e\\f'],
    ['第一行\\.br\\第二行', '第一行\n第二行'],
    ['a\\.sp2\\b', 'a\n\nb'],
    ['a\\.in+4\\b', 'ab'],
    ['\\H\\重要\\N\\', '重要'],
    ['\\XE4BDA0\\好', '你好'],
    ['\\XC4E3\\', '你'],
    ['\\X0D0A\\', '\r\n'],
    ['C:\\log\\2018\\x.txt', 'C:\\log\\2018\\x.txt'],
    ['阴性\\弱阳性', '阴性\\弱阳性'],
    ['\\Zq\\\\F\\', '\\Zq\\|'],
    ['end\\', 'end\\'],
    ['\\XZZ\\', '\\XZZ\\'],
  ])('%j', (value, expected) => {
    expect(unescape(value, STANDARD)).toBe(expected)
  })

  it('reads doubled escapes of a sender who doubles, and none of one who has none', () => {
    expect(unescape('10\\\\S\\\\9/L', { ...STANDARD, doubled: true })).toBe('10^9/L')
    expect(unescape('a\\F\\b', { ...STANDARD, escape: '' })).toBe('a\\F\\b')
  })

  it('escapeValue is its opposite', () => {
    const text = '10^9/L | a&b ~ c\\d 阴性'
    expect(unescape(escapeValue(text, STANDARD), STANDARD)).toBe(text)
    expect(escapeValue('a\r\nb|c', { ...STANDARD, escape: '' })).toBe('a b c')
  })
})

describe('nthPart', () => {
  it.each([
    [1, 'a'],
    [2, ''],
    [3, 'c'],
    [4, ''],
    [9, ''],
  ])('%i', (n, part) => {
    expect(nthPart('a^^c', '^', n)).toBe(part)
  })
})

describe('parseFrame', () => {
  it.each(['\r', '\n', '\r\n', '\r\r\n'])('reads lines ended by %j', (end) => {
    const [message] = parseFrame(sampleMessage({ end }))
    expect(message?.segments.map((one) => one.name)).toEqual(['MSH', 'PID', 'OBR', 'OBX'])
    expect(message?.header.text(4)).toBe('东院')
    expect(message?.segments[3]?.text(5)).toBe('12.3')
  })

  it.each(['\u000b', '\ufeff', '   ', '\r\n\r\n', '\t', '2018-06-04 14:34:25 INFO send: '])(
    'passes over %j before the header',
    (before) => {
      const [message] = parseFrame(before + sampleMessage())
      expect(message?.segments).toHaveLength(4)
    },
  )

  it('passes over blanks before a segment', () => {
    const [message] = parseFrame(sampleMessage().replaceAll('\r', '\r  '))
    expect(message?.segments.map((one) => one.name)).toEqual(['MSH', 'PID', 'OBR', 'OBX'])
  })

  it('counts the fields of MSH as the standard does', () => {
    const [message] = parseFrame(sampleMessage())
    expect([1, 2, 3, 9, 10].map((field) => message?.header.raw(field))).toEqual(['|', '^~\\&', 'LIS', 'ORU^R01', 'M1'])
  })

  it('reads a message with separators of its own', () => {
    const [message] = parseFrame('MSH!$r?@!LIP!LIP\rPID!1!!7$$$@BLH!!王五\r')
    expect(message?.segments[1]?.first(5)).toBe('王五')
    expect(message?.segments[1]?.first(3, 4)).toBe('@BLH')
  })

  it('finds two messages in one frame', () => {
    const [one, two] = parseFrame(sampleMessage() + sampleMessage({ msh: { id: 'M2' } }))
    expect([one?.header.text(10), two?.header.text(10)]).toEqual(['M1', 'M2'])
    expect(one?.segments).toHaveLength(4)
  })

  it('finds the messages of a batch', () => {
    const batch = `FHS|^~\\&|LIS\rBHS|^~\\&|LIS\r${sampleMessage()}${sampleMessage({ msh: { id: 'M2' } })}BTS|2\rFTS|1\r`
    const messages = parseFrame(batch)
    expect(messages.map((one) => one.header.text(10))).toEqual(['M1', 'M2'])
    expect(messages[1]?.segments.at(-1)?.name).toBe('OBX')
  })

  it('leaves text with line breaks in its field', () => {
    const finding = 'OBX|1|TX|1037^检查所见||肝脏大小正常\n\n胆囊壁光滑\r\nCT 平扫未做||||||F\r'
    const [message] = parseFrame(sampleMessage({ results: [finding] }))
    const obx = message?.segments[3]
    expect(obx?.text(5)).toBe('肝脏大小正常\n\n胆囊壁光滑\nCT 平扫未做')
    expect(obx?.text(11)).toBe('F')
  })

  it('drops the signs of MLLP that a body kept', () => {
    const [message] = parseFrame(`\u000b${sampleMessage().trimEnd()}\u001c\r`)
    expect(message?.segments.at(-1)?.text(11)).toBe('F')
    expect(message?.segments).toHaveLength(4)
  })

  it('reads a message that kept the entities of its XML', () => {
    const [message] = parseFrame('MSH|^~\\&amp;|LIS&#13;OBX|1|ST|1^a&amp;b||&lt;0.5'.replace('&#13;', '\r'))
    expect(message?.segments[1]?.text(5)).toBe('<0.5')
  })

  it.each(['', 'PID|1||1', '\u0000\u0001', 'MSH', 'BHS|^~\\&|LIS\rEVN|A04'])('finds no message in %j', (text) => {
    expect(parseFrame(text)).toEqual([])
  })

  it('takes "" for nothing', () => {
    const [message] = parseFrame(sampleMessage({ pid: 'PID|1||1||""||""' }))
    expect(message?.segments[1]?.text(5)).toBe('')
  })
})
