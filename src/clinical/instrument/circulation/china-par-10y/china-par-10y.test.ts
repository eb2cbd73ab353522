import { describe, expect, test } from 'vitest'
import { evaluate } from '../../core/instrument.ts'
import { MMOL_PER_MG_DL } from '../china-par-person.ts'
import { chinaPar10y, tenYearBand, tenYearRiskPct } from './china-par-10y.ts'
import vectors from './vectors.json' with { type: 'json' }

const man = {
  sex: 'male',
  ageYears: 50,
  regionNorth: true,
  urban: true,
  waistCm: 85,
  tcMgDl: 200,
  hdlMgDl: 45,
  sbp: 130,
  bpTreated: false,
  diabetes: false,
  currentSmoker: false,
  familyHistory: false,
} as const
const woman = { ...man, sex: 'female' } as const

const answer = (given: Record<string, unknown>) => evaluate(chinaPar10y, given)
const risk = (given: Record<string, unknown>) => {
  const result = answer(given)
  if (result.refused) throw new Error(JSON.stringify(result.refused))
  return result.output['risk10Pct'] as number
}
const movable = (given: Record<string, unknown>) => {
  const result = answer(given)
  const form = chinaPar10y.forms.find((one) => !result.refused && one.code === result.form)!
  return Object.entries(form.inputs).flatMap(([name, spec]) => ('movable' in spec && spec.movable ? [name] : []))
}

describe.each([
  ['man', man],
  ['woman', woman],
] as const)('in a %s', (_who, person) => {
  test.each([
    ['sbp', 70, 200],
    ['tcMgDl', 80, 400],
    ['ageYears', 20, 85],
  ] as const)('risk grows with %s', (name, from, to) => {
    let before = -1
    for (let value = from; value <= to; value += 5) {
      const now = risk({ ...person, [name]: value })
      expect(now).toBeGreaterThan(before)
      before = now
    }
  })

  test('risk falls with HDL', () => {
    expect(risk({ ...person, hdlMgDl: 60 })).toBeLessThan(risk({ ...person, hdlMgDl: 40 }))
  })

  test('pressure raises risk at every age, treated or not', () => {
    for (let ageYears = 20; ageYears <= 85; ageYears++)
      for (const bpTreated of [true, false])
        expect(risk({ ...person, ageYears, bpTreated, sbp: 160 })).toBeGreaterThan(
          risk({ ...person, ageYears, bpTreated, sbp: 120 }),
        )
  })
})

test('the waist of men turns the wrong way and cannot be moved; that of women can', () => {
  expect(risk({ ...man, waistCm: 110 })).toBeLessThan(risk({ ...man, waistCm: 80 }))
  expect(risk({ ...woman, waistCm: 110 })).toBeGreaterThan(risk({ ...woman, waistCm: 80 }))
  expect(movable(man)).toEqual(['sbp', 'currentSmoker', 'tcMgDl'])
  expect(movable(woman)).toEqual(['waistCm', 'sbp', 'currentSmoker', 'tcMgDl'])
})

test('smoking moves only where the model counts it as harm, and older smokers are told', () => {
  for (let ageYears = 20; ageYears <= 85; ageYears++) {
    const harm = risk({ ...man, ageYears, currentSmoker: true }) - risk({ ...man, ageYears })
    expect(movable({ ...man, ageYears }).includes('currentSmoker')).toBe(harm > 0)
  }
  expect(answer({ ...man, ageYears: 70, currentSmoker: true })).toMatchObject({
    caveats: ['reconstructed', 'turned-sign'],
  })
  expect(answer({ ...man, ageYears: 57, familyHistory: true })).toMatchObject({ caveats: ['reconstructed'] })
  expect(answer({ ...man, ageYears: 58, familyHistory: true })).toMatchObject({
    caveats: ['reconstructed', 'turned-sign'],
  })
})

test('town and family history change nothing in women', () => {
  expect(risk({ ...woman, urban: false, familyHistory: true })).toBe(risk(woman))
})

test('mmol/L is mg/dL × 0.0259', () => {
  const { tcMgDl, hdlMgDl, ...rest } = man
  const molar = { ...rest, tcMmolL: tcMgDl * MMOL_PER_MG_DL, hdlMmolL: hdlMgDl * MMOL_PER_MG_DL }
  expect(risk(molar)).toBeCloseTo(risk(man), 10)
  expect(answer({ ...molar, tcMmolL: 11.01 }).refused?.invalid).toMatchObject([{ input: 'tcMmolL', limit: 11 }])
  expect(answer({ ...molar, hdlMmolL: 0.49 }).refused?.invalid).toMatchObject([{ input: 'hdlMmolL', limit: 0.5 }])
})

test.each([
  [4.999999, 'low'],
  [5, 'medium'],
  [9.999999, 'medium'],
  [10, 'high'],
])('%f per cent is %s', (pct, band) => expect(tenYearBand(pct)).toBe(band))

test.each([
  [34, true],
  [35, false],
  [74, false],
  [75, true],
])('at %i years the derivation is left: %s', (ageYears, left) => {
  const result = answer({ ...woman, ageYears })
  expect(!result.refused && result.caveats!.includes('outside-derivation-age')).toBe(left)
})

test('a broken year is refused, and so is who already has ASCVD', () => {
  expect(answer({ ...man, ageYears: 50.5 }).refused?.invalid[0]).toMatchObject({ reason: 'not-an-integer' })
  expect(answer({ ...man, ascvd: true }).refused).toMatchObject({ missing: [], invalid: [], notApplicable: 'ascvd' })
  expect(risk({ ...man, ascvd: false })).toBe(risk(man))
})

test('the ideal twin of the ideal is oneself', () => {
  const ideal = { ...man, tcMgDl: 200, hdlMgDl: 40, sbp: 120, waistCm: 90 }
  expect(answer(ideal)).toMatchObject({ output: { idealRisk10Pct: tenYearRiskPct(ideal) } })
  expect(risk(ideal)).toBe(tenYearRiskPct(ideal))
})

test('the table of the paper comes out within what is known of its own set', () => {
  const printed = vectors.filter((one) => one.printed)
  expect(printed).toHaveLength(6)
  for (const { input, printed: paper } of printed)
    expect(Math.abs(risk(input) - paper!.risk10Pct)).toBeLessThanOrEqual(paper!.within)
})
