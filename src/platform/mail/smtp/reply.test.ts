import { describe, expect, test } from 'vitest'
import { featuresOf } from './features.ts'
import { NotSmtp, ReplyReader } from './reply.ts'

const read = (...chunks: (string | Buffer)[]) => {
  const reader = new ReplyReader()
  return chunks.flatMap((chunk) => reader.feed(typeof chunk === 'string' ? chunk : chunk.toString('latin1')))
}

describe('answers of servers', () => {
  test.each([
    ['250 2.0.0 Ok: queued as 4F\r\n', 250, '2.0.0', '250 2.0.0 Ok: queued as 4F'],
    ['354 End data with <CR><LF>.<CR><LF>\r\n', 354, null, '354 End data with <CR><LF>.<CR><LF>'],
    ['250\r\n', 250, null, '250'],
    ['220 bare line feed\n', 220, null, '220 bare line feed'],
    [
      '550-5.1.1 The account\r\n550-5.1.1 does not\r\n550 5.1.1 exist. gsmtp\r\n',
      550,
      '5.1.1',
      '550 5.1.1 The account does not exist. gsmtp',
    ],
    ['421 HL:ICC 163 smtp3\r\n', 421, null, '421 HL:ICC 163 smtp3'],
    ['250 2.10.100 deep\r\n', 250, '2.10.100', '250 2.10.100 deep'],
    ['250 3.14 is no code\r\n', 250, null, '250 3.14 is no code'],
  ])('%j', (given, code, enhanced, text) => {
    expect(read(given)).toMatchObject([{ code, enhanced, text }])
  })

  test('however the network cuts them, in whatever number', () => {
    const whole = '250-one\r\n250 2.1.0 two\r\n250 2.1.5 Ok\r\n354 go\r\n'
    for (let size = 1; size <= whole.length; size++) {
      const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, n) =>
        whole.slice(n * size, (n + 1) * size),
      )
      expect(read(...chunks).map(({ text }) => text)).toEqual(['250 one 2.1.0 two', '250 2.1.5 Ok', '354 go'])
    }
  })

  test('Chinese in UTF-8 and in GBK, cut in the middle of a character', () => {
    const utf8 = Buffer.from('550 该用户不存在\r\n', 'utf8')
    expect(read(utf8.subarray(0, 6), utf8.subarray(6))[0]!.text).toBe('550 该用户不存在')
    // 用户 in GBK is D3 C3 BB A7.
    expect(read(Buffer.from([0x35, 0x35, 0x30, 0x20, 0xd3, 0xc3, 0xbb, 0xa7, 0x0d, 0x0a]))[0]!.text).toBe('550 用户')
  })

  test.each([
    ['HTTP/1.1 400 Bad Request\r\n'],
    ['250-one\r\n550 other\r\n'],
    ['999 no such class\r\n'],
    ['250_ok\r\n'],
    [`250-${'x'.repeat(70_000)}`],
  ])('not SMTP: %#', (given) => {
    expect(() => read(given)).toThrow(NotSmtp)
  })
})

describe('what a server can do', () => {
  test.each([
    [
      ['a.test', 'PIPELINING', 'SIZE 35882577', '8BITMIME', 'STARTTLS', 'AUTH LOGIN PLAIN', 'SMTPUTF8'],
      {
        pipelining: true,
        eightBitMime: true,
        smtpUtf8: true,
        startTls: true,
        sizeMax: 35882577,
        auth: new Set(['LOGIN', 'PLAIN']),
      },
    ],
    [
      ['a.test'],
      { pipelining: false, eightBitMime: false, smtpUtf8: false, startTls: false, sizeMax: null, auth: new Set() },
    ],
    [['PIPELINING'], { pipelining: false }],
    [
      ['a.test', 'size', 'auth=LOGIN', 'AUTH PLAIN', 'pipelining'],
      { sizeMax: null, pipelining: true, auth: new Set(['LOGIN', 'PLAIN']) },
    ],
    [['a.test', 'SIZE 0'], { sizeMax: null }],
    [['a.test', 'SIZE many'], { sizeMax: null }],
  ])('%j', (lines, features) => {
    expect(featuresOf({ lines })).toMatchObject(features)
  })
})
