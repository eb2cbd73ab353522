import { describe, expect, it } from 'vitest'
import { readValue } from './value-text.ts'

describe('readValue', () => {
  it.each([
    ['12.3', { value: 12.3 }],
    ['-0.5', { value: -0.5 }],
    ['0', { value: 0 }],
    ['> 6.22', { value: 6.22, comparator: '>' }],
    ['<0.01', { value: 0.01, comparator: '<' }],
    ['≥90', { value: 90, comparator: '>=' }],
    ['＜5', { value: 5, comparator: '<' }],
    ['<=1.0', { value: 1, comparator: '<=' }],
    ['4.15+', { value: 4.15, remark: '+' }],
    ['7.75轻度乳糜', { value: 7.75, remark: '轻度乳糜' }],
    ['5.6 ↑', { value: 5.6, remark: '↑' }],
    ['36.5 ℃', { value: 36.5, remark: '℃' }],
    ['1.2E5', { value: 120_000 }],
  ])('%s holds a number', (text, quantity) => {
    expect(readValue(text)).toEqual({ quantity })
  })

  it.each([
    '阴性（-）',
    '未见',
    '阳性(+)',
    '2.2.8',
    '1:80',
    '3-5',
    '2~3',
    '120/80',
    '2018-06-04',
    '10^9',
    '2+',
    '+',
    '++',
    '1.2×3.4cm',
    '12cm×10cm',
    'A型',
    '淡黄色',
    '0-1/HP',
    '+-',
  ])('%s is text alone', (text) => {
    expect(readValue(text)).toEqual({})
  })

  it.each([
    ['', 'empty'],
    ['*****', 'unreadable'],
    ['未查', 'not-performed'],
    ['未做', 'not-performed'],
    ['弃查', 'declined'],
    ['弃检', 'declined'],
  ])('%j is no value: %s', (text, absent) => {
    expect(readValue(text)).toEqual({ absent })
  })
})
