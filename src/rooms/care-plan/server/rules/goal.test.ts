import { expect, test } from 'vitest'
import { changeOf, isMet } from './goal.ts'

test.each([
  ['<', 140, 139, true],
  ['<', 140, 140, false],
  ['<=', 140, 140, true],
  ['>=', 6000, 5999, false],
  ['>', 1, 1, false],
] as const)('%s %d with %d', (comparator, target, value, met) => {
  expect(isMet({ comparator, value: target }, value)).toBe(met)
})

test('without a number nothing can be said', () => {
  expect(isMet({ comparator: null, value: null }, 5)).toBeNull()
  expect(isMet({ comparator: '<', value: 140 }, null)).toBeNull()
})

test('a change is held against the usual ups and downs where they are known', () => {
  expect(changeOf('ldl', 4, 2)).toEqual({ direction: 'down', beyondVariation: true })
  expect(changeOf('ldl', 4, 3.9)).toEqual({ direction: 'down', beyondVariation: false })
  expect(changeOf('sbp', 150, 140)).toEqual({ direction: 'down', beyondVariation: null })
  expect(changeOf('ldl', 4, 4).direction).toBe('same')
})
