import { expect, test } from 'vitest'
import type { NewPatient, PatientView } from '../contract/person.ts'
import { changesOf, formOf } from './patient-changes.ts'

const patient = {
  name: '王芳',
  sex: 'female',
  birthDate: '1980-01-02',
  paper: { kind: 'passport', masked: 'E****78' },
  phoneMasked: '138****0001',
  recordNumber: 'B1',
  level: 'gold',
  source: 'outpatient',
  called: '芳姐',
} as unknown as PatientView

test('nothing touched changes nothing, and no sealed number is ever in the form', () => {
  const form = formOf(patient)
  expect(form).toMatchObject({ paper: { kind: 'passport', number: '' } })
  expect(form).not.toHaveProperty('phone')
  expect(changesOf(patient, form as NewPatient)).toEqual({})
})

test.each([
  [{ name: '王方' }, { name: '王方' }],
  [{ birthDate: undefined }, { birthDate: null }],
  [{ recordNumber: ' ' }, { recordNumber: null }],
  [{ phone: '13800000002' }, { phone: '13800000002' }],
  [{ phone: ' ', email: '' }, {}],
  [{ guardianEmail: ' ma@example.com' }, { guardianEmail: 'ma@example.com' }],
  [
    { paper: { kind: 'national-id', number: '51343620000320711X' } },
    { paper: { kind: 'national-id', number: '51343620000320711X' } },
  ],
  [
    { called: undefined, level: 'silver' },
    { called: '', level: 'silver' },
  ],
])('%j', (typed, expected) => {
  expect(changesOf(patient, { ...formOf(patient), ...typed } as NewPatient)).toEqual(expected)
})
