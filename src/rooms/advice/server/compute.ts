import {
  ENERGY_SOURCES,
  energyNeed,
  EXERCISE_SOURCES,
  PORTION_SOURCE,
  portionsFor,
  prescribeExercise,
  proteinNeed,
} from '../../../clinical/advice/index.ts'
import type { ComputeBody } from '../contract/advice.ts'
import type { Facts } from './facts.ts'
import { pregnancyOf } from './rules/match.ts'
import { bodyFacts } from './body.ts'

export type Computation =
  | { state: 'computed'; output: unknown; source: string }
  | { state: 'refused'; because: string[] }

/**
 * Computes again what somebody is about to give. Age and sex are the record's, and a yes of the record (pregnancy, an
 * eating disorder, a beta-blocker) stands above what was entered.
 */
export function computeAgain(input: ComputeBody, facts: Facts, today: string): Computation {
  return input.basis === 'energy' ? energyAgain(input, facts, today) : exerciseAgain(input, facts, today)
}

function energyAgain(input: Extract<ComputeBody, { basis: 'energy' }>, facts: Facts, today: string): Computation {
  const body = bodyFacts(facts, today)
  const energy = energyNeed({
    ...input,
    sex: facts.sex === 'male' || facts.sex === 'female' ? facts.sex : undefined,
    ageYears: facts.ageYears ?? undefined,
    pregnant: pregnancyOf(facts, today) ? true : input.pregnant,
    eatingDisorder: body.eatingDisorder !== null,
  })
  if (energy.state === 'refused') return refused(energy)
  const protein = proteinNeed({
    weightKg: input.weightKg!,
    heightCm: input.heightCm!,
    ageYears: facts.ageYears!,
    egfr: input.egfr,
    uacr: input.uacr,
    dialysis: input.dialysis === true || body.dialysis !== null,
  })
  const portions = portionsFor(energy.targetKcal, protein)
  const source = [
    ENERGY_SOURCES.resting,
    ENERGY_SOURCES.activity,
    ...(protein.state === 'computed' ? [protein.source] : []),
    ...(portions ? [PORTION_SOURCE] : []),
  ].join('；')
  return { state: 'computed', output: { energy, protein, portions: portions ?? null }, source }
}

function exerciseAgain(input: Extract<ComputeBody, { basis: 'exercise' }>, facts: Facts, today: string): Computation {
  const body = bodyFacts(facts, today)
  const exercise = prescribeExercise({
    ...input,
    ageYears: facts.ageYears ?? undefined,
    pregnant: pregnancyOf(facts, today) ? true : input.pregnant,
    betaBlocker: body.betaBlocker ? true : input.betaBlocker,
    hypoglycaemiaDrug: body.hypoglycaemiaDrug !== null || input.hypoglycaemiaDrug,
    diabetes: body.diabetes !== null,
  })
  if (exercise.state === 'refused') return refused(exercise)
  if (exercise.state === 'doctor-first') return { state: 'refused', because: exercise.because }
  const { amount, intensity, maximum, reserve, effort } = EXERCISE_SOURCES
  const rate = exercise.intensity.by === 'heart-rate' ? [intensity, maximum, reserve] : [effort]
  return { state: 'computed', output: exercise, source: [amount, ...rate].join('；') }
}

function refused({
  missing,
  outOfRange,
  because,
}: {
  missing: string[]
  outOfRange: { input: string }[]
  because: string[]
}): Computation {
  return { state: 'refused', because: [...because, ...missing, ...outOfRange.map(({ input }) => input)] }
}
