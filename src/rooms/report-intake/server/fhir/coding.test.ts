import { describe, expect, it } from 'vitest'
import { codeOf, readConcept, readConcepts } from './coding.ts'
import { readChoiceOfTime, readDateTime } from './time.ts'

describe('readConcept', () => {
  it('reads every coding and prefers the Chinese name', () => {
    const concept = {
      text: 'Bilirubin',
      coding: [
        { system: 'http://loinc.org', code: '1975-2', display: 'Bilirubin.total' },
        { system: 'https://lis.example.org/items', code: '1001', display: '*总胆红素' },
        { code: 'TBIL' },
        { display: 'no code' },
      ],
    }
    expect(readConcept(concept)).toEqual({
      name: '总胆红素',
      codes: [
        { code: '1975-2', system: 'loinc', name: 'Bilirubin.total' },
        { code: '1001', system: 'other', systemText: 'https://lis.example.org/items', name: '*总胆红素' },
        { code: 'TBIL', system: 'local' },
      ],
    })
  })

  it.each([
    [{ text: 'Glucose' }, 'Glucose'],
    [{ coding: [{ code: 'GLU' }] }, 'GLU'],
    [{}, ''],
    [null, ''],
    ['text', ''],
  ])('%j is called %j', (concept, name) => {
    expect(readConcept(concept).name).toBe(name)
  })

  it.each([
    ['http://snomed.info/sct', 'snomed'],
    ['http://hl7.org/fhir/sid/icd-10', 'icd-10'],
    ['http://www.nlm.nih.gov/research/umls/rxnorm', 'rxnorm'],
    ['http://www.whocc.no/atc', 'atc'],
    ['http://example.org', 'other'],
  ])('%s is %s', (system, expected) => {
    expect(readConcepts([{ coding: [{ system, code: '1' }] }])[0]?.system).toBe(expected)
  })

  it('gives the first code of a fixed value set', () => {
    expect(codeOf({ coding: [{ code: 'active' }, { code: 'x' }] })).toBe('active')
    expect(codeOf(undefined)).toBe('')
  })
})

describe('times', () => {
  it.each([
    ['2026', 'year', '2026-01-01T00:00:00+08:00'],
    ['2026-02', 'month', '2026-02-01T00:00:00+08:00'],
    ['2026-02-03', 'day', '2026-02-03T00:00:00+08:00'],
    ['2026-02-03T00:00:00+00:00', 'second', '2026-02-03T00:00:00+00:00'],
    ['2026-02-03T04:05:06.789Z', 'second', '2026-02-03T04:05:06.789Z'],
    ['2026-02-03T04:05:06', 'second', '2026-02-03T04:05:06+08:00'],
  ])('%s', (text, precision, at) => {
    expect(readDateTime(text, 'Asia/Shanghai')).toEqual({ at, precision })
  })

  it.each(['', 'today', '2026-02-30', '20260203', null, 5, {}])('nothing of %j', (value) => {
    expect(readDateTime(value, 'Asia/Shanghai')).toBeUndefined()
  })

  it('takes whichever choice there is', () => {
    const at = '2026-02-03T04:05:06Z'
    for (const resource of [{ effectiveDateTime: at }, { effectivePeriod: { start: at } }, { effectiveInstant: at }]) {
      expect(readChoiceOfTime(resource, 'effective', 'Z')?.at).toBe(at)
    }
    expect(readChoiceOfTime({ effectiveTiming: {} }, 'effective', 'Z')).toBeUndefined()
  })
})
