import { expect, test } from 'vitest'
import { newPatient } from '../../patient/contract/person.ts'
import { patientOf, type OpenCardValues } from './open-card-values.ts'

const base: OpenCardValues = {
  name: '王芳',
  paper: { kind: 'national-id', number: ' ' },
  phone: ' ',
  email: '',
  recordNumber: '',
  consents: { promotion: true },
}

test('what is empty is left out, and the answer fits the contract', () => {
  const patient = patientOf(base, false)
  expect(patient).toMatchObject({
    name: '王芳',
    paper: undefined,
    phone: undefined,
    email: undefined,
    recordNumber: undefined,
  })
  expect(patient).not.toHaveProperty('consents')
  expect(newPatient.safeParse(patient).success).toBe(true)
})

test('a guardian counts for children only', () => {
  const guardian = { name: '王妈妈', relation: 'mother' as const, phone: '13800000001' }
  expect(patientOf({ ...base, guardian }, true).guardian).toEqual(guardian)
  expect(patientOf({ ...base, guardian }, false).guardian).toBeUndefined()
})
