import { describe, expect, test } from 'vitest'
import { karvonen, maximumRate, prescribeExercise, RED_FLAGS, type ExerciseInput } from './exercise.ts'

const none = Object.fromEntries(RED_FLAGS.map((flag) => [flag, false]))
const healthy: ExerciseInput = {
  ageYears: 50,
  sbp: 128,
  dbp: 80,
  restingHr: 70,
  betaBlocker: false,
  active: true,
  redFlags: none,
}
const computed = (input: ExerciseInput) => {
  const answer = prescribeExercise(input)
  if (answer.state !== 'computed') throw new Error(JSON.stringify(answer))
  return answer
}

describe('heart rates, reckoned by hand', () => {
  test.each([
    [20, 194],
    [50, 173],
    [70, 159],
  ])('the maximum at %d years is %d', (age, bpm) => expect(maximumRate(age)).toBeCloseTo(bpm))
  test('Karvonen: 70 at rest, 173 at most, 40 and 59 %', () => {
    // 70 + 103 × 0.4 = 111.2; 70 + 103 × 0.59 = 130.77
    expect(karvonen(70, 173, 0.4)).toBeCloseTo(111.2)
    expect(computed(healthy).intensity).toEqual({
      by: 'heart-rate',
      fromBpm: 111,
      toBpm: 131,
      maximumBpm: 173,
      restingBpm: 70,
      shareFrom: 0.4,
      shareTo: 0.59,
    })
  })
  test('whoever begins stays at half of the reserve', () =>
    expect(computed({ ...healthy, active: false }).intensity).toMatchObject({ toBpm: 122, shareTo: 0.5 }))
})

describe('effort by feeling instead of a rate', () => {
  test.each([
    ['beta-blocker', { betaBlocker: true }],
    ['resting-unknown', { restingHr: undefined }],
    ['age', { ageYears: 81 }],
  ] as const)('%s', (because, change) =>
    expect(computed({ ...healthy, ...change }).intensity).toMatchObject({ by: 'effort', because, to: 13 }),
  )
})

describe('a doctor first', () => {
  test.each(RED_FLAGS)('%s', (flag) =>
    expect(prescribeExercise({ ...healthy, redFlags: { ...none, [flag]: true } })).toEqual({
      state: 'doctor-first',
      because: [flag],
    }),
  )
  test.each([
    ['180/80', { sbp: 180 }, 'pressure-very-high'],
    ['150/110', { dbp: 110 }, 'pressure-very-high'],
    ['a pulse of 101', { restingHr: 101 }, 'pulse-fast'],
    ['a pulse of 49', { restingHr: 49 }, 'pulse-slow'],
    ['glucose 16.8', { glucose: 16.8 }, 'glucose-high'],
    ['glucose 3.9', { glucose: 3.9 }, 'glucose-very-low'],
    ['pregnancy', { pregnant: true }, 'pregnant'],
  ] as const)('%s', (_what, change, because) =>
    expect(prescribeExercise({ ...healthy, ...change })).toEqual({ state: 'doctor-first', because: [because] }),
  )
  test.each([
    ['179/109', { sbp: 179, dbp: 109 }],
    ['a pulse of 100', { restingHr: 100 }],
    ['a pulse of 46 with a beta-blocker', { restingHr: 46, betaBlocker: true }],
    ['glucose 16.7', { glucose: 16.7 }],
  ])('not yet: %s', (_what, change) => expect(computed({ ...healthy, ...change }).state).toBe('computed'))
  test('also when the rest is not known: a red flag wins over a missing value', () =>
    expect(prescribeExercise({ redFlags: { 'chest-pain': true } }).state).toBe('doctor-first'))
})

describe('is refused', () => {
  test('with all that is missing, each question among it', () => {
    expect(prescribeExercise({})).toMatchObject({
      state: 'refused',
      missing: ['ageYears', 'sbp', 'dbp', 'betaBlocker', 'active', ...RED_FLAGS],
    })
    expect(prescribeExercise({ ...healthy, redFlags: { ...none, fainted: undefined } })).toMatchObject({
      missing: ['fainted'],
    })
  })
  test('out of range', () => {
    expect(prescribeExercise({ ...healthy, ageYears: 17 })).toMatchObject({ state: 'refused', because: ['minor'] })
    expect(prescribeExercise({ ...healthy, bmi: 4 })).toMatchObject({ outOfRange: [{ input: 'bmi', value: 4 }] })
  })
})

describe('the form of it', () => {
  test('who begins starts with 15 minutes on three days and reaches 150 minutes a week', () => {
    const { steps, weeklyMinutes } = computed({ ...healthy, active: false })
    expect(steps[0]).toEqual({ fromWeek: 1, toWeek: 2, daysPerWeek: 3, minutes: 15 })
    const last = steps.at(-1)!
    expect(last.daysPerWeek * last.minutes).toBeGreaterThanOrEqual(weeklyMinutes.from)
    expect(last.toWeek).toBeNull()
  })
  test.each([
    ['hypoglycaemia and low glucose', { hypoglycaemiaDrug: true, glucose: 5.5 }, ['hypoglycaemia', 'glucose-low']],
    ['raised pressure', { sbp: 160 }, ['pressure-raised']],
    ['knees', { kneeOrHip: true }, ['knee']],
    ['weight', { bmi: 28 }, ['heavy-body']],
    ['age', { ageYears: 65 }, ['falls']],
    [
      'eyes, feet and bones',
      { retinopathy: true, diabetes: true, osteoporosis: true },
      ['diabetes-feet', 'osteoporosis', 'retinopathy'],
    ],
  ] as const)('warns of %s', (_what, change, warnings) =>
    expect(computed({ ...healthy, ...change }).warnings).toEqual(warnings),
  )
  test('knees and weight are spared, the old train balance, a raised pressure lifts nothing heavy', () => {
    expect(computed({ ...healthy, kneeOrHip: true }).kind).toBe('low-impact')
    expect(computed(healthy)).toMatchObject({ kind: 'walk', balanceDaysPerWeek: 0, strength: { gentle: false } })
    expect(computed({ ...healthy, ageYears: 70 }).balanceDaysPerWeek).toBe(3)
    expect(computed({ ...healthy, dbp: 100 }).strength.gentle).toBe(true)
  })
})

test('over all ages and pulses: a rate lies between rest and maximum, and falls with age', () => {
  for (let restingHr = 50; restingHr <= 100; restingHr += 5) {
    let before = Infinity
    for (let ageYears = 18; ageYears <= 80; ageYears++) {
      const { intensity } = computed({ ...healthy, ageYears, restingHr })
      if (intensity.by !== 'heart-rate') throw new Error('by effort')
      const { fromBpm, toBpm, maximumBpm } = intensity
      expect(fromBpm).toBeGreaterThan(restingHr)
      expect(toBpm).toBeGreaterThan(fromBpm)
      expect(toBpm).toBeLessThan(maximumBpm)
      expect(toBpm).toBeLessThanOrEqual(before)
      before = toBpm
    }
  }
})
