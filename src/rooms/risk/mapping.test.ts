import { describe, expect, test } from 'vitest'
import { indicatorByCode } from '../../clinical/index.ts'
import { instrumentByCode } from '../../clinical/instrument/registry.ts'
import { mapped, mappings, medicinesOf, questionByCode } from './server/mapping.ts'
import { addMonths } from './server/window.ts'

describe.each(mappings.map((one) => [one.instrument, one] as const))('where %s finds its inputs', (_code, mapping) => {
  const instrument = instrumentByCode(mapping.instrument)

  test('each source is known, with a window where it grows old', () => {
    for (const source of Object.values(mapping.inputs)) {
      if ('indicator' in source) expect(indicatorByCode(source.indicator), source.indicator).toBeDefined()
      if ('question' in source) expect(questionByCode(source.question), source.question).toBeDefined()
      if ('months' in source) expect(source.months).toBeGreaterThan(0)
    }
    for (const code of [...(mapping.notWith ?? []), ...(mapping.only?.yes ?? [])])
      expect(questionByCode(code), code).toBeDefined()
  })

  test.skipIf(!instrument)('each input and form it names is one of the instrument', () => {
    const { forms } = instrument!
    const names = new Set(forms.flatMap((form) => Object.keys(form.inputs)))
    expect(Object.keys(mapping.inputs).filter((input) => !names.has(input))).toEqual([])
    const codes = forms.map((form) => form.code)
    expect((mapping.forms ?? []).filter((code) => !codes.includes(code))).toEqual([])
  })

  test.skipIf(!instrument)('some form can be filled from it: every required input is found', () => {
    const fillable = instrument!.forms.filter((form) =>
      Object.entries(form.inputs).every(([input, spec]) => spec.optional || Object.hasOwn(mapping.inputs, input)),
    )
    expect(fillable.length).toBeGreaterThan(0)
  })
})

test('medicines that a question asks for are listed', () => {
  const asked = mapped.flatMap(({ mapping }) =>
    Object.values(mapping.inputs).flatMap((source) =>
      'question' in source ? (questionByCode(source.question)?.medicine ?? []) : [],
    ),
  )
  for (const key of asked) expect(medicinesOf(key).length).toBeGreaterThan(0)
})

test.each([
  ['2026-03-31', -1, '2026-02-28'],
  ['2028-02-29', 12, '2029-02-28'],
  ['2026-11-22', -12, '2025-11-22'],
  ['2026-01-15', -1, '2025-12-15'],
  ['2026-11-22', -216, '2008-11-22'],
])('%s and %i months is %s', (date, months, expected) => expect(addMonths(date, months)).toBe(expected))
