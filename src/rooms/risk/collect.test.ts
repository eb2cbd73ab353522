import { describe, expect, test } from 'vitest'
import type { InputSpec } from '../../clinical/instrument/core/input.ts'
import { answerTo, findInput } from './server/collect.ts'
import type { Facts, ObservedFact } from './server/facts.ts'
import { questionByCode, type InputSource } from './server/mapping.ts'

const TODAY = '2026-11-22'
const NOBODY: Facts = {
  patientId: 'p',
  sex: 'female',
  birthDate: '1960-11-23',
  observations: [],
  conditions: [],
  medications: [],
  families: [],
  absences: [],
  answers: [],
}
const words = { zh: '', en: '' }
const number = (unit?: string, integer?: true): InputSpec => ({ kind: 'number', ...words, unit, integer })

const seen = (code: string, value: number, on: string, more: Partial<ObservedFact> = {}): ObservedFact => ({
  id: `${code}-${on}-${value}`,
  code,
  value,
  text: null,
  unit: null,
  method: null,
  on,
  ...more,
})

describe('measured', () => {
  const find = (source: InputSource, observations: ObservedFact[], spec = number()) =>
    findInput(source, spec, { ...NOBODY, observations }, TODAY)

  test('the newest within its window, with its id and day', () => {
    expect(find({ indicator: 'weight', months: 24 }, [seen('weight', 60, '2026-01-02')], number('kg'))).toEqual({
      value: 60,
      unit: 'kg',
      from: 'observation',
      ids: ['weight-2026-01-02-60'],
      on: '2026-01-02',
    })
  })

  test.each([
    ['2025-11-22', 5],
    ['2025-11-21', undefined],
  ])('lipids of %s, a year back: %s', (on, value) => {
    expect(find({ indicator: 'tc', months: 12 }, [seen('tc', 5, on)])?.value).toBe(value)
  })

  test('in the unit that is asked for', () => {
    const found = find({ indicator: 'crea', months: 12 }, [seen('crea', 88.4, TODAY)], number('mg/dL'))
    expect(found?.value).toBeCloseTo(1, 9)
  })

  test.each([
    [
      'two of the newest day',
      [seen('sbp', 150, TODAY), seen('sbp', 140, TODAY), seen('sbp', 110, '2026-11-01')],
      145,
      2,
    ],
    ['a single one', [seen('sbp', 150, TODAY), seen('sbp', 110, '2026-11-01')], 150, 1],
    [
      'at home it is another measure',
      [seen('sbp', 150, TODAY, { method: 'home' }), seen('sbp', 110, '2026-11-01')],
      110,
      1,
    ],
  ])('a pressure: %s', (_what, observations, value, count) => {
    expect(find({ pressure: 'sbp', months: 24 }, observations)).toMatchObject({ value, count })
  })

  test('a mean is rounded only where whole numbers are asked for', () => {
    const readings = [seen('sbp', 150, TODAY), seen('sbp', 141, TODAY)]
    expect(find({ pressure: 'sbp', months: 24 }, readings)?.value).toBe(145.5)
    expect(find({ pressure: 'sbp', months: 24 }, readings, number('mm[Hg]', true))?.value).toBe(146)
  })
})

test('of the person: completed years, and a sex only where it is offered', () => {
  expect(findInput({ person: 'age' }, number('a'), NOBODY, TODAY)?.value).toBe(65)
  const sex: InputSpec = { kind: 'choice', of: ['male', 'female'], ...words }
  expect(findInput({ person: 'sex' }, sex, NOBODY, TODAY)?.value).toBe('female')
  expect(findInput({ person: 'sex' }, sex, { ...NOBODY, sex: 'unknown' }, TODAY)).toBeUndefined()
})

describe('asked', () => {
  const ask = (code: string, facts: Partial<Facts>) => answerTo(questionByCode(code)!, { ...NOBODY, ...facts }, TODAY)
  const on = '2026-01-01'
  const answered = (question: string, value: unknown, day = on) => [{ id: 'a', question, value, by: '王护士', on: day }]
  const none = (about: string) => [{ id: 'n', about, on }]
  const smoked = (text: string, day = on) => [seen('local:peiban|smoking', 0, day, { value: null, text })]

  const table: [string, string, Partial<Facts>, boolean | undefined, string | undefined][] = [
    ['silence is no answer', 'diabetes', {}, undefined, undefined],
    ['another illness neither', 'diabetes', { conditions: [{ id: 'c', code: 'I10', on }] }, undefined, undefined],
    ['an active illness', 'diabetes', { conditions: [{ id: 'c', code: 'E11.9', on }] }, true, 'condition'],
    ['asked, there is none', 'diabetes', { absences: none('condition') }, false, 'absence'],
    [
      'a record of illness outweighs an answer',
      'diabetes',
      { conditions: [{ id: 'c', code: 'E11', on }], answers: answered('diabetes', false) },
      true,
      'condition',
    ],
    ['an answer', 'diabetes', { answers: answered('diabetes', false) }, false, 'answer'],
    [
      'an answer that has grown old',
      'diabetes',
      { answers: answered('diabetes', false, '2024-11-21') },
      undefined,
      undefined,
    ],
    [
      'a medicine by part of its name',
      'blood-pressure-treated',
      { medications: [{ id: 'm', name: '苯磺酸氨氯地平片', on }] },
      true,
      'medication',
    ],
    [
      'another medicine',
      'blood-pressure-treated',
      { medications: [{ id: 'm', name: '二甲双胍', on }] },
      undefined,
      undefined,
    ],
    ['a father', 'family-diabetes', { families: [{ id: 'f', relation: 'father', code: 'E11', on }] }, true, 'family'],
    [
      'a grandparent is too far',
      'family-diabetes',
      { families: [{ id: 'f', relation: 'grandparent', code: 'E11', on }] },
      undefined,
      undefined,
    ],
    ['smokes', 'smoking', { observations: smoked('current') }, true, 'observation'],
    ['has stopped', 'smoking', { observations: smoked('former') }, false, 'observation'],
    [
      'a newer answer outweighs what was written',
      'smoking',
      { observations: smoked('current'), answers: answered('smoking', false, '2026-02-01') },
      false,
      'answer',
    ],
    [
      'an older one does not',
      'smoking',
      { observations: smoked('current'), answers: answered('smoking', false, '2025-12-01') },
      true,
      'observation',
    ],
  ]
  test.each(table)('%s', (_what, code, facts, value, from) => {
    const found = ask(code, facts)
    expect([found?.value, found?.from]).toEqual([value, from])
  })
})
