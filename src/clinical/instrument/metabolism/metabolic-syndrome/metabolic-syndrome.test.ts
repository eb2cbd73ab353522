import { expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { metabolicSyndrome } from './metabolic-syndrome.ts'

const well = { sex: 'male', waistCm: 80, fpg: 5, sbp: 110, dbp: 70, tg: 1, hdl: 1.4 }
const n = (input: object) => answer(metabolicSyndrome, { ...well, ...input }).value

test.each([
  [{ waistCm: 89.99 }, 0],
  [{ waistCm: 90 }, 1],
  [{ sex: 'female', waistCm: 84.99 }, 0],
  [{ sex: 'female', waistCm: 85 }, 1],
  [{ fpg: 6.09 }, 0],
  [{ fpg: 6.1 }, 1],
  [{ ogtt2h: 7.79 }, 0],
  [{ ogtt2h: 7.8 }, 1],
  [{ fpg: 6.1, ogtt2h: 9, treatedDiabetes: true }, 1],
  [{ sbp: 129.9, dbp: 84.9 }, 0],
  [{ sbp: 130 }, 1],
  [{ dbp: 85 }, 1],
  [{ treatedHypertension: true }, 1],
  [{ treatedHypertension: false }, 0],
  [{ tg: 1.69 }, 0],
  [{ tg: 1.7 }, 1],
  [{ hdl: 1.04 }, 0],
  [{ hdl: 1.03 }, 1],
  [{ sex: 'female', waistCm: 70, hdl: 1.04 }, 0],
  [{ sex: 'female', waistCm: 70, hdl: 1.03 }, 1],
])('Chinese criteria: %j counts %i', (input, count) => expect(n(input)).toBe(count))

test('two are not enough, three are', () => {
  expect(answer(metabolicSyndrome, { ...well, waistCm: 90, fpg: 6.1 })).toMatchObject({
    band: 'not-met',
    output: { cds: false },
  })
  expect(answer(metabolicSyndrome, { ...well, waistCm: 90, fpg: 6.1, tg: 1.7 })).toMatchObject({
    band: 'met',
    output: { cds: true },
  })
})

test('the limits of 2004 (pressure 140/90) are gone', () => {
  expect(n({ sbp: 135 })).toBe(1)
})

test.each([
  ['the waist is obligatory', { fpg: 6, tg: 2, sbp: 140 }, false, 3],
  ['with the waist two are enough', { waistCm: 90, fpg: 5.6, tg: 1.7 }, true, 2],
  ['one is not', { waistCm: 90, fpg: 5.59, tg: 1.7 }, false, 1],
  ['a woman from 80 cm, HDL below 1.29', { sex: 'female', waistCm: 80, hdl: 1.28, tg: 1.7 }, true, 2],
  ['a woman of 79.9 cm', { sex: 'female', waistCm: 79.9, hdl: 1.28, tg: 1.7 }, false, 2],
  ['treatment counts', { waistCm: 90, treatedTriglycerides: true, treatedHdl: true }, true, 2],
])('IDF: %s', (_what, input, idf, count) => {
  expect(answer(metabolicSyndrome, { ...well, criteria: 'idf-2005', ...input }).output).toEqual({ idf, n: count })
})

test('without two-hour glucose this is said; triglycerides in mg/dL are refused', () => {
  expect(answer(metabolicSyndrome, well).caveats).toEqual(['without-ogtt'])
  expect(evaluate(metabolicSyndrome, { ...well, tg: 150 }).refused?.invalid[0]).toMatchObject({
    input: 'tg',
    reason: 'above',
  })
})
