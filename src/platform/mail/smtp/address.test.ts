import { describe, expect, test } from 'vitest'
import { envelopeAddress, UnsafeAddress } from './address.ts'
import { wireContent } from './dot-stuff.ts'
import { smtpServerOf } from './server.ts'

describe('addresses in commands', () => {
  test.each([
    ['lan@example.com', 'lan@example.com', 'example.com', false],
    ['l.a+n_1=x@Mail.Example.COM', 'l.a+n_1=x@Mail.Example.COM', 'mail.example.com', false],
    ['lan@例子.cn', 'lan@xn--fsqu00a.cn', 'xn--fsqu00a.cn', false],
    ['李兰@example.cn', '李兰@example.cn', 'example.cn', true],
    ['lan@[127.0.0.1]', 'lan@[127.0.0.1]', '[127.0.0.1]', false],
  ])('%s', (given, path, domain, needsUtf8) => {
    expect(envelopeAddress(given)).toEqual({ path, domain, needsUtf8 })
  })

  test.each([
    ['lan@example.com>\r\nRCPT TO:<all@example.com'],
    ['lan@example.com\r\nDATA'],
    ['lan@example.com\nDATA'],
    ['la\0n@example.com'],
    ['lan@exam ple.com'],
    ['lan @example.com'],
    ['<lan@example.com>'],
    ['"l an"@example.com'],
    ['lan@example.com SIZE=1'],
    ['lan@[1.2.3.4]>'],
    ['lan\u2028@example.com'],
    ['lan\u0085@example.com'],
    ['lan@-example.com'],
    ['lan@example..com'],
    ['@example.com'],
    ['lan'],
    [''],
    ['lan@'],
    ['a@b@example.com'],
    [`${'x'.repeat(65)}@example.com`],
    [`x@${'y'.repeat(260)}.com`],
  ])('refused: %j', (given) => {
    expect(() => envelopeAddress(given)).toThrow(UnsafeAddress)
  })
})

describe('content on the line', () => {
  const wire = (text: string) => {
    const { bytes, end } = wireContent(Buffer.from(text, 'utf8'))
    return bytes.toString('utf8') + end
  }
  test.each([
    ['a\r\nb\r\n', 'a\r\nb\r\n.\r\n'],
    ['a', 'a\r\n.\r\n'],
    ['', '.\r\n'],
    ['.', '..\r\n.\r\n'],
    ['a\r\n.\r\nb\r\n', 'a\r\n..\r\nb\r\n.\r\n'],
    ['a\r\n..b\r\n', 'a\r\n...b\r\n.\r\n'],
    ['a\n.\nMAIL FROM:<x@y>\n', 'a\r\n..\r\nMAIL FROM:<x@y>\r\n.\r\n'],
    ['a\r.\rb', 'a\r\n..\r\nb\r\n.\r\n'],
    ['a\r\n\n.\r\n', 'a\r\n\r\n..\r\n.\r\n'],
    ['a\n\r\n.\r\n', 'a\r\n\r\n..\r\n.\r\n'],
    ['a\r\r\n.\r\n', 'a\r\n\r\n..\r\n.\r\n'],
    ['中文\r\n.点\r\n', '中文\r\n..点\r\n.\r\n'],
  ])('%j', (given, sent) => {
    expect(wire(given)).toBe(sent)
    // Nothing but the very end can be taken for the end.
    expect(wire(given).slice(0, -5)).not.toMatch(/(^|[\r\n])\.[\r\n]/)
  })

  test('counts what SIZE counts, and sees eight bits', () => {
    expect(wireContent(Buffer.from('.a\r\n'))).toMatchObject({ size: 4, isEightBit: false })
    expect(wireContent(Buffer.from('好\r\n'))).toMatchObject({ size: 5, isEightBit: true })
  })
})

describe('the address of a server', () => {
  test.each([
    [
      'smtp://mail.example.cn',
      { host: 'mail.example.cn', port: 25, isImplicitTls: false, startTls: 'offered', login: null, tls: {} },
    ],
    ['smtp://u%40x:p%3Aw@mail.example.cn', { port: 587, startTls: 'always', login: { user: 'u@x', password: 'p:w' } }],
    ['smtps://u:p@mail.example.cn', { port: 465, isImplicitTls: true }],
    ['smtps://u:p@mail.example.cn:994', { port: 994 }],
    ['smtp://u:p@127.0.0.1:2525', { port: 2525, startTls: 'offered', tls: { rejectUnauthorized: false } }],
    ['smtp://[::1]:2525', { host: '::1', tls: { rejectUnauthorized: false } }],
    ['smtp://127.0.0.1.evil.example:25', { tls: {} }],
  ])('%s', (url, server) => {
    expect(smtpServerOf(url)).toMatchObject(server)
  })

  test.each([['http://mail.example.cn'], ['mail.example.cn'], ['']])('refused: %j', (url) => {
    expect(() => smtpServerOf(url)).toThrow(TypeError)
  })
})
