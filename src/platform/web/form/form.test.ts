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
  const say = (path: (string | number)[], value: unknown, locale: 'zh-CN' | 'en' = 'zh-CN') => complaintOf(schema, path, value, locale, 'unfit')

  test.each([
    [['name'], '王五'],
    [['phone'], '13800001999'],
    [['contacts', 0, 'phone'], '123'],
    [['unknown'], 'anything'],
  ])('%j may be %s', (path, value) => expect(say(path, value)).toBeUndefined())

  test('the complaint comes in the language of the page', () => {
    expect(say(['name'], '王')).toMatch(/[\u4e00-\u9fff]/)
    expect(say(['name'], '王', 'en')).toMatch(/small|2/i)
    expect(say(['contacts', 0, 'phone'], '1234')).toBeDefined()
  })
  test('nobody is shown a regular expression', () => expect(say(['phone'], '123')).toBe('unfit'))
})
