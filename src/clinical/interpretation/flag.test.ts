import { describe, expect, it } from 'vitest'
import type { OrdinalStep } from '../indicator/indicator.ts'
import type { Range } from '../result/parse-range.ts'
import type { Comparator } from '../result/parse-result.ts'
import { flag, flagOrdinal, readFlag } from './flag.ts'

const closed: Range = { low: 3.5, high: 9.5 }
const open: Range = { low: 3.5, high: 9.5, lowExclusive: true, highExclusive: true }

describe('flag', () => {
  it.each<[number, Range, string | undefined]>([
    [3.49, closed, 'L'],
    [3.5, closed, 'N'],
    [9.5, closed, 'N'],
    [9.51, closed, 'H'],
    [3.5, open, 'L'],
    [3.51, open, 'N'],
    [9.49, open, 'N'],
    [9.5, open, 'H'],
    [5.2, { high: 5.2 }, 'N'],
    [5.2, { high: 5.2, highExclusive: true }, 'H'],
    [5.19, { high: 5.2, highExclusive: true }, 'N'],
    [90, { low: 90 }, 'N'],
    [89.9, { low: 90 }, 'L'],
    [5, {}, undefined],
  ])('%d in %j → %s', (value, range, expected) => expect(flag(value, range)).toBe(expected))

  it.each<[Comparator, number, Range, string | undefined]>([
    ['<', 3.5, closed, 'L'],
    ['<=', 3.5, closed, undefined],
    ['<', 5, closed, undefined],
    ['<', 0.5, { low: 0, high: 10 }, 'N'],
    ['<', 0.5, { high: 0.5, highExclusive: true }, 'N'],
    ['<=', 0.5, { high: 0.5, highExclusive: true }, undefined],
    ['<', 20, { high: 10 }, undefined],
    ['<', 0.5, { high: 10 }, 'N'],
    ['>', 9.5, closed, 'H'],
    ['>=', 9.5, closed, undefined],
    ['>=', 9.6, closed, 'H'],
    ['>', 6.22, closed, undefined],
    ['>', 100, { low: 90 }, 'N'],
    ['>', 80, { low: 90 }, undefined],
    ['>', 90, { low: 90, lowExclusive: true }, 'N'],
    ['>=', 90, { low: 90, lowExclusive: true }, undefined],
  ])('%s%d in %j → %s', (comparator, value, range, expected) => expect(flag(value, range, comparator)).toBe(expected))
})

describe('flagOrdinal', () => {
  it.each<[OrdinalStep, OrdinalStep, string]>([
    ['negative', 'negative', 'N'],
    ['trace', 'negative', 'H'],
    ['2+', 'negative', 'H'],
    ['negative', 'positive', 'L'],
    ['1+', 'positive', 'N'],
  ])('%s where %s is normal → %s', (step, normal, expected) => expect(flagOrdinal(step, normal)).toBe(expected))
})

describe('readFlag', () => {
  it.each([
    ['H', 'H'],
    ['h', 'H'],
    ['↑', 'H'],
    ['偏高', 'H'],
    ['L', 'L'],
    ['↓', 'L'],
    ['低', 'L'],
    ['N', 'N'],
    ['M', 'N'],
    ['L~N', 'N'],
    ['正常', 'N'],
    ['HH', 'HH'],
    ['↑↑', 'HH'],
    ['LL', 'LL'],
    ['A', undefined],
    ['', undefined],
    [undefined, undefined],
    ['toString', undefined],
  ])('%j → %s', (printed, expected) => expect(readFlag(printed)).toBe(expected))
})
