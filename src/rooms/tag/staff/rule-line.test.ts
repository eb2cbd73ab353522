import { expect, test } from 'vitest'
import type { RuleView } from '../contract/tag.ts'
import { printedUnit } from './indicator-words.ts'
import { byWeight, linesOf } from './rule-line.ts'

test('what weighs most comes first, else nothing moves', () => {
  const tags = [
    { code: 'a', tone: 'info' },
    { code: 'b', tone: 'danger' },
    { code: 'c', tone: 'neutral' },
    { code: 'd', tone: 'info' },
  ] as const
  expect(byWeight(tags).map(({ code }) => code)).toEqual(['b', 'a', 'd', 'c'])
})

test('a tag is one line: the rule in force, with its draft beside it', () => {
  const rule = (code: string, version: number, state: RuleView['state']) => ({ code, version, state }) as RuleView
  const lines = linesOf([
    rule('a', 3, 'draft'),
    rule('a', 2, 'published'),
    rule('b', 1, 'draft'),
    rule('c', 4, 'retired'),
  ])
  expect(lines.map(({ code, shown, draft }) => [code, shown.version, draft?.version])).toEqual([
    ['a', 2, 3],
    ['b', 1, 1],
    ['c', 4, undefined],
  ])
})

test.each([
  ['mm[Hg]', 'mmHg'],
  ['kg/m2', 'kg/m²'],
  ['10*9/L', '10⁹/L'],
  ['umol/L', 'μmol/L'],
  ['{score}', ''],
  ['mL/min/{1.73m2}', 'mL/min/1.73m²'],
  ['Cel', '℃'],
  ['mmol/L', 'mmol/L'],
  [null, ''],
])('%s is printed as %s', (unit, printed) => expect(printedUnit(unit)).toBe(printed))
