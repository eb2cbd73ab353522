import { describe, expect, test } from 'vitest'
import { dateOf, dayOf } from './calendar.ts'
import { drawLatent, type Latent } from './physiology.ts'
import { Random } from './random.ts'
import { surgicalHistory } from './surgery.ts'
import type { Condition, Person } from './types.ts'
import { worryOf } from './worries.ts'

const LAST = dayOf('2026-11-21')
const person = {
  sex: 'female',
  smoking: 'never',
  drinking: 'never',
  exercisePerWeek: 2,
  familyHistory: [],
  ageYears: 45,
  occupation: '教师',
} as unknown as Person
const body: Latent = drawLatent(new Random(1), person, 45)

const gallstones = (): Condition[] => [
  { code: 'K80.2', name: '胆囊结石', recordedOn: '1995-01-01', status: 'active', resolvedOn: null },
]

function histories(conditions: () => Condition[], age = 45, count = 4000) {
  return Array.from({ length: count }, (_, index) => {
    const known = conditions()
    return { known, ...surgicalHistory(new Random(1, index, 5), index, body, age, LAST, known) }
  })
}
const operated = (all: ReturnType<typeof histories>) => all.filter(({ procedures }) => procedures.length > 0)

describe('operations', () => {
  test('come to a share that grows with age', () => {
    const share = (age: number) => operated(histories(() => [], age)).length / 4000
    expect(share(12)).toBeLessThan(0.03)
    expect(share(70)).toBeGreaterThan(share(40))
    expect(share(70)).toBeLessThan(0.35)
  })

  test('take out a gall bladder only where stones are known, and heal them', () => {
    const removed = operated(histories(gallstones)).filter(({ procedures }) => procedures[0]?.code === '51.23')
    expect(removed.length).toBeGreaterThan(50)
    for (const { known, procedures } of removed) {
      expect(known[0]).toMatchObject({ code: 'K80.2', status: 'resolved', resolvedOn: procedures[0]?.on })
    }
    expect(operated(histories(() => [])).some(({ procedures }) => procedures[0]?.code === '51.23')).toBe(false)
  })

  test('are held by a stay in hospital, open while it lasts', () => {
    const stays = operated(histories(gallstones)).map(({ procedures, admissions }) => ({
      on: procedures[0]?.on as string,
      stay: admissions[0],
    }))
    for (const { on, stay } of stays) {
      expect(stay && stay.admittedOn <= on && (stay.dischargedOn === null || stay.dischargedOn >= on)).toBe(true)
      expect(stay?.dischargedOn === null || (stay?.dischargedOn ?? '') <= dateOf(LAST)).toBe(true)
    }
    expect(stays.some(({ stay }) => stay?.dischargedOn === null)).toBe(true)
  })

  test('keep the list of conditions in order', () => {
    for (const { known } of operated(histories(gallstones))) {
      expect(known.map(({ recordedOn }) => recordedOn)).toEqual(known.map(({ recordedOn }) => recordedOn).sort())
    }
  })

  test('leave a heart its disease', () => {
    const stented = operated(
      histories(
        () => [{ code: 'I25.1', name: '冠心病', recordedOn: '2001-01-01', status: 'active', resolvedOn: null }],
        66,
      ),
    ).filter(({ procedures }) => procedures[0]?.code === '36.07')
    expect(stented.length).toBeGreaterThan(20)
    expect(stented.every(({ known }) => known[0]?.status === 'active')).toBe(true)
  })
})

describe('what people worry about', () => {
  const asked = (changes: Partial<Person>, code?: string, operation?: string) =>
    Array.from({ length: 500 }, (_, index) =>
      worryOf(
        new Random(1, index, 6),
        { ...person, ...changes },
        code ? [{ code, name: '', recordedOn: '2020-01-01', status: 'active', resolvedOn: null }] : [],
        operation ? [{ code: operation, name: '', on: '2026-11-19', forCode: 'X' }] : [],
        operation !== undefined,
      ),
    ).filter((worry) => worry !== null)

  test('is asked of the ill more often', () => {
    expect(asked({}, 'I10').length).toBeGreaterThan(asked({}).length * 1.5)
  })

  test('follows the disease', () => {
    expect(asked({}, 'E11').filter((worry) => /胰岛素|糖尿病|截肢|血糖|不敢吃/.test(worry)).length).toBeGreaterThan(100)
    expect(asked({}, 'I10').some((worry) => /胰岛素|截肢/.test(worry))).toBe(false)
  })

  test('follows the operation: no wound to cough open after an eye', () => {
    expect(asked({ ageYears: 70, occupation: '退休' }, undefined, '13.41').every((worry) => /眼/.test(worry))).toBe(
      true,
    )
    expect(asked({}, undefined, '06.39').some((worry) => /化验结果/.test(worry))).toBe(true)
    expect(asked({}, undefined, '51.23').some((worry) => /化验结果/.test(worry))).toBe(false)
  })

  test('fits the age', () => {
    expect(asked({ ageYears: 70, occupation: '退休' }, 'I10').some((worry) => /三十几岁|应酬|单位/.test(worry))).toBe(
      false,
    )
    expect(asked({ ageYears: 9 }, 'I10').every((worry) => worry.includes('孩子'))).toBe(true)
  })
})
