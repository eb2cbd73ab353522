import { describe, expect, it } from 'vitest'
import type { OrdinalStep } from '../indicator/indicator.ts'
import { ordinalRank } from './ordinal.ts'
import { parseResult, type NotDoneReason } from './parse-result.ts'

describe('parseResult numbers', () => {
  it.each<[string, object]>([
    ['5.6', { value: 5.6 }],
    [' 5.60 ', { value: 5.6 }],
    ['５．６', { value: 5.6 }],
    ['.5', { value: 0.5 }],
    ['-1.5', { value: -1.5 }],
    ['+1.5', { value: 1.5 }],
    ['0', { value: 0 }],
    ['1,234', { value: 1234 }],
    ['1,234.5', { value: 1234.5 }],
    ['> 6.22', { value: 6.22, comparator: '>' }],
    ['>6.22', { value: 6.22, comparator: '>' }],
    ['<0.5', { value: 0.5, comparator: '<' }],
    ['＜0.5', { value: 0.5, comparator: '<' }],
    ['≥100', { value: 100, comparator: '>=' }],
    ['≤0.01', { value: 0.01, comparator: '<=' }],
    ['<=0.01', { value: 0.01, comparator: '<=' }],
    ['小于20', { value: 20, comparator: '<' }],
    ['大于等于 20', { value: 20, comparator: '>=' }],
    ['<5.0E+02 IU/mL', { value: 500, comparator: '<', unit: 'k[IU]/L' }],
    ['1.2×10^3', { value: 1200 }],
    ['2.5×10^9/L', { value: 2.5, unit: '10*9/L' }],
    ['4.5 x10^12/L', { value: 4.5, unit: '10*12/L' }],
    ['5.6mmol/L', { value: 5.6, unit: 'mmol/L' }],
    ['98%', { value: 98, unit: '%' }],
    ['134个/uL↑', { value: 134, unit: '/uL', flag: 'H' }],
    ['72次/分', { value: 72, unit: '/min' }],
    ['5.6↑', { value: 5.6, flag: 'H' }],
    ['↓3.1', { value: 3.1, flag: 'L' }],
    ['7.2 ↑↑', { value: 7.2, flag: 'H' }],
    ['5.6 H', { value: 5.6, flag: 'H' }],
    ['5.6(L)', { value: 5.6, flag: 'L' }],
    ['6.8（偏高）', { value: 6.8, flag: 'H' }],
    ['6.8 mmol/L ↑', { value: 6.8, unit: 'mmol/L', flag: 'H' }],
    ['3.1 mmol/L (L)', { value: 3.1, unit: 'mmol/L', flag: 'L' }],
    ['4.15+', { value: 4.15, remark: '+' }],
    ['7.75轻度乳糜', { value: 7.75, remark: '轻度乳糜' }],
    ['7.75 轻度溶血 ↑', { value: 7.75, remark: '轻度溶血', flag: 'H' }],
    // an unknown unit that ends in L is no low flag
    ['5.6mmolL', { value: 5.6, remark: 'mmolL' }],
  ])('%s', (printed, expected) => {
    expect(parseResult(printed)).toEqual({ kind: 'number', text: printed.trim(), ...expected })
  })
})

describe('parseResult steps', () => {
  it.each<[string, OrdinalStep]>([
    ['阴性（-）', 'negative'],
    ['阴性(-)', 'negative'],
    ['阴性', 'negative'],
    ['-', 'negative'],
    ['－', 'negative'],
    ['(-)', 'negative'],
    ['NEG', 'negative'],
    ['阴性-', 'negative'],
    ['未见', 'negative'],
    ['未见异常', 'negative'],
    ['未检出', 'negative'],
    ['±', 'trace'],
    ['+-', 'trace'],
    ['(±)', 'trace'],
    ['微量', 'trace'],
    ['痕量', 'trace'],
    ['弱阳性', 'weak'],
    ['弱阳性（±）', 'weak'],
    ['弱阳性(+)', 'weak'],
    ['阳性', 'positive'],
    ['强阳性', 'positive'],
    ['POSITIVE', 'positive'],
    ['+', '1+'],
    ['1+', '1+'],
    ['+1', '1+'],
    ['（+）', '1+'],
    ['阳性(+)', '1+'],
    ['阳性（++）', '2+'],
    ['阳性2+', '2+'],
    ['++', '2+'],
    ['2+', '2+'],
    ['+2', '2+'],
    ['＋＋', '2+'],
    ['+++', '3+'],
    ['3+', '3+'],
    ['++++', '4+'],
    ['4+', '4+'],
  ])('%s → %s', (printed, step) => expect(parseResult(printed)).toEqual({ kind: 'ordinal', step, text: printed }))

  it('orders the steps', () => {
    const steps: OrdinalStep[] = ['negative', 'trace', 'weak', '1+', '2+', '3+', '4+']
    expect(steps.map(ordinalRank)).toEqual(steps.map(ordinalRank).toSorted((a, b) => a - b))
    expect(ordinalRank('positive')).toBe(ordinalRank('1+'))
  })
})

describe('parseResult not done', () => {
  it.each<[string | undefined | null, NotDoneReason]>([
    ['', 'empty'],
    ['   ', 'empty'],
    [undefined, 'empty'],
    [null, 'empty'],
    ['--', 'empty'],
    ['----', 'empty'],
    ['/', 'empty'],
    ['—', 'empty'],
    ['.', 'empty'],
    ['*****', 'masked'],
    ['*', 'masked'],
    ['未查', 'not-examined'],
    ['未做', 'not-examined'],
    ['弃查', 'declined'],
    ['弃检', 'declined'],
    ['拒检', 'declined'],
    ['待查', 'pending'],
    ['标本溶血', 'unfit-sample'],
    ['已退费', 'cancelled'],
  ])('%j → %s', (printed, reason) =>
    expect(parseResult(printed)).toEqual({ kind: 'not-done', reason, text: printed?.trim() ?? '' }),
  )
})

describe('parseResult text', () => {
  it.each([
    '2.2.8',
    '0-1',
    '0 - 2',
    '3~5',
    '1:80',
    '1:640均质',
    '120/80',
    '1,5',
    '2024-01-02',
    '2024年1月',
    'A型',
    '淡黄色',
    '清',
    '阴性(+)',
    '阳性(-)',
    '见备注',
    '<',
    '1.73.2',
  ])('keeps %s for a person to read', (printed) =>
    expect(parseResult(printed)).toEqual({ kind: 'text', text: printed }),
  )
})
