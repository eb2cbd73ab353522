import { describe, expect, test } from 'vitest'
import { indicatorByCode, isPlausible } from '../../../clinical/index.ts'
import { ruleDefinition, type RuleDefinition } from '../contract/rule.ts'
import { isAbout, isBeyond, isNews, testBeyond } from './match.ts'
import { shippedRules } from './shipped.ts'

const rule = (change: Partial<RuleDefinition> = {}) =>
  ruleDefinition.parse({
    class: 'A',
    name: { zh: '血小板极低', en: 'Very low platelets' },
    tests: [{ code: 'plt', op: '<=', value: 30 }],
    source: 'test',
    ...change,
  })
const plt = (value: number, day: number, comparator: string | null = null) => ({
  code: 'plt',
  value,
  comparator,
  effectiveAt: new Date(Date.UTC(2026, 2, day)),
})

test.each<['<=' | '>=', number | null, number | null, string | null, boolean]>([
  ['<=', 30, 30, null, true],
  ['<=', 30, 30.1, null, false],
  ['<=', 30, 30, '<', true],
  ['<=', 30, 50, '<', false],
  ['<=', 30, 20, '>', false],
  ['>=', 180, 180, null, true],
  ['>=', 180, 179, null, false],
  ['>=', 150, 200, '>', true],
  ['>=', 150, 200, '<', false],
  ['>=', 150, 100, '>', false],
  ['>=', null, 100, null, false],
  ['>=', 150, null, null, false],
])('%s %s of %s%s is %s', (op, limit, value, comparator, beyond) => {
  expect(isBeyond({ code: 'x', op, value: limit }, { code: 'x', value, comparator })).toBe(beyond)
})

test('any of the tests of a rule is enough', () => {
  const pressure = rule({
    tests: [
      { code: 'sbp', op: '>=', value: 180 },
      { code: 'dbp', op: '>=', value: 110 },
    ],
  })
  const value = (code: string, value: number) => ({ code, value, comparator: null })
  expect(testBeyond(pressure, value('sbp', 150))).toBeUndefined()
  expect(testBeyond(pressure, value('dbp', 112))?.code).toBe('dbp')
  expect(testBeyond(pressure, value('hr', 200))).toBeUndefined()
})

test.each<[Partial<RuleDefinition>, string, number | null, boolean]>([
  [{}, 'female', 30, true],
  [{ sex: 'male' }, 'female', 30, false],
  [{ sex: 'male' }, 'unknown', 30, true],
  [{ ageFromYears: 18 }, 'male', 17, false],
  [{ ageFromYears: 18, ageToYears: 60 }, 'male', 60, true],
  [{ ageToYears: 60 }, 'male', 61, false],
  [{ ageFromYears: 18 }, 'male', null, true],
])('%j about a %s of %s years: %s', (change, sex, ageYears, about) => {
  expect(isAbout(rule(change), { sex, ageYears })).toBe(about)
})

describe('what is news', () => {
  test.each<['every' | 'first' | 'worse', number, ReturnType<typeof plt>[], boolean]>([
    ['every', 25, [plt(20, 1)], true],
    ['first', 25, [], true],
    ['first', 25, [plt(150, 1), plt(90, 2)], true],
    ['first', 25, [plt(28, 1), plt(150, 2)], false],
    ['first', 25, [plt(10, 9)], true],
    ['worse', 25, [], true],
    ['worse', 25, [plt(150, 1)], true],
    ['worse', 25, [plt(28, 1)], true],
    ['worse', 25, [plt(20, 1)], false],
    ['worse', 25, [plt(20, 1), plt(100, 2)], true],
  ])('%s: %d after %j is %s', (occurs, value, earlier, news) => {
    expect(isNews(rule({ occurs }), plt(value, 5), earlier)).toBe(news)
  })
})

describe('the proposals', () => {
  test('name indicators of the dictionary, and limits that a person can have', () => {
    for (const { code, definition } of shippedRules)
      for (const { code: indicator, value } of definition.tests) {
        const known = indicatorByCode(indicator)
        expect(known?.kind, `${code} ${indicator}`).toBe('number')
        if (value !== null) expect(known && isPlausible(known, value), `${code} ${value}`).toBe(true)
      }
  })

  test('have one code each, a source, and where the limit is open a range to choose from', () => {
    expect(new Set(shippedRules.map(({ code }) => code)).size).toBe(shippedRules.length)
    const silent = shippedRules.filter(
      ({ definition }) =>
        definition.source === '' || (definition.tests.some(({ value }) => value === null) && definition.seen === ''),
    )
    expect(silent).toEqual([])
  })
})
