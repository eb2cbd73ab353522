import { describe, expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { ckdEpi2021 } from './ckd-epi-2021.ts'

const rate = (input: Record<string, unknown>) => answer(ckdEpi2021, input).value!
const risk = (egfr: number, uacrMgG: number) => answer(ckdEpi2021, { egfr, uacrMgG }).output

describe('filtration', () => {
  test('falls with creatinine and with age, in both sexes', () => {
    for (const sex of ['female', 'male']) {
      for (let scrMgDl = 0.3; scrMgDl < 8; scrMgDl += 0.1)
        expect(rate({ scrMgDl: scrMgDl + 0.1, sex, age: 50 })).toBeLessThan(rate({ scrMgDl, sex, age: 50 }))
      for (let age = 18; age < 100; age++)
        expect(rate({ scrMgDl: 1, sex, age: age + 1 })).toBeLessThan(rate({ scrMgDl: 1, sex, age }))
    }
  })

  test('is the same in either unit', () => {
    for (const scrMgDl of [0.4, 0.9, 1.37, 5])
      expect(rate({ scrUmolL: scrMgDl * 88.4, sex: 'male', age: 61 })).toBeCloseTo(
        rate({ scrMgDl, sex: 'male', age: 61 }),
        9,
      )
  })

  test('has no jump where the two powers meet', () => {
    for (const [sex, kappa] of [
      ['female', 0.7],
      ['male', 0.9],
    ] as const)
      expect(rate({ scrMgDl: kappa - 1e-9, sex, age: 40 })).toBeCloseTo(
        rate({ scrMgDl: kappa + 1e-9, sex, age: 40 }),
        5,
      )
  })

  test('µmol/L given as mg/dL is refused by its size', () => {
    expect(evaluate(ckdEpi2021, { scrMgDl: 73, sex: 'female', age: 59 }).refused?.invalid).toEqual([
      { input: 'scrMgDl', value: 73, reason: 'above', limit: 25, unit: 'mg/dL' },
    ])
  })

  test('a child is refused', () => {
    expect(evaluate(ckdEpi2021, { scrMgDl: 0.5, sex: 'female', age: 17.9 }).refused?.invalid[0]).toMatchObject({
      input: 'age',
    })
  })
})

describe('grid', () => {
  test.each([
    [90, 'G1'],
    [89.999, 'G2'],
    [60, 'G2'],
    [59.999, 'G3a'],
    [45, 'G3a'],
    [44.999, 'G3b'],
    [30, 'G3b'],
    [29.999, 'G4'],
    [15, 'G4'],
    [14.999, 'G5'],
  ])('%f is %s', (egfr, g) => expect(risk(egfr, 5)).toMatchObject({ g, a: 'A1' }))

  test.each([
    [29.999, 'A1'],
    [30, 'A2'],
    [300, 'A2'],
    [300.001, 'A3'],
  ])('%f mg/g is %s, and a tenth of it in mg/mmol too', (uacrMgG, a) => {
    expect(risk(95, uacrMgG)).toMatchObject({ a })
    expect(answer(ckdEpi2021, { egfr: 95, uacrMgMmol: uacrMgG / 10 }).output).toMatchObject({ a })
  })

  test('never gets milder when either part gets worse', () => {
    const grave = ['low', 'moderate', 'high', 'veryHigh']
    const rates = [100, 70, 50, 35, 20, 10]
    const ratios = [5, 100, 500]
    for (let g = 0; g < rates.length; g++)
      for (let a = 0; a < ratios.length; a++) {
        const here = grave.indexOf(risk(rates[g]!, ratios[a]!).risk as string)
        if (g > 0) expect(here).toBeGreaterThanOrEqual(grave.indexOf(risk(rates[g - 1]!, ratios[a]!).risk as string))
        if (a > 0) expect(here).toBeGreaterThanOrEqual(grave.indexOf(risk(rates[g]!, ratios[a - 1]!).risk as string))
      }
  })

  test('the mildest corner says that it is not kidney disease', () => {
    expect(answer(ckdEpi2021, { egfr: 95, uacrMgG: 5 }).caveats).toEqual(['not-ckd-alone'])
  })
})
