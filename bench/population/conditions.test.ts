import { describe, expect, test } from 'vitest'
import { dateOf, DAYS_PER_YEAR, dayOf } from './calendar.ts'
import { clinicalPicture, CONDITION_NAMES, onsetAge, reliefOn } from './conditions.ts'
import { drawLatent, type Latent, NO_RELIEF, systolicAt } from './physiology.ts'
import { Random } from './random.ts'
import type { Therapy } from './treatments.ts'
import type { Person } from './types.ts'

const TODAY = dayOf('2026-11-21')

function aBody(changes: Partial<Latent> = {}): Latent {
  const person = {
    sex: 'male',
    smoking: 'never',
    drinking: 'never',
    exercisePerWeek: 2,
    familyHistory: [],
  } as unknown as Person
  return { ...drawLatent(new Random(2), person, 60), pressureZ: 0, diastolicZ: 0, glucoseZ: -1, ...changes }
}

describe('onset', () => {
  test('is the first year of an unbroken stretch', () => {
    expect(onsetAge((_, age) => age >= 40 || age === 20, aBody(), 60)).toBe(40)
    expect(onsetAge((_, age) => age >= 61, aBody(), 60)).toBeNull()
    expect(onsetAge(() => true, aBody(), 9.5)).toBeLessThan(5)
  })

  test('of high pressure comes when the set point crosses 140', () => {
    const body = aBody({ pressureZ: 1.2, diastolicZ: -3 })
    const onset = onsetAge((who, age) => systolicAt(who, age) >= 140, body, 65) as number
    expect(systolicAt(body, onset)).toBeGreaterThanOrEqual(140)
    expect(systolicAt(body, onset - 1)).toBeLessThan(140)
  })
})

describe('the clinical picture', () => {
  const pictures = (body: Latent, age: number) =>
    Array.from({ length: 400 }, (_, index) => clinicalPicture(new Random(1, index, 4), body, age, TODAY))

  test('of a body with high pressure and sugar is known in most, treated in most of these', () => {
    const found = pictures(aBody({ pressureZ: 2.5, glucoseZ: 2.5 }), 68)
    for (const code of ['I10', 'E11']) {
      const known = found.filter((picture) => picture.conditions.some((condition) => condition.code === code))
      const treated = known.filter((picture) => picture.medications.some((medication) => medication.forCode === code))
      expect(known.length / 400).toBeGreaterThan(0.8)
      expect(treated.length / known.length).toBeGreaterThan(0.7)
      expect(treated.length / known.length).toBeLessThan(0.95)
    }
  })

  test('of a healthy body knows neither', () => {
    const codes = new Set(
      pictures(aBody({ pressureZ: -1.5, diastolicZ: -1.5 }), 35).flatMap((picture) =>
        picture.conditions.map(({ code }) => code),
      ),
    )
    expect(codes.has('I10')).toBe(false)
    expect(codes.has('E11')).toBe(false)
  })

  test('dates treatment after the finding, and everything before the last day', () => {
    for (const picture of pictures(aBody({ pressureZ: 2, glucoseZ: 2, ldlZ: 2, urateZ: 2 }), 66)) {
      for (const medication of picture.medications) {
        const condition = picture.conditions.find(({ code }) => code === medication.forCode)
        expect(condition && condition.recordedOn <= medication.startOn).toBe(true)
        expect(medication.startOn <= dateOf(TODAY)).toBe(true)
        expect(medication.dose).toMatch(/每日|每晚/)
      }
      expect(
        picture.conditions.every(
          (condition) => condition.recordedOn < dateOf(TODAY) && condition.name === CONDITION_NAMES[condition.code],
        ),
      ).toBe(true)
    }
  })

  test('looks for adult diseases in adults only', () => {
    const youngest = dateOf(TODAY - Math.round(10 * DAYS_PER_YEAR))
    for (const picture of pictures(aBody({ pressureZ: 3, glucoseZ: 3 }), 30)) {
      for (const condition of picture.conditions) expect(condition.recordedOn >= youngest).toBe(true)
    }
  })
})

describe('relief', () => {
  const therapies: Therapy[] = [
    { target: 'pressure', fromDay: 1000, strength: 0.8 },
    { target: 'pressure', fromDay: 2000, strength: 0.4 },
    { target: 'lipid', fromDay: 1500, strength: 1 },
  ]
  test.each([
    [999, 0, 0],
    [1000, 0, 0],
    [1020, 0.4, 0],
    [1040, 0.8, 0],
    [1600, 0.8, 1],
    [2100, 1.2, 1],
  ])('on day %i is pressure %d, lipid %d', (day, pressure, lipid) => {
    const relief = reliefOn(therapies, day, { ...NO_RELIEF, urate: 9 })
    expect(relief.pressure).toBeCloseTo(pressure, 9)
    expect(relief.lipid).toBe(lipid)
    expect(relief.urate).toBe(0)
  })

  test('never passes its ceiling', () => {
    const many = Array.from({ length: 5 }, (): Therapy => ({ target: 'glucose', fromDay: 0, strength: 1 }))
    expect(reliefOn(many, 500, { ...NO_RELIEF }).glucose).toBe(1.35)
  })
})
