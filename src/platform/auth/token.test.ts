import { expect, test } from 'vitest'
import { hashToken, hideTokens, newPhoneCode, newToken, organizationOfToken } from './token.ts'

const ORGANIZATION = '0190b5a0-1234-7abc-8def-0123456789ab'

test('a token names its organization, and its hash finds it again', () => {
  const { token, hash } = newToken(ORGANIZATION)
  expect(organizationOfToken(token)).toBe(ORGANIZATION)
  expect(hashToken(token)).toEqual(hash)
  expect(hashToken(`${token}x`).equals(hash)).toBe(false)
  expect(newToken(ORGANIZATION).token).not.toBe(token)
})

test('the hash shows nothing of the token', () => {
  const { token, hash } = newToken(ORGANIZATION)
  expect(hash).toHaveLength(32)
  expect(token).not.toContain(hash.toString('base64url'))
})

test.each([
  ['nothing', () => ''],
  ['no secret', (token: string) => token.split('.')[0]!],
  ['a short secret', (token: string) => token.slice(0, -1)],
  ['a long secret', (token: string) => `${token}A`],
  ['an organization that is none', (token: string) => token.replace(/^./, 'g')],
  ['capital letters', (token: string) => token.replace(/^.{32}/, (hex) => hex.toUpperCase())],
  ['something before it', (token: string) => `x${token}`],
  ['a second line', (token: string) => `${token}\n`],
])('is none of ours: %s', (_what, change) => {
  expect(organizationOfToken(change(newToken(ORGANIZATION).token))).toBeUndefined()
})

test('codes have six digits, also when they begin with zero, and are spread', () => {
  const codes = Array.from({ length: 5000 }, newPhoneCode)
  expect(codes.filter((code) => !/^\d{6}$/.test(code))).toEqual([])
  // 5,000 of 1,000,000: about 12 repeats are expected; 100 would be another distribution.
  expect(new Set(codes).size).toBeGreaterThan(4900)
  expect(new Set(codes.map((code) => code[0])).size).toBe(10)
})

test('a copy of a letter shows no token', () => {
  const { token } = newToken(ORGANIZATION)
  const shown = hideTokens(`Open https://house.example/my/enter/${token}.\nTelephone 010-6500 1234`)
  expect(shown).toBe('Open https://house.example/my/enter/….\nTelephone 010-6500 1234')
  expect(hideTokens(`<a href="https://house.example/fill/${token}">`)).not.toContain(token)
})
