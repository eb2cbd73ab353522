import { describe, expect, test } from 'vitest'
import { dayOf } from './calendar.ts'
import { Random } from './random.ts'
import { treat, type Therapy } from './treatments.ts'
import type { Medication } from './types.ts'

const LAST = dayOf('2026-11-21')

function treated(code: string, index: number, knownOn = '2015-01-01', therapies: Therapy[] = []) {
  const medications: Medication[] = []
  treat(new Random(1, index, 1), code, dayOf(knownOn), LAST, medications, therapies)
  return { medications, therapies }
}
const many = (code: string, knownOn?: string) =>
  Array.from({ length: 600 }, (_, index) => treated(code, index, knownOn))

describe('treatment', () => {
  test.each([
    ['I10', 'pressure', 0.84],
    ['E11', 'glucose', 0.86],
    ['E78', 'lipid', 0.5],
    ['M10', 'urate', 0.7],
  ] as const)('of %s moves %s in about its share of people', (code, target, share) => {
    const courses = many(code).filter(({ medications }) => medications.length > 0)
    expect(Math.abs(courses.length / 600 - share)).toBeLessThan(0.06)
    expect(courses.every(({ therapies }) => therapies.every((therapy) => therapy.target === target))).toBe(true)
  })

  test('of what has no drug is nothing', () => {
    expect(many('R91').every(({ medications }) => medications.length === 0)).toBe(true)
  })

  test('never gives two blockers of angiotensin together', () => {
    const pairs = many('I10').filter(({ medications }) => medications.length === 2)
    expect(pairs.length).toBeGreaterThan(50)
    for (const { medications } of pairs) {
      expect(medications.filter(({ name }) => /沙坦|普利/.test(name)).length).toBeLessThanOrEqual(1)
      expect(medications[0]?.name).not.toBe(medications[1]?.name)
    }
  })

  test('does not begin before the drug was sold', () => {
    const started = many('E11', '2001-01-01').flatMap(({ medications }) => medications)
    const dapagliflozin = started.filter(({ name }) => name === '达格列净片')
    expect(dapagliflozin.length).toBeGreaterThan(20)
    expect(dapagliflozin.every(({ startOn }) => startOn >= '2017-06-01')).toBe(true)
  })

  test('does not add a second statin for the heart, but aspirin', () => {
    const names = Array.from({ length: 300 }, (_, index) =>
      treated('I25.1', index, '2020-01-01', [{ target: 'lipid', fromDay: dayOf('2018-01-01'), strength: 1 }]),
    ).flatMap(({ medications }) => medications.map(({ name }) => name))
    expect(new Set(names)).toEqual(new Set(['阿司匹林肠溶片']))
  })

  test('not yet begun is not told', () => {
    expect(
      many('I10', '2026-11-21').filter(({ medications }) => medications.some(({ startOn }) => startOn > '2026-11-21')),
    ).toEqual([])
  })

  test('works by how faithfully it is taken', () => {
    for (const { medications, therapies } of many('E78')) {
      const strength = therapies[0]?.strength ?? -1
      const bounds = { regular: [0.85, 1], irregular: [0.4, 0.7], none: [0, 0.12] }[
        medications[0]?.adherence ?? 'none'
      ] as [number, number]
      if (medications.length > 0) expect(strength >= bounds[0] && strength <= bounds[1]).toBe(true)
    }
  })
})
