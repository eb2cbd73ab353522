import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ApiProblem } from '../api/api-problem.ts'
import { fieldErrors, fieldPath, otherProblem } from './field-errors.ts'
import { complaintOf } from './schema-rule.ts'

const known = new Set(['name', 'contacts'])
const refusal = (...fields: [string, string][]) =>
  new ApiProblem({ status: 400, code: 'InvalidInput', fields: fields.map(([path, message]) => ({ path: `body.${path}`, message })) })

test('a path is what antd calls a field', () => expect(fieldPath('contacts.0.phone')).toEqual(['contacts', 0, 'phone']))

test('refusals stand at their field, several at one together', () => {
  expect(fieldErrors(refusal(['name', 'a'], ['name', 'b'], ['contacts.1.phone', 'c']), known)).toEqual([
    { name: ['name'], errors: ['a', 'b'] },
    { name: ['contacts', 1, 'phone'], errors: ['c'] },
  ])
})

test('what has no field in the form is said above it', () => {
  expect(otherProblem(refusal(['name', 'a']), known)).toBeUndefined()
  expect(otherProblem(refusal(['name', 'a'], ['version', 'b']), known)).toBeDefined()
  expect(otherProblem(new ApiProblem({ status: 409, code: 'ChangedMeanwhile' }), known)).toBeDefined()
})

describe('leaving a field', () => {
  const schema = z.object({
    name: z.string().min(2),
    phone: z.string().regex(/^1\d{10}$/).optional(),
    contacts: z.array(z.object({ phone: z.string().max(3) })).default([]),
  })
  const say = (path: (string | number)[], value: unknown, locale: 'zh-CN' | 'en' = 'zh-CN') => complaintOf(schema, path, value, locale)

  test.each([
    [['name'], '王五'],
    [['phone'], '13800001999'],
    [['contacts', 0, 'phone'], '123'],
    [['unknown'], 'anything'],
  ])('%j may be %s', (path, value) => expect(say(path, value)).toBeUndefined())

  test('the complaint comes in the language of the page', () => {
    expect(say(['name'], '王')).toBe('至少要 2 个字，现在有 1 个')
    expect(say(['name'], '王', 'en')).toBe('At least 2 characters, please; there are 1')
    expect(say(['contacts', 0, 'phone'], '1234')).toBe('最多 3 个字，现在有 4 个')
  })
  test('nobody is shown a regular expression', () => expect(say(['phone'], '123')).toBe('写法不对，请检查后再填'))
})
