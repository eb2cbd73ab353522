import { createCipheriv } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { callbackCipher, callbackSignature, isSignature } from './callback-cipher.ts'
import { childText, readXml } from './xml.ts'

/** Figures that Tencent hands out with its samples: of WXBizMsgCrypt for service accounts (Java) … */
const service = {
  cipher: callbackCipher({
    encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    receiver: 'wxb11529c136998cb6',
  }),
  random: Buffer.from('aaaabbbbccccdddd'),
}
/** … and of the page on callbacks of WeCom (C#). */
const corp = {
  token: 'QDG6eK',
  cipher: callbackCipher({
    encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    receiver: 'wx5823bf96d3bd56c7',
  }),
  signature: '477715d11cdb4164915debcba66cb864d751f3e6',
  timestamp: '1409659813',
  nonce: '1372623149',
  encrypted:
    'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
}

describe('published figures', () => {
  test('a text is sealed to the very bytes', () => {
    expect(service.cipher.seal('我是中文abcd123', service.random)).toBe(
      'jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==',
    )
  })

  test('and opened', () => {
    const sealed = 'jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg=='
    expect(service.cipher.open(sealed)).toBe('我是中文abcd123')
  })

  test('a message of WeCom: its signature and what it says', () => {
    const parts = [corp.token, corp.timestamp, corp.nonce, corp.encrypted]
    expect(callbackSignature(parts)).toBe(corp.signature)
    expect(isSignature(corp.signature, parts)).toBe(true)
    const message = readXml(corp.cipher.open(corp.encrypted))
    expect([childText(message, 'ToUserName'), childText(message, 'MsgType')]).toEqual(['wx5823bf96d3bd56c7', 'text'])
  })

  test('the echo by which an address of WeCom is tried', () => {
    const echo = 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=='
    const parts = [corp.token, '1409659589', '263014780', echo]
    expect(isSignature('5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3', parts)).toBe(true)
    expect(corp.cipher.open(echo)).toBe('1616140317555161061')
  })
})

test.each([0, 1, 11, 12, 13, 31, 32, 33, 1000])('a text of %d bytes comes back, in whole blocks of 32', (length) => {
  const text = 'x'.repeat(length)
  const sealed = service.cipher.seal(text)
  expect(Buffer.from(sealed, 'base64').length % 32).toBe(0)
  expect(service.cipher.open(sealed)).toBe(text)
  expect(service.cipher.seal(text)).not.toBe(sealed)
})

/** Encrypts bytes as they are, to make what no server would send. */
function raw(bytes: Buffer): string {
  const key = Buffer.from('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG=', 'base64')
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64')
}

const block = (last: number, length = 32) => Buffer.concat([Buffer.alloc(length - 1, 7), Buffer.of(last)])
const lengthOf = (length: number) => {
  const bytes = Buffer.alloc(64, 16)
  bytes.writeUInt32BE(length, 16)
  return bytes
}

describe('refuses', () => {
  test.each([
    [
      'what is for another receiver',
      () =>
        callbackCipher({ encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG', receiver: 'wx0' }).seal('a'),
    ],
    ['nothing', () => ''],
    ['half a block', () => Buffer.alloc(20).toString('base64')],
    ['padding of none', () => raw(block(0))],
    ['padding of more than a block', () => raw(block(33, 64))],
    ['padding that differs', () => raw(block(2))],
    ['a length beyond the end', () => raw(lengthOf(1000))],
    ['a length of four thousand million', () => raw(lengthOf(0xffffffff))],
    ['fewer bytes than a length takes', () => raw(Buffer.alloc(32, 32))],
    ['what another key has sealed', () => corp.encrypted],
  ])('%s', (_what, sealed) => {
    expect(() => service.cipher.open(sealed())).toThrow(expect.objectContaining({ name: 'CallbackRefused' }))
  })

  test('a key of another length', () => {
    expect(() => callbackCipher({ encodingAesKey: 'short', receiver: 'wx0' })).toThrow(RangeError)
  })

  test('a signature that is not one', () => {
    expect([isSignature('', ['a']), isSignature('äöü', ['a']), isSignature('0'.repeat(40), ['a'])]).toEqual([
      false,
      false,
      false,
    ])
  })
})
