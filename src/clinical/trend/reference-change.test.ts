import { describe, expect, it } from 'vitest'
import { indicatorByCode } from '../indicator/indicator.ts'
import { exceedsVariation, referenceChange } from './reference-change.ts'
import variation from './variation.json' with { type: 'json' }

describe('the table of variations', () => {
  it('names each indicator once, with a source that is written out', () => {
    const codes = variation.analytes.map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes.length).toBeGreaterThanOrEqual(40)
    const sources = Object.keys(variation.sources)
    for (const one of variation.analytes) {
      expect(indicatorByCode(one.code)?.kind, one.code).toBe('number')
      expect(sources, one.code).toContain(one.source)
      expect('cva' in one, one.code).toBe('cvaSource' in one)
      if (one.cvaSource) expect(sources, one.code).toContain(one.cvaSource)
      expect(one.cvi).toBeGreaterThan(0)
      expect(one.cvi).toBeLessThan(60)
      expect([undefined, 'm']).toContain(one.check)
    }
  })

  it('marks what is not yet confirmed in print', () => {
    const confirmed = variation.analytes.filter((one) => !('check' in one)).map(({ code }) => code)
    expect(confirmed).toEqual(['alt', 'ast', 'ggt', 'alp', 'ldh', 'ck', 'amy'])
  })
})

describe('referenceChange', () => {
  // σ = √ln(1 + CVI² + CVA²), then exp(±1.96 √2 σ) − 1, worked out apart from the code
  it.each([
    ['crea', 18.1, 15.4],
    ['tg', 76.0, 43.2],
    ['na', 4.5, 4.3],
    ['hba1c', 6.1, 5.7],
  ])('%s: up %d %%, down %d %%', (code, up, down) => {
    const found = referenceChange(code)!
    expect(found.upPercent).toBeCloseTo(up, 0)
    expect(found.downPercent).toBeCloseTo(down, 0)
    expect(found.source).toMatch(/\d{4}/)
  })

  it('tends to the plain form 2.77 · √(CVI² + CVA²) where variations are small', () => {
    const plain = 2.77 * Math.hypot(0.5, 1.5)
    const { upPercent, downPercent } = referenceChange('na')!
    expect((upPercent + downPercent) / 2).toBeCloseTo(plain, 1)
  })

  it.each(['sbp', 'weight', 'egfr', 'local:LIS|X'])('knows none of %s', (code) =>
    expect(referenceChange(code)).toBeUndefined(),
  )
})

describe('exceedsVariation', () => {
  it.each([
    ['crea', 80, 96, true],
    ['crea', 80, 92, false],
    ['crea', 96, 80, true],
    ['crea', 92, 80, false],
    ['tg', 1, 1.7, false],
    ['tg', 1.7, 0.9, true],
    ['sbp', 120, 180, undefined],
    ['crea', 0, 80, undefined],
  ])('%s from %d to %d: %s', (code, before, after, expected) =>
    expect(exceedsVariation(code, before, after)).toBe(expected),
  )
})
