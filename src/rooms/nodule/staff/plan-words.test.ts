import { expect, test } from 'vitest'
import content from '../content/guidelines.json' with { type: 'json' }
import { guidelineView } from '../contract/setting.ts'
import { planOf, planValues } from './plan-words.ts'

test('every plan that is shipped comes back as it was', () => {
  for (const guideline of content.guidelines)
    for (const { plan } of guidelineView.parse(guideline).rows) expect(planOf(planValues(plan))).toEqual(plan)
})

test.each([
  ['6', { act: 'recheck', months: [6], then: 'repeat' }],
  ['6，12、24', { act: 'recheck', months: [6, 12, 24], then: 'repeat' }],
  ['6-12 18–24', { act: 'recheck', months: [12, 24], earliest: [6, 18], then: 'repeat' }],
  ['3, 6-12', { act: 'recheck', months: [3, 12], earliest: [3, 6], then: 'repeat' }],
  ['半年', undefined],
  ['', undefined],
  ['6,x', undefined],
])('%s', (months, plan) => expect(planOf({ act: 'recheck', months })).toEqual(plan))
