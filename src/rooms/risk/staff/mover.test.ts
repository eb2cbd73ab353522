import { expect, test } from 'vitest'
import type { InputSpecs } from '../../../clinical/instrument/core/input.ts'
import { mapped } from '../server/mapping.ts'
import type { UsedInput } from '../contract/risk.ts'
import { moversOf } from './mover.ts'

const used = (input: string, value: number | boolean | string): UsedInput => ({
  input,
  label: { zh: input, en: input },
  value,
  unit: '',
  from: 'observation',
  ids: [],
  on: null,
  count: null,
  by: null,
})
const specs: InputSpecs = {
  weight: { kind: 'number', zh: '', en: '', min: 50, max: 75, movable: true },
  hdl: { kind: 'number', zh: '', en: '', min: 0, max: 10 },
  tc: { kind: 'number', zh: '', en: '', movable: true },
  smoker: { kind: 'yes-no', zh: '', en: '', movable: true },
}

test.each([
  ['within the range of the model', used('weight', 60), { min: 50, max: 75, step: 1 }],
  ['small numbers by tenths', used('tc', 5), { min: 3, max: 7, step: 0.1 }],
  ['a habit as a switch', used('smoker', true), { value: true }],
])('%s', (_what, one, expected) => expect(moversOf(specs, [one])).toMatchObject([expected]))

test('what the instrument does not mark stays put', () => {
  expect(moversOf(specs, [used('hdl', 1.2), used('unknown', 1)])).toEqual([])
})

/** A bigger waist would lower the number of a man; age and sex nobody can change. */
test('no slider for the waist of a man in China-PAR, nor for age or sex in anything', () => {
  for (const { instrument } of mapped)
    for (const { code, inputs } of instrument.forms) {
      const names = moversOf(
        inputs,
        Object.entries(inputs).map(([input, spec]) => used(input, spec.kind === 'yes-no' ? false : 60)),
      ).map(({ input }) => input)
      expect(names.filter((name) => /^(age|ageYears|sex)$/.test(name))).toEqual([])
      if (instrument.card.code.startsWith('china-par') && code.startsWith('men')) expect(names).not.toContain('waistCm')
    }
})
