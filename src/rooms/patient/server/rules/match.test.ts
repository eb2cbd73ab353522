import { expect, test } from 'vitest'
import { matchPerson, type ComparedKnown } from './match.ts'

const a: ComparedKnown = {
  id: 'a',
  name: '王芳',
  birthDate: '1980-01-01',
  paper: 'paperA',
  recordNumber: 'R1',
  phones: ['tel1'],
}
const b: ComparedKnown = {
  id: 'b',
  name: '王芳',
  birthDate: '1990-02-02',
  paper: null,
  recordNumber: 'R2',
  phones: ['tel1'],
}
const twin: ComparedKnown = { ...b, id: 'c', recordNumber: null }

test.each([
  ['the paper', { paper: 'paperA' }, [a, b], { patientId: 'a', by: 'paper' }],
  [
    'the paper although the name is spelled otherwise',
    { paper: 'paperA', name: 'WANG FANG', birthDate: '1980-01-01' },
    [a],
    { patientId: 'a', by: 'paper' },
  ],
  [
    'the paper, but name and birth date both not',
    { paper: 'paperA', name: '李四', birthDate: '1999-09-09' },
    [a],
    { candidates: ['a'] },
  ],
  ['the record number alone', { recordNumber: 'R2' }, [a, b], { patientId: 'b', by: 'record-number' }],
  ['the record number with another name', { recordNumber: 'R2', name: '李四' }, [b], { candidates: ['b'] }],
  ['the record number with another paper', { recordNumber: 'R1', paper: 'paperX' }, [a], { candidates: ['a'] }],
  [
    'phone, name and birth date',
    { phone: 'tel1', name: '王芳', birthDate: '1980-01-01' },
    [a, b],
    { patientId: 'a', by: 'phone-name-birth' },
  ],
  ['phone and name without a birth date', { phone: 'tel1', name: '王芳' }, [a, b], { candidates: ['a', 'b'] }],
  [
    'two people alike in all three',
    { phone: 'tel1', name: '王芳', birthDate: '1990-02-02' },
    [b, twin],
    { candidates: ['b', 'c'] },
  ],
  [
    'all three, but another paper',
    { phone: 'tel1', name: '王芳', birthDate: '1980-01-01', paper: 'paperX' },
    [a],
    { candidates: ['a'] },
  ],
  ['the phone alone', { phone: 'tel1' }, [a, b], {}],
  ['nothing', {}, [a, b], {}],
  [
    'one person under two rows of numbers',
    { recordNumber: 'R1' },
    [a, { ...a, paper: null }],
    { patientId: 'a', by: 'record-number' },
  ],
])('%s', (_case, person, known, expected) => {
  expect(matchPerson(person, known)).toEqual(expected)
})

test.each([
  ['another name in the same script is in doubt', { paper: 'paperA', name: '李四' }, { candidates: ['a'] }],
  ['a transcription is not', { paper: 'paperA', name: 'WANG FANG' }, { patientId: 'a', by: 'paper' }],
  ['the same name is not', { paper: 'paperA', name: '王 芳' }, { patientId: 'a', by: 'paper' }],
])('a paper with strict names: %s', (_case, person, expected) => {
  expect(matchPerson(person, [a], true)).toEqual(expected)
})
