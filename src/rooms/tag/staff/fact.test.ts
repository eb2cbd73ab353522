import { expect, test } from 'vitest'
import { readFacts } from './fact.ts'

const sbp = {
  kind: 'observation',
  id: '1',
  code: 'sbp',
  value: 150,
  text: null,
  unit: 'mm[Hg]',
  flag: 'H',
  at: '2026-03-02T02:00:00Z',
  report: null,
}

test('what was measured comes first, each fact once, an unknown kind is left out', () => {
  const facts = readFacts([{ kind: 'age', years: 61, birthDate: '1965-01-01' }, sbp, { kind: 'moon' }, sbp])
  expect(facts.map(({ kind }) => kind)).toEqual(['observation', 'age'])
})

test('a value that came as text is a number again', () => {
  expect(readFacts([{ ...sbp, value: '7.20' }])).toMatchObject([{ value: 7.2 }])
})
