import { expect, test } from 'vitest'
import type { PatientLine } from '../contract/person.ts'
import { ageRange, fits } from './list-filter.ts'

const row = {
  level: 'gold',
  source: 'outpatient',
  state: 'active',
  ageYears: 65,
  doctor: { id: 'd', name: '' },
  manager: null,
} as unknown as PatientLine

test.each([
  [{}, true],
  [{ level: 'gold', source: 'outpatient', state: 'active', doctor: 'd', age: '65-79' }, true],
  [{ level: 'silver' }, false],
  [{ source: 'online' }, false],
  [{ state: 'deceased' }, false],
  [{ doctor: 'none' }, false],
  [{ doctor: 'e' }, false],
  [{ manager: 'm' }, false],
  [{ age: '45-64' }, false],
])('%j: %s', (filter, expected) => {
  expect(fits(row, filter)).toBe(expected)
})

test('an age band is two figures; somebody of unknown age is in none', () => {
  expect(ageRange('80-130')).toEqual({ ageFrom: 80, ageTo: 130 })
  expect(ageRange(undefined)).toEqual({})
  expect(fits({ ...row, ageYears: null }, { age: '0-13' })).toBe(false)
})
