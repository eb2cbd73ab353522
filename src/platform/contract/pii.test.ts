import { expect, test } from 'vitest'
import { z } from 'zod'
import { pii, piiKindOf } from './pii.ts'

const phone = pii('phone', z.string())

test.each([
  ['itself', phone],
  ['optional', phone.optional()],
  ['nullable', phone.nullable()],
  ['with a default', phone.default('')],
  ['all three', phone.nullable().default(null).optional()],
  ['as a field', z.object({ phone: phone.optional() }).shape.phone],
])('the mark is found: %s', (_what, schema) => {
  expect(piiKindOf(schema)).toBe('phone')
})

test.each([
  ['another schema of the same shape', z.string()],
  ['the object around it', z.object({ phone })],
  ['an optional of something else', z.string().optional()],
])('no mark is found: %s', (_what, schema) => {
  expect(piiKindOf(schema)).toBeUndefined()
})

test('an outer mark counts more than the one below it', () => {
  expect(piiKindOf(pii('free-text', phone.optional()))).toBe('free-text')
})

test('the mark changes nothing of what is accepted', () => {
  expect(pii('phone', z.string().length(11)).safeParse('180').success).toBe(false)
})
