import { describe, expect, test } from 'vitest'
import { derive, derivedAnswers } from './derive.ts'
import type { Answers } from './form.ts'
import { findForm } from '../server/forms.ts'

describe('what follows from other answers', () => {
  const table: [Parameters<typeof derive>[0], Answers, number | undefined][] = [
    ['bmi', { weight: 66, height: 158 }, 26.4],
    ['bmi', { weight: 66 }, undefined],
    ['bmi', { weight: 66, height: null }, undefined],
    ['spirits-liang', { 'alcohol-kind': 'beer', 'alcohol-amount': 10 }, 1],
    ['spirits-liang', { 'alcohol-kind': 'none' }, 0],
    ['spirits-liang', { 'alcohol-kind': 'wine' }, undefined],
  ]
  test.each(table)('%s of %o is %s', (what, answers, value) => expect(derive(what, answers)).toBe(value))
})

test('all of a form at once, those that cannot be reckoned named too', () => {
  expect(derivedAnswers(findForm('hypertension-visit')!, { weight: 66, height: 158 })).toEqual({
    bmi: 26.4,
    alcohol: undefined,
  })
})
