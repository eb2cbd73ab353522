import { expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { fleischner2017 } from './fleischner-2017.ts'
import card from './model.json' with { type: 'json' }

const nodule = { type: 'solid', diameterMm: 7, count: 'single', risk: 'low' }
const plan = (input: object) => answer(fleischner2017, { ...nodule, ...input }).output.followUpMonths

test.each([
  [{ diameterMm: 5.99 }, 'none'],
  [{ diameterMm: 6 }, '6-12 then consider 18-24'],
  [{ diameterMm: 8 }, '6-12 then consider 18-24'],
  [{ diameterMm: 8.01 }, '3 or PET/biopsy'],
  [{ count: 'multiple', diameterMm: 5.99, risk: 'high' }, 'optional 12'],
  [{ count: 'multiple', diameterMm: 6, risk: 'high' }, '3-6 then 18-24'],
  [{ type: 'groundGlass', diameterMm: 5.99 }, 'none'],
  [{ type: 'groundGlass', diameterMm: 6 }, '6-12 then every 24 until 60'],
  [{ type: 'partSolid', diameterMm: 6 }, '3-6 then annual 60'],
  [{ type: 'partSolid', count: 'multiple', diameterMm: 5 }, '3-6 then consider 24 and 48'],
])('%j: %s', (input, text) => expect(plan(input)).toBe(text))

test('every plan of the table is known, and a first recheck never comes later for a larger or riskier nodule', () => {
  const first = (input: object) =>
    (answer(fleischner2017, { ...nodule, ...input }).output.monthsTo as number | null) ?? 999
  for (const type of Object.keys(card.table))
    for (const count of ['single', 'multiple']) {
      for (const risk of ['low', 'high'])
        expect(first({ type, count, risk, diameterMm: 9 })).toBeLessThanOrEqual(
          first({ type, count, risk, diameterMm: 5 }),
        )
      for (const diameterMm of [5, 7, 9])
        expect(first({ type, count, risk: 'high', diameterMm })).toBeLessThanOrEqual(
          first({ type, count, risk: 'low', diameterMm }),
        )
    }
})

test('the system stands beside the plan, the scan date and the radiologist are named', () => {
  const result = answer(fleischner2017, nodule)
  expect(result.output.system).toBe('Fleischner 2017')
  expect(result.caveats).toEqual(['from-scan-date', 'radiologist-first'])
})

test('screening, known cancer and people below 35 are refused', () => {
  expect(evaluate(fleischner2017, { ...nodule, screening: true }).refused?.notApplicable).toBe('screening')
  expect(evaluate(fleischner2017, { ...nodule, knownCancer: true }).refused?.notApplicable).toBe('known-cancer')
  expect(evaluate(fleischner2017, { ...nodule, age: 34 }).refused?.invalid[0]).toMatchObject({
    input: 'age',
    reason: 'below',
  })
})
