import { expect, test } from 'vitest'
import { ruleCode } from '../contract/rule.ts'
import { codeOf } from './rule-code.ts'

test.each([
  ['Potassium very high', 'potassium-very-high'],
  ['  BP ≥ 180/110! ', 'bp-180-110'],
  ['K', 'rule-k'],
  ['血钾', 'rule'],
])('%s is called %s', (en, code) => {
  const made = codeOf({ name: { zh: '', en }, tests: [] })
  expect(made).toBe(code)
  expect(ruleCode.safeParse(made).success).toBe(true)
})
