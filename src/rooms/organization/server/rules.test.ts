import { describe, expect, test } from 'vitest'
import { securityPolicy, settings, settingsDocument } from '../contract/settings.ts'
import { changedFields, isPng, isTimeZone, mailSender } from './rules.ts'

test.each([
  ['Asia/Shanghai', true],
  ['Asia/Urumqi', true],
  ['America/Argentina/Buenos_Aires', true],
  ['UTC', true],
  ['Asia/Beijing', false],
  ['+08:00', false],
  ['', false],
  ['asia', false],
])('%s as a time zone: %s', (name, known) => expect(isTimeZone(name)).toBe(known))

describe('a logo', () => {
  const header = (width: number, height: number) => {
    const bytes = Buffer.alloc(33)
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(bytes)
    bytes.writeUInt32BE(13, 8)
    bytes.write('IHDR', 12, 'latin1')
    bytes.writeUInt32BE(width, 16)
    bytes.writeUInt32BE(height, 20)
    return bytes
  }
  test.each([
    ['a small PNG', header(200, 80), true],
    ['one without height', header(200, 0), false],
    ['one that unpacks to a wall', header(60_000, 60_000), false],
    ['a PNG cut short', header(200, 80).subarray(0, 20), false],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), false],
  ])('%s', (_name, bytes, accepted) => expect(isPng(bytes)).toBe(accepted))
})

test.each([
  [{}, '"仁和医院" <no-reply@localhost>'],
  [{ webAddress: 'https://care.example.cn/staff' }, '"仁和医院" <no-reply@care.example.cn>'],
  [{ webAddress: 'https://care.example.cn', mailFrom: 'care@example.cn' }, '"仁和医院" <care@example.cn>'],
])('mails of %j come from %s', (part, sender) => expect(mailSender('仁和医院', settings.parse(part))).toBe(sender))

test('a name cannot add a header to a mail', () => {
  expect(mailSender('a"\r\nBcc: x@y.cn', settings.parse({}))).toBe('"aBcc: x@y.cn" <no-reply@localhost>')
})

test('an empty settings document is whole', () => {
  const whole = settingsDocument.parse({})
  expect(whole.general).toMatchObject({ digestAt: '15:00', messageHours: { from: '08:00', to: '21:00' } })
  expect(whole.security).toMatchObject({ passwordLengthMin: 8, passwordDaysMax: 90, failuresMax: 5, lockMinutes: 15, idleMinutes: 30 })
  expect(whole.demo).toBe(false)
})

test.each([
  ['a day that ends before it begins', settings, { callHours: { from: '20:00', to: '08:00' } }],
  ['a time that is none', settings, { digestAt: '25:00' }],
  ['an address that runs script', settings, { webAddress: 'javascript:alert(1)' }],
  ['passwords that never expire', securityPolicy, { passwordDaysMax: 3650 }],
  ['passwords of four characters', securityPolicy, { passwordLengthMin: 4 }],
  ['guessing without end', securityPolicy, { failuresMax: 1000 }],
])('%s is not accepted', (_name, schema, value) => expect(schema.safeParse(value).success).toBe(false))

test('the audit row names the fields that changed', () => {
  expect(changedFields({ a: 1, b: null, c: { x: 1 } }, { a: 1, b: 'new', c: { x: 2 } })).toEqual(['b', 'c'])
})
