import { describe, expect, it } from 'vitest'
import { answerFrame, answerTooLarge } from './ack.ts'
import type { AckOptions } from './ack.ts'
import { decode } from './charset.ts'
import { encodeGb18030 } from './gb18030.ts'
import { parseFrame } from './parse.ts'
import { readFrame } from './read-message.ts'
import { sampleMessage } from './sample-message.ts'

const at = new Date('2026-01-04T01:30:05Z')

function answer(message: string | Buffer, options: Partial<AckOptions> = {}): Buffer {
  let count = 0
  return answerFrame(readFrame(Buffer.from(message)), { nextId: () => `A${++count}`, at, ...options })
}

describe('an acceptance', () => {
  it('swaps the ends, keeps the version and names the message', () => {
    expect(answer(sampleMessage({ msh: { version: '2.5.1' } })).toString()).toBe(
      'MSH|^~\\&|PEIBAN|PEIBAN|LIS|东院|20260104013005+0000||ACK^R01^ACK|A1|P|2.5.1\rMSA|AA|M1\r',
    )
  })

  it.each([
    ['2.2', 'ACK'],
    ['2.3', 'ACK^R01'],
    ['2.3.1', 'ACK^R01'],
    ['2.4', 'ACK^R01^ACK'],
    ['2.8', 'ACK^R01^ACK'],
  ])('version %s has type %s', (version, type) => {
    expect(parseFrame(answer(sampleMessage({ msh: { version } })).toString())[0]?.header.raw(9)).toBe(type)
  })

  it('is the same for the same arguments', () => {
    expect(answer(sampleMessage())).toEqual(answer(sampleMessage()))
  })

  it('answers each message of a frame', () => {
    const acks = parseFrame(answer(sampleMessage() + sampleMessage({ msh: { id: 'M2', type: 'ORM^O01' } })).toString())
    expect(acks.map((ack) => [ack.header.text(10), ack.segments[1]?.raw(1), ack.segments[1]?.raw(2)])).toEqual([
      ['A1', 'AA', 'M1'],
      ['A2', 'AR', 'M2'],
    ])
  })
})

describe('a refusal', () => {
  it('says what, where and why from version 2.5 on', () => {
    const [ack] = parseFrame(answer(sampleMessage({ msh: { type: 'ORM^O01', version: '2.5' } })).toString())
    const [, msa, err] = ack?.segments ?? []
    expect(msa?.raw(1)).toBe('AR')
    expect(msa?.text(3)).toContain('不接收消息类型 ORM^O01')
    expect(err?.raw(2)).toBe('MSH^1^9^1^1')
    expect(err?.raw(3)).toBe('200^Unsupported message type^HL70357')
    expect(err?.raw(4)).toBe('E')
    expect(err?.text(8)).toBe(msa?.text(3))
  })

  it('puts it into one field before', () => {
    const [ack] = parseFrame(answer(sampleMessage({ msh: { type: 'ORM^O01', version: '2.3.1' } })).toString())
    expect(ack?.segments[2]?.raw(1)).toBe('MSH^1^9^200&Unsupported message type&HL70357')
  })

  it('speaks English to whoever cannot read Chinese, and as asked', () => {
    const ascii = 'MSH|^~\\&|A|B|C|D|20260104||ORM^O01|1|P|2.5\r'
    expect(answer(ascii).toString()).toContain('Unsupported message type ORM')
    expect(answer(`${ascii.trimEnd()}||||||UNICODE UTF-8\r`).toString()).toContain('不接收消息类型')
    expect(answer(sampleMessage({ msh: { type: 'ORM^O01' } }), { language: 'en' }).toString()).toContain(
      'Unsupported message type',
    )
  })

  it('answers what has no header at all', () => {
    expect(answer('rubbish', { language: 'en' }).toString()).toMatch(
      /^MSH\|\^~\\&\|\|\|\|\|20260104013005\+0000\|\|ACK\^\^ACK\|A1\|P\|2\.4\rMSA\|AR\|\|No MSH segment found.*\rERR\|MSH\^1\^\^100&Segment sequence error&HL70357\r$/,
    )
  })
})

it('refuses from its beginning what is too long', () => {
  const head = Buffer.from(sampleMessage()).subarray(0, 150)
  const ack = parseFrame(answerTooLarge(head, 1000, { nextId: () => 'A1', at }).toString())
  expect(ack).toHaveLength(1)
  expect([1, 2].map((field) => ack[0]?.segments[1]?.text(field))).toEqual(['AR', 'M1'])
  expect(ack[0]?.segments[1]?.text(3)).toContain('1000')
})

describe('charset and signs', () => {
  it('answers in the charset of the sender', () => {
    const bytes = answer(encodeGb18030(sampleMessage({ msh: { type: 'ORM^O01', tail: '||||||GB 18030-2000' } })))
    const { text, charset } = decode(bytes)
    expect(charset).toBe('gb18030')
    expect(text).toContain('不接收消息类型')
    expect(text).toContain('|GB 18030-2000\r')
  })

  it('uses the separators of the sender, unless they are misspelt', () => {
    expect(answer('MSH!$r?@!LIP!LIP!LB!LB!20111207!!ORM$O01!43!D!2.5\r').toString()).toMatch(
      /^MSH!\$r\?@!LB!LB!LIP!LIP!.*!!ACK\$O01\$ACK!A1!D!2\.5\?*\rMSA!AR!43!/,
    )
    for (const signs of ['^~&', '^~\\\\&']) {
      expect(answer(sampleMessage({ msh: { signs } })).toString()).toMatch(/^MSH\|\^~\\&\|PEIBAN\|PEIBAN\|LIS\|东院\|/)
    }
  })
})

describe('enhanced mode', () => {
  const accepted = 'ORU^R01'
  const refused = 'ORM^O01'
  it.each([
    ['', '', accepted, 'AA'],
    ['AL', '', accepted, 'CA'],
    ['AL', '', refused, 'CR'],
    ['AL', 'NE', accepted, 'CA'],
    ['NE', 'AL', accepted, 'AA'],
    ['NE', 'AL', refused, 'AR'],
    ['AL', 'AL', accepted, 'AA'],
    ['NE', 'NE', accepted, undefined],
    ['NE', 'NE', refused, undefined],
    ['ER', 'NE', accepted, undefined],
    ['ER', 'NE', refused, 'CR'],
    ['SU', 'NE', accepted, 'CA'],
    ['SU', 'NE', refused, undefined],
    ['NE', 'ER', refused, 'AR'],
    ['NE', 'ER', accepted, undefined],
    ['ER', 'SU', accepted, 'AA'],
    // Shifted or misused fields are no wish.
    ['AL', 'CHN', accepted, 'AA'],
    ['', '2', accepted, 'AA'],
    ['CHN', 'UNICODE UTF-8', refused, 'AR'],
  ])('MSH-15 %j, MSH-16 %j, %s', (accept, application, type, code) => {
    const message = sampleMessage({ msh: { type, tail: `|||${accept}|${application}` } })
    const ack = answer(message).toString()
    expect(parseFrame(ack)[0]?.segments[1]?.raw(1)).toBe(code)
    const plain = answer(message, { mode: 'original' }).toString()
    expect(parseFrame(plain)[0]?.segments[1]?.raw(1)).toBe(type === accepted ? 'AA' : 'AR')
  })

  it('never answers an answer', () => {
    expect(answer('MSH|^~\\&|A|B|C|D|20260104||ACK|1|P|2.4\rMSA|AA|9\r', { mode: 'original' })).toHaveLength(0)
  })
})
