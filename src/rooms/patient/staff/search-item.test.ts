import { expect, test } from 'vitest'
import type { PatientLine } from '../contract/person.ts'
import { searchItemOf } from './search-item.ts'

const row = {
  id: '0190' as PatientLine['id'],
  name: '王秀英',
  called: '',
  sex: 'female',
  birthDate: '1961-03-02',
  ageYears: 65,
  phoneMasked: '138****1999',
  recordNumber: 'B1',
  level: 'gold',
  source: 'outpatient',
  state: 'active',
  doctor: null,
  manager: null,
  counsellor: null,
  createdAt: '',
} satisfies PatientLine

test.each([
  [row, 'words.sex.female · 1961-03-02 · 138****1999 · B1'],
  [{ ...row, sex: 'unknown' as const, birthDate: null, recordNumber: null }, '138****1999'],
  [
    {
      ...row,
      state: 'deceased' as const,
      phoneMasked: null,
      recordNumber: null,
      doctor: { id: 'x' as never, name: '李医生' },
    },
    'words.sex.female · 1961-03-02 · 李医生 · words.state.deceased',
  ],
])('%#', (line, hint) => {
  expect(searchItemOf(line, (key) => key)).toEqual({ key: row.id, title: '王秀英', hint, to: '/patients/0190' })
})
