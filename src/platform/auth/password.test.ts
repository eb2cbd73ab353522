import { scryptSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './password.ts'

describe('a password', () => {
  test('is known again, and no other is', async () => {
    const stored = await hashPassword('一句很长的口令 2026')
    expect(await verifyPassword('一句很长的口令 2026', stored)).toBe(true)
    for (const wrong of ['一句很长的口令 2027', '', '一句很长的口令 2026 '])
      expect(await verifyPassword(wrong, stored), wrong).toBe(false)
  })

  test('is stored without being readable, each time with another salt', async () => {
    const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')])
    expect(one).not.toBe(two)
    expect(one).not.toContain('horse')
  })

  test('typed on another keyboard is the same: composed or not, full width or not', async () => {
    const stored = await hashPassword('caf\u00e9-2026')
    expect(await verifyPassword('cafe\u0301-２０２６', stored)).toBe(true)
  })

  test('that was hashed at another cost is still known', async () => {
    const salt = Buffer.from('0123456789abcdef')
    const hash = scryptSync('old times', salt, 32, { N: 4096, r: 8, p: 1 })
    const stored = `scrypt$4096$${salt.toString('base64url')}$${hash.toString('base64url')}`
    expect(await verifyPassword('old times', stored)).toBe(true)
    expect(await verifyPassword('new times', stored)).toBe(false)
  })
})

test.each([
  ['nothing', ''],
  ['another kind', 'argon2$32768$c2FsdA$aGFzaA'],
  ['no hash', 'scrypt$32768$c2FsdA'],
  ['a short hash', 'scrypt$32768$c2FsdA$aGFzaA'],
  ['no cost', 'scrypt$$c2FsdA$aGFzaA'],
  ['a cost that is none', 'scrypt$3$c2FsdA$aGFzaA'],
  ['a cost beyond all measure', 'scrypt$1073741824$c2FsdA$aGFzaA'],
])('what is stored is refused: %s', async (_what, stored) => {
  expect(await verifyPassword('', stored)).toBe(false)
})
