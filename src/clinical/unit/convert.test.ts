import { describe, expect, it } from 'vitest'
import { indicators } from '../indicator/indicator.ts'
import { convert, isConvertible } from './convert.ts'
import { foldUnit, normaliseUnit, unitReadings } from './unit-table.ts'

describe('normaliseUnit', () => {
  it.each([
    ['μmol/L', 'umol/L'],
    ['µmol/L', 'umol/L'],
    ['umol/l', 'umol/L'],
    ['^umol/L', 'umol/L'],
    ['^μmol/L', 'umol/L'],
    ['UMOL/L', 'umol/L'],
    ['10^9/L', '10*9/L'],
    ['10*9/L', '10*9/L'],
    ['×10^9/L', '10*9/L'],
    ['x10^9/L', '10*9/L'],
    ['X10⁹/L', '10*9/L'],
    ['10E9/L', '10*9/L'],
    ['*10^9/L', '10*9/L'],
    ['10~9/L', '10*9/L'],
    ['10**9/L', '10*9/L'],
    ['G/L', '10*9/L'],
    ['giga.l-1', '10*9/L'],
    ['10^12/L', '10*12/L'],
    ['T/L', '10*12/L'],
    ['tera.l-1', '10*12/L'],
    ['10*3/uL', '10*3/uL'],
    ['K/uL', '10*3/uL'],
    ['10*6/uL', '10*6/uL'],
    ['{cells}/uL', '/uL'],
    ['个/μL', '/uL'],
    ['mmHg', 'mm[Hg]'],
    ['mm[Hg]', 'mm[Hg]'],
    ['㎜Hg', 'mm[Hg]'],
    ['毫米汞柱', 'mm[Hg]'],
    ['kPa', 'kPa'],
    ['次/分', '/min'],
    ['beats/min', '/min'],
    ['bpm', '/min'],
    ['/min', '/min'],
    ['g/dL', 'g/dL'],
    ['gm/dl', 'g/dL'],
    ['mg/dL', 'mg/dL'],
    ['mcg/L', 'ug/L'],
    ['g/l', 'g/L'],
    ['%', '%'],
    ['％', '%'],
    ['L/L', 'L/L'],
    ['fl', 'fL'],
    ['pg/{cell}', 'pg'],
    ['IU/L', 'U/L'],
    ['U/L', 'U/L'],
    ['u/l', 'U/L'],
    ['mIU/L', 'm[IU]/L'],
    ['uIU/mL', 'm[IU]/L'],
    ['μIU/ml', 'm[IU]/L'],
    ['mU/L', 'm[IU]/L'],
    ['℃', 'Cel'],
    ['°C', 'Cel'],
    ['kg/m²', 'kg/m2'],
    ['公斤', 'kg'],
    ['斤', '[jin]'],
    ['mL/min/1.73m²', 'mL/min/{1.73m2}'],
    ['mL/min/{1.73_m2}', 'mL/min/{1.73m2}'],
    ['ml/(min·1.73m2)', 'mL/min/{1.73m2}'],
    ['mL/min', 'mL/min'],
    ['mg/L FEU', 'mg/L{FEU}'],
    ['ug/mL(FEU)', 'mg/L{FEU}'],
    ['ng/mL DDU', 'ng/mL{DDU}'],
    ['mg/mmol', 'mg/mmol{creat}'],
  ])('%s → %s', (printed, code) => expect(normaliseUnit(printed)).toBe(code))

  it.each(['', '阴性', 'mmolL', '10', 'mg/day', 'weeks'])('does not know %j', (printed) =>
    expect(normaliseUnit(printed)).toBeUndefined(),
  )

  it('reads G/L both ways and g/L one way', () => {
    expect(unitReadings('G/L').map((unit) => unit.code)).toEqual(['10*9/L', 'g/L'])
    expect(unitReadings('g/L').map((unit) => unit.code)).toEqual(['g/L'])
  })

  it('levels nothing that changes the size', () => {
    expect(foldUnit('mg/L')).not.toBe(foldUnit('ug/L'))
    expect(foldUnit('10^3/uL')).not.toBe(foldUnit('10^6/uL'))
  })
})

describe('convert', () => {
  it.each<[string, number, string, number]>([
    ['fpg', 95, 'mg/dL', 5.2732],
    ['tc', 190, 'mg/dL', 4.9134],
    ['ldl', 90, 'mg/dL', 2.3274],
    ['hdl', 50, 'mg/dL', 1.293],
    ['tg', 120, 'mg/dL', 1.3548],
    ['crea', 1, 'mg/dL', 88.4],
    ['urea', 20, 'mg/dL', 7.14],
    ['ua', 7, 'mg/dL', 416.36],
    ['tbil', 1, 'mg/dL', 17.1],
    ['hgb', 13.5, 'g/dL', 135],
    ['hgb', 8.7, 'mmol/L', 140.1918],
    ['hgb', 135, 'G/L', 135],
    ['wbc', 6.2, 'G/L', 6.2],
    ['mchc', 33, 'g/dL', 330],
    ['wbc', 6200, '{cells}/uL', 6.2],
    ['wbc', 6.2, '10*3/uL', 6.2],
    ['rbc', 4.5, '10*6/uL', 4.5],
    ['rbc', 4.5, '10^12/L', 4.5],
    ['plt', 210, 'K/uL', 210],
    ['hct', 45, '%', 0.45],
    ['hct', 0.45, 'L/L', 0.45],
    ['ca', 10, 'mg/dL', 2.495],
    ['ca', 5, 'mEq/L', 2.5],
    ['mg', 2, 'mg/dL', 0.8228],
    ['p', 3.5, 'mg/dL', 1.13015],
    ['k', 4.1, 'mEq/L', 4.1],
    ['fe', 100, 'ug/dL', 17.91],
    ['alb', 4.2, 'g/dL', 42],
    ['crp', 0.5, 'mg/dL', 5],
    ['tsh', 2.1, 'uIU/mL', 2.1],
    ['tsh', 2.1, 'mU/L', 2.1],
    ['ft4', 1.2, 'ng/dL', 15.444],
    ['ft3', 3, 'pg/mL', 4.608],
    ['alt', 0.5, 'ukat/L', 30],
    ['ca199', 20, 'U/mL', 20],
    ['ca199', 20, 'kU/L', 20],
    ['tpoab', 12, 'IU/mL', 12],
    ['afp', 3, 'ug/L', 3],
    ['ferritin', 80, 'ng/mL', 80],
    ['hba1c', 48, 'mmol/mol', 6.54304],
    ['hba1c', 0.065, 'L/L', 6.5],
    ['vitd', 75, 'nmol/L', 30.0481],
    ['b12', 200, 'pmol/L', 271],
    ['uacr', 3, 'mg/mmol', 26.52],
    ['lpa', 30, 'mg/dL', 300],
    ['ddimer', 450, 'ng/mL FEU', 0.45],
    ['hstnt', 0.014, 'ng/mL', 14],
    ['temperature', 98.6, '[degF]', 37],
    ['weight', 130, '斤', 65],
    ['weight', 150, 'lb', 68.0389],
    ['height', 1.72, 'm', 172],
    ['sbp', 16, 'kPa', 120.01],
  ])('%s %d %s → %d', (code, value, unit, expected) => {
    const result = convert(code, value, unit)
    expect(result).toHaveProperty('value')
    expect('value' in result && result.value).toBeCloseTo(expected, 3)
    expect(result).not.toHaveProperty('unitAssumed')
  })

  it.each<[string, string, string]>([
    ['lpa', 'nmol/L', 'not-convertible'],
    ['lpa_molar', 'mg/dL', 'not-convertible'],
    ['ddimer', 'mg/L DDU', 'not-convertible'],
    ['ddimer_ddu', 'ug/mL FEU', 'not-convertible'],
    ['ins', 'pmol/L', 'not-convertible'],
    ['sbp', 'mmol/L', 'not-convertible'],
    ['u_pro', 'g/L', 'not-convertible'],
    ['nobody', 'g/L', 'not-convertible'],
    ['fpg', 'mmolL', 'unknown-unit'],
  ])('refuses %s in %s: %s', (code, unit, problem) => expect(convert(code, 20, unit)).toEqual({ problem }))

  const glucose: [number, number][] = [
    [70, 3.9],
    [100, 5.6],
    [110, 6.1],
    [126, 7.0],
    [140, 7.8],
    [180, 10.0],
    [200, 11.1],
    [300, 16.7],
  ]
  const cases = [
    ...['fpg', 'ogtt2h', 'ppg', 'rpg'].flatMap((code) => glucose.map(([mass, own]) => [code, mass, own] as const)),
    ['tc', 200, 5.2],
    ['ldl', 100, 2.6],
    ['ldl', 130, 3.4],
    ['nonhdl', 130, 3.4],
    ['tg', 150, 1.7],
    ['tg', 200, 2.3],
  ] as const
  it.each(cases)('%s of %d mg/dL reaches %d mmol/L, and one less does not', (code, mass, own) => {
    const inOwn = (value: number, unit = 'mg/dL') => (convert(code, value, unit) as { value: number }).value
    expect(inOwn(mass)).toBeGreaterThanOrEqual(own)
    expect(inOwn(mass)).toBeCloseTo(own, 0.5)
    expect(inOwn(mass - 1)).toBeLessThan(own)
    expect(inOwn(mass / 100, 'g/L')).toBe(inOwn(mass))
    // What comes in mmol/L is not touched.
    expect(inOwn(own - 0.006, 'mmol/L')).toBe(own - 0.006)
  })

  it('keeps the order of values around the limits', () => {
    const values = Array.from({ length: 4000 }, (_, at) => convert('fpg', 40 + at / 10, 'mg/dL') as { value: number })
    for (const [at, { value }] of values.slice(1).entries()) expect(value).toBeGreaterThanOrEqual(values[at]!.value)
    expect(convert('fpg', 126, 'mg/dL')).toEqual({ value: 7, unit: 'mmol/L' })
    expect(convert('fpg', 71, 'mg/dL')).toHaveProperty('value', expect.closeTo(3.941, 3))
  })

  it('refuses what is no number', () =>
    expect(convert('fpg', Number.NaN, 'mmol/L')).toEqual({ problem: 'not-convertible' }))

  it.each<[string, number, boolean]>([
    ['hgb', 135, true],
    ['hgb', 13.5, false],
    ['fpg', 5.6, true],
    ['fpg', 100, false],
    ['hct', 0.45, true],
    ['hct', 45, false],
    ['crea', 70, true],
    ['crea', 1.1, false],
    ['wbc', 6.2, true],
    ['wbc', 6200, false],
    ['height', 172, true],
    ['height', 1.72, false],
  ])('without a unit %s %d is taken as its own: %s', (code, value, accepted) => {
    for (const unit of [undefined, '', '  ', '-', '/', '无', 'null']) {
      const result = convert(code, value, unit)
      if (accepted) expect(result).toMatchObject({ value, unitAssumed: true })
      else expect(result).toEqual({ problem: 'unknown-unit' })
    }
  })

  it('marks what an incomplete unit takes for granted', () => {
    expect(convert('ddimer', 0.3, 'mg/L')).toEqual({ value: 0.3, unit: 'mg/L{FEU}', unitAssumed: true })
    expect(convert('egfr', 88, 'mL/min')).toEqual({ value: 88, unit: 'mL/min/{1.73m2}', unitAssumed: true })
  })

  it('leaves each indicator as it is in its own unit', () => {
    for (const one of indicators()) {
      if (one.kind !== 'number') continue
      expect(convert(one.code, 4.1, one.unit), one.code).toEqual({ value: 4.1, unit: one.unit })
      expect(
        one.printedUnits.filter(
          (unit) => !isConvertible(one.code, unit) && !(one.code === 'ins' && unit === 'pmol/L') && one.code !== 'pdw',
        ),
      ).toEqual([])
    }
  })
})
