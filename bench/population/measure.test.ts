import { describe, expect, test } from 'vitest'
import { AT, BASIC, CODES, type Code, FULL, itemOf, ITEMS } from './items.ts'
import { estimatedFiltration, measure, printed } from './measure.ts'
import { rangesOf } from './ranges.ts'
import { Random } from './random.ts'

const USUAL: Partial<Record<Code, number>> = {
  height: 170,
  weight: 70,
  waist: 84,
  sbp: 124,
  dbp: 78,
  hr: 72,
  wbc: 6,
  rbc: 5,
  hgb: 150,
  plt: 230,
  alt: 22,
  ast: 21,
  ggt: 25,
  tbil: 13,
  alb: 45,
  urea: 5,
  crea: 76,
  ua: 350,
  fpg: 5.2,
  hba1c: 5.4,
  tg: 1.4,
  hdl: 1.25,
  ldl: 2.8,
  tsh: 2,
}

function measured(changes: Partial<Record<Code, number>> = {}, laboratory = 0, random = new Random(1)): Float64Array {
  const means = new Float64Array(CODES.length)
  for (const [code, value] of Object.entries({ ...USUAL, ...changes })) means[AT[code as Code]] = value
  const values = new Float64Array(CODES.length)
  measure(random, means, 'male', 45, laboratory, values)
  return values
}

describe('CKD-EPI 2021', () => {
  // Hand arithmetic on the published equation (Inker 2021).
  test.each([
    [88.4, 'male', 50, 92],
    [88.4, 'female', 50, 69],
    [61.88, 'female', 30, 119],
    [176.8, 'male', 70, 35],
  ] as const)('creatinine %d, %s, %i years', (creatinine, sex, age, expected) => {
    expect(Math.round(estimatedFiltration(creatinine, sex, age, 170))).toBe(expected)
  })

  test('gives way to Schwartz below 18', () => {
    expect(estimatedFiltration(36.5, 'male', 10, 110)).toBeCloseTo(110, 6)
  })
})

describe('one day’s values', () => {
  test('scatter by the item’s own variation', () => {
    const random = new Random(2)
    const days = Array.from({ length: 4000 }, () => Float64Array.from(measured({}, 0, random)))
    const spread = (code: Code) => {
      const values = days.map((day) => day[AT[code]] as number)
      const centre = values.reduce((sum, value) => sum + value, 0) / values.length
      return (100 * Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length)) / centre
    }
    for (const code of ['hgb', 'ua', 'fpg', 'hba1c', 'ldl', 'tg'] as const) {
      expect(spread(code) / itemOf(code).cvPercent).toBeGreaterThan(0.9)
      expect(spread(code) / itemOf(code).cvPercent).toBeLessThan(1.1)
    }
    expect(spread('sbp')).toBeLessThan(7)
  })

  test('derive what is derived', () => {
    const values = measured()
    const at = (code: Code) => values[AT[code]] as number
    expect(at('bmi')).toBeCloseTo((at('weight') * 10_000) / at('height') ** 2, 6)
    expect(at('egfr')).toBeCloseTo(Math.min(160, estimatedFiltration(at('crea'), 'male', 45, at('height'))), 6)
    expect(Math.abs(at('tc') - at('ldl') - at('hdl') - 0.38 * at('tg'))).toBeLessThan(0.4)
  })

  test('keep a pulse pressure whatever the means', () => {
    const random = new Random(3)
    for (let day = 0; day < 500; day++) {
      const values = measured({ sbp: 90, dbp: 88 }, 0, random)
      expect((values[AT.sbp] as number) - (values[AT.dbp] as number)).toBeGreaterThanOrEqual(17.9)
    }
  })

  test('show sugar in the urine only when there is much in the blood', () => {
    const random = new Random(4)
    const positive = (fpg: number) =>
      Array.from({ length: 500 }, () => measured({ fpg }, 0, random)).filter(
        (values) => (values[AT.u_glu] as number) > 0,
      ).length
    expect(positive(5)).toBeLessThan(8)
    expect(positive(13)).toBeGreaterThan(480)
  })

  test('the second laboratory reads transaminases higher', () => {
    const total = (laboratory: number) => {
      const random = new Random(5)
      return Array.from({ length: 2000 }, () => measured({}, laboratory, random)[AT.alt] as number).reduce(
        (sum, value) => sum + value,
        0,
      )
    }
    expect(total(1) / total(0)).toBeCloseTo(1.12, 1)
  })
})

describe('printed lines', () => {
  const exact = (changes: Partial<Record<Code, number>>) => {
    const values = measured()
    for (const [code, value] of Object.entries(changes)) values[AT[code as Code]] = value
    return (code: Code, laboratory = 0) => printed([itemOf(code)], values, laboratory, 'male', 45)[0]
  }

  test.each([
    ['alt', 51, 'H'],
    ['alt', 50, 'N'],
    ['alt', 8, 'L'],
    ['egfr', 89, 'L'],
    ['ldl', 3.404, 'N'],
    ['ldl', 3.41, 'H'],
    ['height', 250, 'N'],
    ['u_pro', 0, 'N'],
    ['u_pro', 3, 'A'],
  ] as const)('%s of %d is flagged %s', (code, value, flag) => {
    expect(exact({ [code]: value })(code)?.flag).toBe(flag)
  })

  test('round to the item’s decimals and carry unit and range', () => {
    expect(exact({ ua: 430.46 })('ua')).toEqual({
      code: 'ua',
      value: 430,
      text: null,
      unit: 'umol/L',
      low: 208,
      high: 428,
      range: '208-428',
      flag: 'H',
    })
    expect(exact({ u_glu: 2 })('u_glu')).toEqual({
      code: 'u_glu',
      value: null,
      text: '1+',
      unit: '{ordinal}',
      low: null,
      high: null,
      range: '阴性',
      flag: 'A',
    })
  })

  test('differ between laboratories for the same value', () => {
    const line = exact({ ggt: 55 })
    expect(line('ggt', 0)).toMatchObject({ flag: 'N', range: '10-60' })
    expect(line('ggt', 1)).toMatchObject({ flag: 'H', range: '11～50' })
  })
})

describe('items and ranges', () => {
  test('the basic package has exactly 20 items, the full one all but TSH', () => {
    expect(BASIC.length).toBe(20)
    expect(FULL.length).toBe(CODES.length - 1)
    expect(new Set(ITEMS.map((item) => item.loinc)).size).toBe(ITEMS.length)
  })

  test('an unknown code is refused', () => expect(() => itemOf('nonsense')).toThrow('unknown item'))

  test('ranges go by sex and age', () => {
    const high = (sex: 'male' | 'female', age: number, code: Code) => rangesOf(0, sex, age)[AT[code]]?.high
    expect([high('male', 40, 'hgb'), high('female', 40, 'hgb'), high('male', 10, 'hgb')]).toEqual([175, 150, 156])
    expect([high('male', 59, 'crea'), high('male', 60, 'crea'), high('female', 70, 'crea')]).toEqual([97, 111, 81])
  })

  test('no low lies above its high', () => {
    for (const laboratory of [0, 1]) {
      for (const age of [10, 40, 70]) {
        for (const range of [...rangesOf(laboratory, 'male', age), ...rangesOf(laboratory, 'female', age)]) {
          if (range.low !== null && range.high !== null) expect(range.low).toBeLessThan(range.high)
        }
      }
    }
  })
})
