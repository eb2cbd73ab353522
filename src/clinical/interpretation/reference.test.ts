import { describe, expect, it } from 'vitest'
import { indicatorByCode, type Sex } from '../indicator/indicator.ts'
import { interpret, referenceFor } from './reference.ts'

const of = (code: string) => indicatorByCode(code)!

describe('referenceFor', () => {
  it.each<[string, Sex | undefined, number | undefined, number | undefined, number | undefined]>([
    // WS/T 404.5-2015: creatinine by sex and age
    ['crea', 'male', 59, 57, 97],
    ['crea', 'male', 59.9, 57, 97],
    ['crea', 'male', 60, 57, 111],
    ['crea', 'male', 79, 57, 111],
    ['crea', 'female', 20, 41, 73],
    ['crea', 'female', 60, 41, 81],
    // WS/T 404.1-2012: alkaline phosphatase of women changes at 50
    ['alp', 'female', 49, 35, 100],
    ['alp', 'female', 50, 50, 135],
    ['alp', 'male', 50, 45, 125],
    // WS/T 405-2012
    ['hgb', 'male', 18, 130, 175],
    ['hgb', 'female', 90, 115, 150],
    ['wbc', undefined, undefined, 3.5, 9.5],
  ])('%s %s %s → %s–%s', (code, sex, age, low, high) => {
    expect(referenceFor(of(code), sex, age)).toMatchObject({
      low,
      high,
      ours: true,
      source: expect.stringContaining('WS/T'),
    })
  })

  it.each<[string, string, Sex | undefined, number | undefined]>([
    ['crea', 'age beyond the standard', 'male', 80],
    ['crea', 'age under it', 'male', 19],
    ['crea', 'age not known', 'male', undefined],
    ['hgb', 'sex not known', undefined, 40],
    ['wbc', 'a child', 'male', 17.9],
    ['weight', 'no interval', 'male', 40],
    ['psa', 'not of this sex', 'female', 60],
  ])('%s: none for %s', (code, _why, sex, age) => expect(referenceFor(of(code), sex, age)).toBeUndefined())

  it('keeps exclusive bounds', () =>
    expect(referenceFor(of('tc'), 'male', 40)).toMatchObject({ high: 5.2, highExclusive: true }))
})

describe('interpret', () => {
  const tc = { indicator: of('tc'), value: 5.4, ownValue: 5.4, sex: 'male' as const, ageYears: 50 }

  it('lets the flag of the laboratory win over its interval, and its interval over ours', () => {
    expect(interpret({ ...tc, laboratoryFlag: 'HH', laboratoryRange: { high: 6 } })).toEqual({
      flag: 'HH',
      range: { high: 6 },
      by: 'laboratory-flag',
    })
    expect(interpret({ ...tc, laboratoryRange: { high: 6 } })).toEqual({
      flag: 'N',
      range: { high: 6 },
      by: 'laboratory-range',
    })
    expect(interpret(tc)).toMatchObject({ flag: 'H', by: 'own-range', range: { ours: true, high: 5.2 } })
  })

  it('judges against ours only in our unit', () => {
    expect(interpret({ ...tc, value: 200, ownValue: 5.172 })).toMatchObject({ flag: 'N', by: 'own-range' })
    expect(interpret({ ...tc, value: 200, ownValue: undefined })).toEqual({ flag: undefined, by: 'nothing' })
  })

  it('says nothing without any range', () => {
    expect(interpret({ value: 5 })).toEqual({ flag: undefined, by: 'nothing' })
    expect(interpret({ ...tc, ageYears: 9 })).toEqual({ flag: undefined, by: 'nothing' })
  })

  it('passes the comparator on', () =>
    expect(interpret({ ...tc, value: 9, ownValue: 9, comparator: '>' })).toMatchObject({ flag: 'H' }))
})
