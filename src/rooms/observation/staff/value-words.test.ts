import { expect, test } from 'vitest'
import { rangeWords, wordsOf } from './value-words.ts'

test.each([
  [{ value: 5.25, text: null, comparator: null, decimals: 1 }, '5.3'],
  [{ value: 120, text: null, comparator: null, decimals: 0 }, '120'],
  [{ value: 0.5, text: null, comparator: '<', decimals: 2 }, '<0.5'],
  [{ value: null, text: '阴性', comparator: null, decimals: 2 }, '阴性'],
  [{ value: 6.22, text: null, comparator: '>', decimals: 1 }, '>6.22'],
  [{ value: 4.15, text: null, comparator: null, remark: '+', decimals: 1 }, '4.15+'],
  [{ value: 7.75, text: null, comparator: null, remark: '轻度乳糜', decimals: 1 }, '7.75 轻度乳糜'],
  [{ value: null, text: '未查', comparator: null, decimals: 1 }, '未查'],
])('%o is written %s', (value, text) => expect(wordsOf(value)).toBe(text))

test.each([
  [{ low: 3.9, high: 6.1 }, '3.9–6.1'],
  [{ low: null, high: 5.2 }, '≤ 5.2'],
  [{ low: 40, high: null }, '≥ 40'],
  [{ low: null, high: null, rangeText: '阴性' }, '阴性'],
])('an interval %o is written %s', (range, text) => expect(rangeWords(range)).toBe(text))
