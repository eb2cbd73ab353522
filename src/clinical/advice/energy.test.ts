import { describe, expect, test } from 'vitest'
import { ACTIVITIES, ENERGY_GOALS, energyNeed, FLOOR_KCAL, restingEnergy, type EnergyInput } from './energy.ts'
import { proteinNeed } from './protein.ts'

const man: EnergyInput = { sex: 'male', ageYears: 45, heightCm: 175, weightKg: 85, activity: 'light', goal: 'keep' }
const woman: EnergyInput = { sex: 'female', ageYears: 60, heightCm: 160, weightKg: 66, activity: 'light', goal: 'keep' }
const computed = (input: EnergyInput) => {
  const answer = energyNeed(input)
  if (answer.state !== 'computed') throw new Error(JSON.stringify(answer))
  return answer
}
const refused = (input: EnergyInput) => {
  const answer = energyNeed(input)
  if (answer.state !== 'refused') throw new Error('computed')
  return answer
}

describe('resting energy by Mifflin and St Jeor, reckoned by hand', () => {
  test.each([
    // 10 × 70 + 6.25 × 175 − 5 × 30 + 5
    ['male', 30, 175, 70, 1648.75],
    // 10 × 60 + 6.25 × 165 − 5 × 40 − 161
    ['female', 40, 165, 60, 1270.25],
    ['male', 70, 168, 62, 1325],
    ['female', 75, 155, 50, 932.75],
  ] as const)('%s, %d years, %d cm, %d kg: %d kcal', (sex, age, height, weight, kcal) =>
    expect(restingEnergy(sex, age, height, weight)).toBeCloseTo(kcal, 6),
  )
})

describe('energy for a day', () => {
  test('to keep the weight: resting energy times the activity', () => {
    expect(computed(man)).toMatchObject({ restingKcal: 1723.75, activityFactor: 1.4, keepKcal: 2413.25, notes: [] })
    expect(computed(man).targetKcal).toBeCloseTo(2413.25)
    expect(computed({ ...man, activity: 'heavy' }).keepKcal).toBeCloseTo(3447.5)
  })

  test('to lose: 500 less, but never below the floor or below rest', () => {
    expect(computed({ ...man, goal: 'lose' }).targetKcal).toBeCloseTo(1913.25)
    const small = computed({ ...woman, goal: 'lose' })
    expect(small).toMatchObject({ targetKcal: 1200, notes: ['at-floor'] })
    const abed = computed({ ...woman, weightKg: 62, ageYears: 64, activity: 'bed', goal: 'lose' })
    expect(abed).toMatchObject({ keepKcal: 1366.8, floorKcal: 1200 })
  })

  test('who has no room is not told to eat more in order to lose', () => {
    const answer = computed({ ...woman, heightCm: 145, weightKg: 52, ageYears: 64, activity: 'bed', goal: 'lose' })
    expect(answer.notes).toContain('no-room')
    expect(answer.targetKcal).toBe(answer.keepKcal)
  })

  test('stands beside the guideline’s kcal per kilogram of standard weight', () => {
    // 70 kg × 20 to 25
    expect(computed(man)).toMatchObject({ standardWeightKg: 70, byStandardWeight: { fromKcal: 1400, toKcal: 1750 } })
    expect(computed({ ...man, weightKg: 70 }).byStandardWeight).toEqual({ fromKcal: 1750, toKcal: 2100 })
    expect(computed({ ...man, weightKg: 140, activity: 'heavy', goal: 'lose' }).notes).toContain('beside-standard')
  })
})

describe('is refused', () => {
  test('with the whole list of what is missing', () => {
    expect(refused({ sex: 'male' })).toMatchObject({
      missing: ['ageYears', 'heightCm', 'weightKg', 'activity', 'goal'],
      outOfRange: [],
      because: [],
    })
    expect(refused({ ...woman, ageYears: 30 }).missing).toEqual(['pregnant'])
    expect(computed({ ...woman, ageYears: 30, pregnant: false }).state).toBe('computed')
  })

  test.each([
    ['age', { ageYears: 81 }, 'ageYears'],
    ['height', { heightCm: 129 }, 'heightCm'],
    ['weight', { weightKg: 201 }, 'weightKg'],
  ])('beyond the range of %s', (_what, change, input) =>
    expect(refused({ ...man, ...change }).outOfRange).toMatchObject([{ input }]),
  )

  test.each([
    ['in pregnancy, whatever the goal', { ...woman, ageYears: 30, pregnant: true }, 'pregnant'],
    ['under 18', { ...man, ageYears: 17 }, 'minor'],
    ['a deficit while breast-feeding', { ...woman, goal: 'lose', breastfeeding: true }, 'breastfeeding'],
    ['a deficit with an eating disorder', { ...man, goal: 'lose', eatingDisorder: true }, 'eating-disorder'],
    ['a deficit for the underweight', { ...man, weightKg: 56, goal: 'lose' }, 'underweight'],
    ['a deficit at a normal weight', { ...man, weightKg: 70, goal: 'lose' }, 'weight-normal'],
    ['a deficit from 65 years below BMI 27', { ...woman, ageYears: 65, goal: 'lose' }, 'older-weight-normal'],
    ['a surplus for the heavy', { ...man, goal: 'gain' }, 'gain-not-needed'],
  ] as [string, EnergyInput, string][])('%s', (_what, input, because) =>
    expect(refused(input).because).toEqual([because]),
  )

  test('with rubbish as with nothing', () =>
    expect(refused({ ...man, weightKg: Number.NaN }).missing).toEqual(['weightKg']))
})

test('over a wide range: never below the floor by advice, monotone in weight, and a deficit is a deficit', () => {
  let seen = 0
  for (const sex of ['male', 'female'] as const)
    for (let ageYears = 18; ageYears <= 80; ageYears += 4)
      for (let heightCm = 140; heightCm <= 200; heightCm += 10)
        for (let weightKg = 40; weightKg <= 160; weightKg += 8)
          for (const activity of ACTIVITIES)
            for (const goal of ENERGY_GOALS) {
              const input = { sex, ageYears, heightCm, weightKg, activity, goal, pregnant: false }
              const answer = energyNeed(input)
              if (answer.state !== 'computed') continue
              seen++
              const heavier = energyNeed({ ...input, weightKg: weightKg + 1, goal: 'keep' })
              if (heavier.state === 'computed') expect(heavier.keepKcal).toBeGreaterThan(answer.keepKcal)
              if (goal === 'lose') {
                expect(answer.targetKcal).toBeLessThanOrEqual(answer.keepKcal)
                expect(answer.keepKcal - answer.targetKcal).toBeLessThanOrEqual(500)
                expect(answer.targetKcal).toBeGreaterThanOrEqual(
                  Math.min(answer.keepKcal, Math.max(FLOOR_KCAL[sex], answer.restingKcal)),
                )
              }
            }
  expect(seen).toBeGreaterThan(5000)
})

describe('protein', () => {
  const body = { weightKg: 60, heightCm: 165, ageYears: 50 }
  test.each([
    ['an adult', { ...body, egfr: 95 }, 'adult', 54, 66],
    ['from 65 years on', { ...body, ageYears: 65, egfr: 80 }, 'older', 60, 72],
    ['a low filtration, also of the old', { ...body, ageYears: 70, egfr: 59 }, 'kidney-low', 36, 48],
    ['protein in the urine', { ...body, egfr: 90, uacr: 30 }, 'kidney-protein-leak', 48, 60],
    ['dialysis, whatever the filtration', { ...body, egfr: 8, dialysis: true }, 'dialysis', 60, 72],
  ] as const)('%s', (_what, input, rule, fromG, toG) => {
    const answer = proteinNeed(input)
    expect(answer).toMatchObject({ state: 'computed', rule, weightUsedKg: 60 })
    if (answer.state === 'computed') {
      expect(answer.fromG).toBeCloseTo(fromG)
      expect(answer.toG).toBeCloseTo(toG)
    }
  })
  test('from BMI 28 on by the standard weight', () =>
    expect(proteinNeed({ ...body, weightKg: 90, egfr: 90 })).toMatchObject({ weightUsedKg: 60 }))
  test('without a look at the kidney no figure', () =>
    expect(proteinNeed(body)).toEqual({ state: 'missing', missing: ['egfr'] }))
})
