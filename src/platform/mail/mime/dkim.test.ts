import { createHash, createPublicKey, generateKeyPairSync, verify, type KeyObject } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { OutgoingMail } from '../transport.ts'
import { relaxedBody } from './dkim-canonical.ts'
import { dkimSigner, dkimSignerInPool, type DkimKey } from './dkim.ts'
import { mailBytes } from './mail.ts'

const AT = new Date('2026-11-22T08:00:00Z')
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ed = generateKeyPairSync('ed25519')
const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }) as string
const RSA: DkimKey = { domain: 'example.cn', selector: 'p2026', privateKey: pem(rsa.privateKey) }
const ED: DkimKey = { domain: 'example.cn', selector: 'e2026', privateKey: ed.privateKey }
/** What stands in the DNS. */
const DNS: Record<string, string> = {
  'p2026._domainkey.example.cn': `v=DKIM1; k=rsa; p=${rsa.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`,
  'e2026._domainkey.example.cn': `v=DKIM1; k=ed25519; p=${ed.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')}`,
  'brisbane._domainkey.football.example.com': 'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
}
const aMail = (over: Partial<OutgoingMail> = {}): OutgoingMail => ({
  from: '"仁和医院" <care@example.cn>',
  to: 'lan@example.com',
  subject: '请您复测血压，并且把这一个很长的主题读完',
  text: '李兰女士：\n\n请您复测血压。\n',
  html: `<p>${'一二三四五六七八九十'.repeat(60)}</p>`,
  messageId: '<0192-7b@care.example.cn>',
  headers: {
    'List-Unsubscribe': '<https://care.example.cn/api/u/x>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
  ...over,
})
const rawOf = async (mail: OutgoingMail, ...keys: DkimKey[]) =>
  (await mailBytes(mail, AT, dkimSigner(keys))).toString('utf8')

describe('signatures that a receiver can check', () => {
  test('the reader of these tests reads the example of RFC 8463, appendix A', () => {
    expect(verdicts(RFC_8463)).toEqual([{ selector: 'brisbane', good: true }])
    expect(verdicts(RFC_8463.replace('hungry', 'thirsty'))).toEqual([{ selector: 'brisbane', good: false }])
  })

  test.each<[string, DkimKey[]]>([
    ['RSA-2048', [RSA]],
    ['Ed25519', [ED]],
    ['both', [RSA, ED]],
  ])('%s, in this thread and in the pool', async (_name, keys) => {
    for (const signer of [dkimSigner(keys), dkimSignerInPool(keys)]) {
      const raw = (await mailBytes(aMail(), AT, signer)).toString('utf8')
      expect(verdicts(raw)).toEqual(keys.map(({ selector }) => ({ selector, good: true })))
      for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(100)
    }
  })

  test('covers both List-Unsubscribe headers (RFC 8058) and what a mail program shows', async () => {
    const names = /h=([^;]+);/
      .exec(await rawOf(aMail(), ED))![1]!
      .replace(/\s/g, '')
      .split(':')
    for (const name of [
      'from',
      'to',
      'subject',
      'date',
      'message-id',
      'content-type',
      'list-unsubscribe',
      'list-unsubscribe-post',
    ])
      expect(names).toContain(name)
  })

  test('one key signs what another does not have', async () => {
    expect(verdicts(await rawOf(aMail(), { ...ED, selector: 'p2026' }))).toEqual([{ selector: 'p2026', good: false }])
  })

  test.each<[string, Partial<OutgoingMail>]>([
    ['text alone', { html: undefined }],
    ['no body', { text: '', html: undefined }],
    ['blanks and empty lines at the end', { text: 'a  b \t c \n\n\n \n\n', html: undefined }],
    ['no unsubscribe', { headers: {} }],
    ['a very long subject', { subject: '主题'.repeat(100) }],
  ])('%s', async (_name, over) => {
    expect(verdicts(await rawOf(aMail(over), RSA, ED)).every(({ good }) => good)).toBe(true)
  })
})

describe('what happens on the way', () => {
  test.each<[string, (raw: string) => string]>([
    ['blanks within headers changed', (raw) => raw.replace(/^To: /m, 'TO:   ')],
    ['a header folded anew', (raw) => raw.replace('List-Unsubscribe: ', 'List-Unsubscribe:\r\n\t ')],
    ['blanks at the end of a line', (raw) => raw.replace(/--\r\n$/, '-- \t\r\n')],
    ['empty lines at the end', (raw) => `${raw}\r\n\r\n`],
    ['a relay’s own header in front', (raw) => `Received: from a by b\r\n${raw}`],
  ])('harmless: %s', async (_name, change) => {
    const raw = await rawOf(aMail(), RSA, ED)
    expect(verdicts(change(raw)).map(({ good }) => good)).toEqual([true, true])
  })

  test.each<[string, (raw: string) => string]>([
    ['another text', (raw) => raw.replace(/(base64\r\n\r\n)\w\w/, '$1zz')],
    ['another subject', (raw) => raw.replace(/^Subject: .*$/m, 'Subject: x')],
    ['another recipient', (raw) => raw.replace('lan@example.com', 'eve@example.com')],
    ['a second From in front', (raw) => `From: eve@example.com\r\n${raw}`],
    ['a second Subject in front', (raw) => `Subject: win\r\n${raw}`],
    ['another place to unsubscribe', (raw) => raw.replace('care.example.cn/api/u/x', 'evil.example/u')],
    ['no unsubscribe any more', (raw) => raw.replace(/^List-Unsubscribe: .*\r\n/m, '')],
    ['another date', (raw) => raw.replace('22 Nov', '23 Nov')],
  ])('noticed: %s', async (_name, change) => {
    const raw = await rawOf(aMail(), RSA, ED)
    expect(change(raw)).not.toBe(raw)
    expect(verdicts(change(raw)).map(({ good }) => good)).toEqual([false, false])
  })
})

test('relaxed bodies by the examples of RFC 6376 §3.4.4 and §3.4.5', () => {
  expect(relaxedBody(' C \r\nD \t E\r\n\r\n\r\n')).toBe(' C\r\nD E\r\n')
  expect(relaxedBody('')).toBe('')
  expect(relaxedBody('\r\n\r\n')).toBe('')
  expect(relaxedBody('no end')).toBe('no end\r\n')
  expect(relaxedBody(' \t\r\n \r\n')).toBe('')
})

test('keys that are none are refused when they are set, not when a mail is sent', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  for (const key of [{ privateKey: ec }, { privateKey: 'no key' }, { selector: 'a b' }, { domain: 'a;b' }])
    expect(() => dkimSigner([{ ...RSA, ...key }])).toThrow()
})

/** A receiver by RFC 6376 §6, sharing nothing with the signer. */
function verdicts(raw: string): { selector: string; good: boolean }[] {
  const cut = raw.indexOf('\r\n\r\n')
  const headers = raw
    .slice(0, cut)
    .split(/\r\n(?=\S)/)
    .map((line) => ({ name: line.split(':', 1)[0]!.trim().toLowerCase(), line }))
  const body = raw.slice(cut + 4)
  return headers
    .filter(({ name }) => name === 'dkim-signature')
    .map(({ line }) => {
      const tags = new Map(
        line
          .slice(line.indexOf(':') + 1)
          .split(';')
          .map((tag) => [tag.slice(0, tag.indexOf('=')).trim(), tag.slice(tag.indexOf('=') + 1).replace(/\s/g, '')]),
      )
      const selector = tags.get('s')!
      const hashed = createHash('sha256').update(relax(body), 'utf8').digest('base64')
      if (hashed !== tags.get('bh')) return { selector, good: false }
      const left = [...headers]
      let signed = ''
      for (const name of tags.get('h')!.split(':')) {
        const at = left.findLastIndex((header) => header.name === name.toLowerCase())
        if (at >= 0) signed += `${unfold(left.splice(at, 1)[0]!.line)}\r\n`
      }
      signed += unfold(line.replace(/(;\s*b=)[^;]*/, '$1'))
      const key = keyOf(DNS[`${selector}._domainkey.${tags.get('d')}`] ?? '')
      const signature = Buffer.from(tags.get('b')!, 'base64')
      const good =
        tags.get('a') === 'rsa-sha256'
          ? key.asymmetricKeyType === 'rsa' && verify('sha256', Buffer.from(signed), key, signature)
          : key.asymmetricKeyType === 'ed25519' &&
            verify(null, createHash('sha256').update(signed).digest(), key, signature)
      return { selector, good }
    })
}

function unfold(line: string): string {
  const [name = ''] = line.split(':', 1)
  const value = line.slice(name.length + 1)
  return `${name.trim().toLowerCase()}:${value
    .replaceAll('\r\n', '')
    .replace(/[\t ]+/g, ' ')
    .trim()}`
}

function relax(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[\t ]+/g, ' ').replace(/ $/, ''))
  while (lines.at(-1) === '') lines.pop()
  return lines.map((line) => `${line}\r\n`).join('')
}

function keyOf(record: string): KeyObject {
  const p = Buffer.from(/p=([A-Za-z0-9+/=]+)/.exec(record)![1]!, 'base64')
  if (!record.includes('k=ed25519')) return createPublicKey({ key: p, format: 'der', type: 'spki' })
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: p.toString('base64url') }, format: 'jwk' })
}

const RFC_8463 = [
  'DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;',
  ' d=football.example.com; i=@football.example.com;',
  ' q=dns/txt; s=brisbane; t=1528637909; h=from : to :',
  ' subject : date : message-id : from : subject : date;',
  ' bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
  ' b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus',
  ' Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==',
  'From: Joe SixPack <joe@football.example.com>',
  'To: Suzie Q <suzie@shopping.example.net>',
  'Subject: Is dinner ready?',
  'Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)',
  'Message-ID: <20030712040037.46341.5F8J@football.example.com>',
  '',
  'Hi.',
  '',
  'We lost the game.  Are you hungry yet?',
  '',
  'Joe.',
  '',
].join('\r\n')
