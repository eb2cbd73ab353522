import { describe, expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { lipidChina2023 as lipid } from './lipid-china-2023.ts'

const output = (given: Record<string, unknown>) => answer(lipid, given).output
const refusal = (given: Record<string, unknown>) => evaluate(lipid, given).refused?.notApplicable

test('targets fall from stratum to stratum, and non-HDL-C is always 0.8 more', () => {
  const targets = ['low', 'medium', 'high', 'veryHigh', 'extremeHigh'].map((stratum) => output({ stratum }))
  expect(targets.map((one) => one['ldlTarget'])).toEqual([3.4, 2.6, 2.6, 1.8, 1.4])
  for (const one of targets) expect((one['nonHdlTarget'] as number) - (one['ldlTarget'] as number)).toBeCloseTo(0.8)
  expect(targets.map((one) => one['minReductionPct'])).toEqual([undefined, undefined, undefined, 50, 50])
})

test.each([
  [0, 9, 'veryHigh'],
  [1, 1, 'veryHigh'],
  [1, 2, 'extremeHigh'],
  [2, 0, 'extremeHigh'],
])('ASCVD with %i severe events and %i factors is %s', (severeEvents, highRiskFactors, stratum) =>
  expect(output({ ascvd: true, severeEvents, highRiskFactors })).toMatchObject({ stratum }),
)

test.each([
  [{ ldl: 4.9 }, { ldl: 4.89 }],
  [{ tc: 7.2 }, { tc: 7.19 }],
  [{ ckdStage: 3 }, { ckdStage: 2 }],
  [{ ckdStage: 4 }, { ckdStage: 5 }],
  [
    { diabetes: true, age: 40 },
    { diabetes: true, age: 39.9 },
  ],
])('%j is high at once, %j decides nothing', (high, open) => {
  expect(output({ ascvd: false, ...high })).toMatchObject({ stratum: 'high', ldlTarget: 2.6 })
  expect(refusal({ ascvd: false, ...open })).toBe('undecided')
})

test.each([
  [{ ascvd: true }, 1.4],
  [{ ascvd: false, stratum: 'high' }, 1.8],
  [{ ascvd: false, stratum: 'low' }, 2.6],
])('diabetes with %j aims at %f', (more, ldlTarget) =>
  expect(output({ diabetes: true, ...more })).toMatchObject({ ldlTarget }),
)

test('a form for others says so', () => {
  expect(refusal({ ascvd: false, severeEvents: 1, highRiskFactors: 0 })).toBe('no-ascvd')
  expect(refusal({ diabetes: false, ascvd: false, stratum: 'low' })).toBe('no-diabetes')
  expect(refusal({ ascvd: true, ldl: 5 })).toBe('has-ascvd')
})

describe('the ten-year table', () => {
  const man = {
    ascvd: false,
    sex: 'male',
    age: 40,
    hypertension: false,
    smoking: false,
    diabetes: false,
    ckdStage: 0,
    ldl: 2,
    tc: 3.5,
    hdl: 1.3,
    sbp: 120,
    dbp: 75,
    bmi: 23,
  }
  const one = { smoking: true }
  const two = { smoking: true, hdl: 0.9 }
  const three = { smoking: true, hdl: 0.9, age: 45 }
  const columns = [{ ldl: 1.8 }, { ldl: 2.6 }, { ldl: 3.4 }]
  const strata = (more: object) => columns.map((column) => output({ ...man, ...more, ...column })['stratum'])

  test.each([
    ['none', {}, 'low low low'],
    ['one', one, 'low low low'],
    ['two', two, 'low low medium'],
    ['three', three, 'low medium medium'],
    ['hypertension', { hypertension: true }, 'low low low'],
    ['hypertension and one', { hypertension: true, ...one }, 'low medium medium'],
    ['hypertension and two', { hypertension: true, ...two }, 'medium high high'],
    ['hypertension and three', { hypertension: true, ...three }, 'high high high'],
  ])('%s', (_name, more, expected) => expect(strata(more).join(' ')).toBe(expected))

  test('the higher of LDL-C and TC counts; below both there is no column', () => {
    expect(output({ ...man, ...two, ldl: 1, tc: 5.2 })).toMatchObject({ stratum: 'medium' })
    expect(output({ ...man, ...two, ldl: 1, tc: 5.19 })).toMatchObject({ stratum: 'low' })
    expect(refusal({ ...man, ldl: 1.79, tc: 3.09 })).toBe('below-table')
  })

  test('age counts from 45 in men and 55 in women', () => {
    const stratum = (more: object) => output({ ...man, hypertension: true, ldl: 3, ...more })['stratum']
    expect([stratum({ age: 44.9 }), stratum({ age: 45 })]).toEqual(['low', 'medium'])
    expect([stratum({ sex: 'female', age: 54.9 }), stratum({ sex: 'female', age: 55 })]).toEqual(['low', 'medium'])
  })

  test('a medium risk before 55 looks at the whole life', () => {
    const medium = { ...man, hypertension: true, smoking: true, ldl: 3 }
    const lifetime = (more: object) => output({ ...medium, ...more })['lifetimeHigh']
    expect(lifetime({})).toBe(false)
    expect([lifetime({ bmi: 27.9 }), lifetime({ bmi: 28 })]).toEqual([false, true])
    expect([lifetime({ sbp: 159.9 }), lifetime({ sbp: 160 }), lifetime({ dbp: 100 })]).toEqual([false, true, true])
    expect([lifetime({ tc: 6.49 }), lifetime({ tc: 6.51 })]).toEqual([false, true])
    expect(answer(lipid, { ...medium, bmi: 28 }).caveats).toEqual(['unconfirmed-table', 'lifetime-high'])
    const older = { ...man, sex: 'female', hypertension: true, ldl: 3, bmi: 30, sbp: 165 }
    expect(output({ ...older, age: 55 })).toMatchObject({ stratum: 'medium', lifetimeHigh: false })
  })

  test('what is high at once needs no table, and some people have no row in it', () => {
    expect(answer(lipid, { ...man, ldl: 4.9 })).toMatchObject({ band: 'high', caveats: [] })
    expect(refusal({ ...man, diabetes: true, age: 39 })).toBe('young-diabetes')
    expect(refusal({ ...man, ckdStage: 5 })).toBe('ckd-5')
    expect(refusal({ ...man, ascvd: true })).toBe('has-ascvd')
  })
})
