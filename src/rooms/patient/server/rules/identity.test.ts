import { expect, test } from 'vitest'
import { needsGuardian, settleIdentity } from './identity.ts'

const TODAY = '2026-03-02'
const ID = { kind: 'national-id' as const, number: '51343620000320711x' }

test.each([
  [{}, { sex: 'unknown', birthDate: null, paper: null }],
  [
    { sex: 'female' as const, birthDate: '1960-01-01' },
    { sex: 'female', birthDate: '1960-01-01', paper: null },
  ],
  [
    { paper: ID },
    { sex: 'male', birthDate: '2000-03-20', paper: { kind: 'national-id', number: '51343620000320711X' } },
  ],
  [{ paper: ID, sex: 'unknown' as const }, { sex: 'male' }],
  [{ paper: ID, sex: 'other' as const, birthDate: '2000-03-20' }, { sex: 'other' }],
  [
    { paper: { kind: 'passport' as const, number: 'e 1234 5678' } },
    { sex: 'unknown', paper: { kind: 'passport', number: 'E12345678' } },
  ],
])('%j settles', (typed, expected) => {
  expect(settleIdentity(typed, TODAY)).toMatchObject(expected)
})

test.each([
  [{ paper: ID, sex: 'female' as const }, 'SexContradictsPaper'],
  [{ paper: ID, birthDate: '2000-03-21' }, 'BirthDateContradictsPaper'],
  [{ paper: { ...ID, number: '513436200003207111' } }, 'NationalIdWrong'],
  [{ paper: { kind: 'passport' as const, number: 'E1' } }, 'PaperNumberWrong'],
  [{ paper: { kind: 'other' as const, number: '<script>' } }, 'PaperNumberWrong'],
  [{ birthDate: '2026-03-03' }, 'BirthDateWrong'],
  [{ birthDate: '1890-01-01' }, 'BirthDateWrong'],
])('%j is refused: %s', (typed, code) => {
  expect(() => settleIdentity(typed, TODAY)).toThrow(expect.objectContaining({ code }))
})

test.each([
  ['2012-03-02', false],
  ['2012-03-03', true],
  ['2026-03-02', true],
  [null, false],
])('born %s needs a guardian: %s', (birthDate, expected) => {
  expect(needsGuardian(birthDate, TODAY)).toBe(expected)
})
