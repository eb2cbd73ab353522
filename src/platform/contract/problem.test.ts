import { expect, test } from 'vitest'
import { defineProblems, Problem } from './problem.ts'

const problem = defineProblems({ CardFrozen: 409, NoSuchCard: 404 })

test('a refusal carries its status, its values and the field it is about', () => {
  const refusal = problem('CardFrozen', { number: '0001' }, 'body.cardId')
  expect(refusal).toBeInstanceOf(Problem)
  expect(refusal).toMatchObject({
    name: 'Problem',
    status: 409,
    code: 'CardFrozen',
    values: { number: '0001' },
    path: 'body.cardId',
  })
})

test('a refusal without values has none, and no field', () => {
  expect(problem('NoSuchCard')).toMatchObject({ status: 404, values: {}, path: undefined })
})

test('what is thrown names the code and nothing of the values', () => {
  expect(String(problem('CardFrozen', { phone: '18012341999' }))).toBe('Problem: CardFrozen')
})

test('the codes can be listed', () => {
  expect(problem.codes).toEqual({ CardFrozen: 409, NoSuchCard: 404 })
  // @ts-expect-error a code that was not declared does not compile
  expect(problem('Nothing').status).toBeUndefined()
})
