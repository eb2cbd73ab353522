import { expect, test } from 'vitest'
import { evaluate } from '../../core/instrument.ts'
import { MMOL_PER_MG_DL } from '../china-par-person.ts'
import { chinaParLifetime, lifetimeBand } from './china-par-lifetime.ts'
import card from './model.json' with { type: 'json' }

const man = {
  sex: 'male',
  ageYears: 40,
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
}
const woman = { ...man, sex: 'female' }

const answer = (given: Record<string, unknown>) => evaluate(chinaParLifetime, given)
const risk = (given: Record<string, unknown>) => {
  const result = answer(given)
  if (result.refused) throw new Error(JSON.stringify(result.refused))
  return result.output['lifetimePct'] as number
}
const caveats = (given: Record<string, unknown>) => {
  const result = answer(given)
  return result.refused ? [] : result.caveats
}

test.each([
  ['sbp', 120, 160],
  ['tcMgDl', 150, 280],
  ['diabetes', false, true],
  ['currentSmoker', false, true],
  ['bpTreated', false, true],
  ['regionNorth', false, true],
])('risk grows with %s', (name, low, high) => {
  for (const person of [man, woman])
    expect(risk({ ...person, [name]: high })).toBeGreaterThan(risk({ ...person, [name]: low }))
})

test('risk falls with HDL, and in women grows with the waist; the waist of men cannot be moved', () => {
  for (const person of [man, woman])
    expect(risk({ ...person, hdlMgDl: 60 })).toBeLessThan(risk({ ...person, hdlMgDl: 40 }))
  expect(risk({ ...woman, waistCm: 100 })).toBeGreaterThan(risk({ ...woman, waistCm: 80 }))
  const waists = chinaParLifetime.forms.map((one) => [
    one.code,
    Reflect.get(one.inputs['waistCm']!, 'movable') === true,
  ])
  expect(waists).toEqual([
    ['men-mmol', false],
    ['men-mg', false],
    ['women-mmol', true],
    ['women-mg', true],
  ])
})

test('each year from 20 to 59 has its α, and the years left weigh less', () => {
  for (const alpha of [card.alpha.male, card.alpha.female]) {
    expect(Object.keys(alpha)).toEqual(Array.from({ length: 40 }, (_, n) => String(20 + n)))
    const values = Object.values(alpha)
    // The rebuilt values are not perfectly smooth: women of 39 and 40 differ by 0.00014 the other way.
    for (let n = 1; n < values.length; n++) expect(values[n]! - values[n - 1]!).toBeLessThan(0.0002)
  }
})

test.each([
  [32.799999, 'low'],
  [32.8, 'high'],
])('%f per cent is %s', (pct, band) => expect(lifetimeBand(pct)).toBe(band))

test('only 20 to 59 years, only without ASCVD', () => {
  expect(answer({ ...man, ageYears: 60 }).refused?.invalid).toMatchObject([{ input: 'ageYears', limit: 59 }])
  expect(answer({ ...man, ageYears: 19 }).refused?.invalid).toMatchObject([{ input: 'ageYears', limit: 20 }])
  expect(answer({ ...woman, ascvd: true }).refused?.notApplicable).toBe('ascvd')
})

test('caveats: always rebuilt, loosely bounded years, a ten-year risk that is already high', () => {
  expect(caveats(man)).toEqual(['reconstructed'])
  expect(caveats({ ...man, ageYears: 29 })).toEqual(['reconstructed', 'loosely-bounded-age'])
  expect(caveats({ ...woman, ageYears: 29 })).toEqual(['reconstructed'])
  expect(caveats({ ...man, ageYears: 55, sbp: 180, diabetes: true })).toEqual(['reconstructed', 'ten-year-high'])
})

test('mmol/L is mg/dL × 0.0259', () => {
  const { tcMgDl, hdlMgDl, ...rest } = woman
  const molar = { ...rest, tcMmolL: tcMgDl * MMOL_PER_MG_DL, hdlMmolL: hdlMgDl * MMOL_PER_MG_DL }
  expect(risk(molar)).toBeCloseTo(risk(woman), 10)
})
