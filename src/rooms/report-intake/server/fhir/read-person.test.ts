import { describe, expect, it } from 'vitest'
import { fictitiousId } from '../hl7/sample-message.ts'
import { personOfReference, readPerson } from './read-person.ts'

const id = fictitiousId('1981-03-05')

describe('readPerson', () => {
  it('reads a patient as Chinese systems write one', () => {
    const person = readPerson({
      identifier: [
        { system: 'urn:oid:2.16.156.10011.1.3', value: id },
        { type: { coding: [{ code: 'MR' }] }, value: '0012345' },
        { system: 'https://example.org/exam', value: 'TJ1' },
        { value: '' },
      ],
      name: [{ text: 'ZHANG SAN' }, { family: '张', given: ['三'] }],
      gender: 'female',
      birthDate: '1981-03-05',
      telecom: [
        { system: 'email', value: 'a@example.org' },
        { system: 'phone', value: '010-65550000' },
        { system: 'phone', value: '+86 13900001111' },
      ],
    })
    expect(person).toEqual({
      identifiers: [
        { system: 'national-id', value: id, typed: 'urn:oid:2.16.156.10011.1.3', checksumOk: true },
        { system: 'record-number', value: '0012345', typed: 'MR' },
        { system: 'unknown', value: 'TJ1', typed: 'https://example.org/exam' },
      ],
      name: '张三',
      pinyin: 'ZHANG SAN',
      sex: 'female',
      birthDate: '1981-03-05',
      phone: '13900001111',
    })
  })

  it.each([
    [{ text: '李四' }, '李四'],
    [{ family: '欧阳', given: ['修'] }, '欧阳修'],
    [{ family: 'Schaefer', given: ['Shavonne'] }, 'Shavonne Schaefer'],
    [{ family: '王', given: ['五'], text: 'Wang Wu' }, '王五'],
  ])('name %j', (name, expected) => {
    expect(readPerson({ name: [name] }).name).toBe(expected)
  })

  it('leaves out what is not said, and a birth date that is not whole', () => {
    expect(readPerson({ birthDate: '1981', gender: 'strange' })).toEqual({ identifiers: [], sex: 'unknown' })
  })
})

describe('personOfReference', () => {
  it.each([
    [{ reference: 'Patient/7' }, [{ system: 'unknown', value: 'Patient/7', typed: 'reference' }]],
    [{ reference: 'Patient?identifier=urn:x|0012345' }, [{ system: 'unknown', value: '0012345', typed: 'reference' }]],
    [
      { identifier: { type: { coding: [{ code: 'MR' }] }, value: '0012345' } },
      [{ system: 'record-number', value: '0012345', typed: 'MR' }],
    ],
    [undefined, []],
  ])('%j', (reference, identifiers) => {
    expect(personOfReference(reference).identifiers).toEqual(identifiers)
  })
})
