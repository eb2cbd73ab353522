import { describe, expect, test } from 'vitest'
import type { OutgoingMail } from '../transport.ts'
import { encodedBody, quotedPrintable } from './body.ts'
import { encodedText, headerLine, mailbox, UnsafeHeader } from './header.ts'
import { mailBytes, writeMail } from './mail.ts'
import { decoded, readParts } from './sample.ts'

const AT = new Date('2026-11-22T08:00:00Z')
const aMail = (over: Partial<OutgoingMail> = {}): OutgoingMail => ({
  from: '"仁和医院" <care@example.cn>',
  to: 'lan@example.com',
  subject: '请您复测血压',
  text: '李兰女士：\n\n请您复测血压。\n',
  html: '<p>李兰女士：</p><p>请您复测血压。</p>',
  messageId: '<0192-7b@care.example.cn>',
  headers: { 'Auto-Submitted': 'auto-generated', 'List-Unsubscribe': '<https://care.example.cn/api/u/x>' },
  ...over,
})
const bytesOf = async (mail: OutgoingMail) => (await mailBytes(mail, AT)).toString('utf8')

describe('a mail', () => {
  test('text and HTML, headers of an honest mail, nothing but ASCII, no line too long', async () => {
    const raw = await bytesOf(aMail())
    const mail = readParts(raw)
    expect(mail.headers).toMatchObject({
      from: '仁和医院 <care@example.cn>',
      to: 'lan@example.com',
      subject: '请您复测血压',
      'message-id': '<0192-7b@care.example.cn>',
      date: 'Sun, 22 Nov 2026 08:00:00 +0000',
      'mime-version': '1.0',
      'auto-submitted': 'auto-generated',
      'list-unsubscribe': '<https://care.example.cn/api/u/x>',
    })
    expect(mail.parts).toEqual([
      { type: 'text/plain; charset=utf-8', text: '李兰女士：\r\n\r\n请您复测血压。\r\n' },
      { type: 'text/html; charset=utf-8', text: '<p>李兰女士：</p><p>请您复测血压。</p>' },
    ])
    expect(raw).toMatch(/^[\x20-\x7e\r\n]*$/)
    for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78)
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  test('text alone; the same twice is the same to the last byte', async () => {
    const mail = aMail({ html: undefined })
    expect(readParts(await bytesOf(mail)).parts).toHaveLength(1)
    expect(await bytesOf(aMail())).toBe(await bytesOf(aMail()))
    expect(await bytesOf(mail)).not.toMatch('multipart')
  })

  test.each<[string, Partial<OutgoingMail>]>([
    ['subject', { subject: 'x\r\nBcc: all@example.com' }],
    ['subject with a bare line feed', { subject: 'x\nBcc: all@example.com' }],
    ['recipient', { to: 'a@example.com\r\nBcc: b@example.com' }],
    ['name of the sender', { from: '"x\r\nBcc: y" <a@example.cn>' }],
    ['Message-ID', { messageId: '<a@b>\r\nBcc: c' }],
    ['Message-ID with a fold', { messageId: '<a@b>\r\n Bcc: c' }],
    ['a header’s value', { headers: { 'X-A': 'x\r\nBcc: y' } }],
    ['a header’s folded value', { headers: { 'X-A': 'x\r\n y' } }],
    ['a header’s name', { headers: { 'X-A: b\r\nBcc': 'y' } }],
    ['a zero', { subject: 'x\0' }],
  ])('another header in the %s: refused', (_name, over) => {
    expect(() => writeMail(aMail(over), AT)).toThrow(UnsafeHeader)
  })
})

describe('headers', () => {
  test.each([
    ['plain'],
    ['请您复测血压'],
    ['一'.repeat(200)],
    ['👨‍👩‍👧 𠮷野 '.repeat(20)],
    ['looks like =?UTF-8?B?eA==?='],
    ['mixed 混合 text with blanks  at  the end '],
    ['x'.repeat(500)],
    ['word '.repeat(100)],
  ])('%j comes back as it was', (text) => {
    const line = headerLine('Subject', encodedText(text))
    expect(decoded(line.slice('Subject:'.length).replace(/\r\n(?=[ \t])/g, '')).trim()).toBe(text.trim())
    for (const one of line.split('\r\n').filter((part) => part.includes('=?UTF-8')))
      expect(one.length).toBeLessThanOrEqual(76)
    expect(
      line
        .split('\r\n')
        .slice(0, -1)
        .every((one, n) => n === 0 || one.startsWith(' ')),
    ).toBe(true)
  })

  test.each([
    ['care@example.cn', 'care@example.cn', 'care@example.cn'],
    ['"仁和医院" <care@example.cn>', '=?UTF-8?B?5LuB5ZKM5Yy76Zmi?= <care@example.cn>', 'care@example.cn'],
    ['仁和医院 <care@example.cn>', '=?UTF-8?B?5LuB5ZKM5Yy76Zmi?= <care@example.cn>', 'care@example.cn'],
    ['Renhe Hospital <care@example.cn>', 'Renhe Hospital <care@example.cn>', 'care@example.cn'],
    ['"Renhe, Hospital" <care@example.cn>', '"Renhe, Hospital" <care@example.cn>', 'care@example.cn'],
    ['"a \\"b\\" c" <care@example.cn>', '"a \\"b\\" c" <care@example.cn>', 'care@example.cn'],
    ['<care@example.cn>', '<care@example.cn>', 'care@example.cn'],
  ])('mailbox %s', (given, header, address) => {
    expect(mailbox(given)).toEqual({ header, address })
  })
})

describe('bodies', () => {
  test.each([
    ['short plain lines\nand another\n', '7bit'],
    ['.a dot begins\n', 'quoted-printable'],
    ['From here\n', 'quoted-printable'],
    ['trailing blank \n', 'quoted-printable'],
    [`${'long '.repeat(100)}\n`, 'quoted-printable'],
    ['a boundary =_x\n', 'quoted-printable'],
    ['mostly ASCII, with one café in it and more and more words\n', 'quoted-printable'],
    ['主要是中文的一段话\n', 'base64'],
    ['', '7bit'],
    ['bell \u0007\n', 'quoted-printable'],
  ])('%j: %s, and comes back', (text, encoding) => {
    const encoded = encodedBody(text)
    expect(encoded.encoding).toBe(encoding)
    expect(encoded.text.endsWith('\r\n')).toBe(true)
    const back = readParts(`Content-Type: text/plain\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${encoded.text}`)
    expect(back.parts[0]!.text.trimEnd()).toBe(text.replaceAll('\n', '\r\n').trimEnd())
  })

  test('quoted-printable of anything: lines to 76, no dot and no From at a beginning, no blank at an end', () => {
    let seed = 1
    const next = () => (seed = (seed * 48271) % 2147483647)
    const alphabet = [' ', '.', 'F', 'From ', '\r\n', '=', 'é', '好', 'a', '\t', '=_', 'word']
    for (let round = 0; round < 300; round++) {
      const text = Array.from({ length: next() % 200 }, () => alphabet[next() % alphabet.length]!).join('')
      const coded = quotedPrintable(Buffer.from(text, 'utf8'))
      for (const line of coded.split('\r\n')) {
        expect(line.length).toBeLessThanOrEqual(76)
        expect(line).not.toMatch(/^\.|^From |[ \t]$|=_/)
      }
      const back = readParts(`Content-Transfer-Encoding: quoted-printable\r\n\r\n${coded}`).parts[0]!.text
      expect(back === text || back === `${text}\r\n`).toBe(true)
    }
  })
})
