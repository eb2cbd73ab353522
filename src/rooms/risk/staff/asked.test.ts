import { expect, test } from 'vitest'
import type { MissingInput } from '../contract/risk.ts'
import { askedFor } from './asked.ts'

const measure = (...codes: string[]): MissingInput => ({
  input: codes[0]!,
  label: { zh: '', en: '' },
  optional: false,
  way: { measure: codes.map((code) => ({ code, label: { zh: code, en: code }, unit: 'mmHg', ucum: 'mm[Hg]' })) },
})
const question = (code: string): MissingInput => ({
  input: code,
  label: { zh: code, en: code },
  optional: false,
  way: { question: code, kind: 'yes-no', choices: [], min: null, max: null },
})
const inFile: MissingInput = { input: 'age', label: { zh: '年龄', en: 'age' }, optional: false, way: { file: true } }

test('both pressures are asked once, whichever is missing, and questions as they are', () => {
  const asked = askedFor([measure('sbp', 'dbp'), measure('sbp', 'dbp'), question('smoking'), question('smoking')])
  expect(asked.map(({ name }) => name)).toEqual(['sbp', 'dbp', 'smoking'])
  expect(asked[0]).toMatchObject({ measure: 'sbp', unit: 'mmHg', ucum: 'mm[Hg]' })
})

test('what stands in the file of the person is not asked here', () => {
  expect(askedFor([inFile])).toEqual([])
})
