/** Energy, food portions, exercise and the seasons: arithmetic behind what people are advised. */
export type { Refused } from './input.ts'
export {
  ACTIVITIES,
  ACTIVITY_FACTOR,
  couldBePregnant,
  ENERGY_GOALS,
  ENERGY_SOURCES,
  energyNeed,
  restingEnergy,
  type Activity,
  type Energy,
  type EnergyGoal,
  type EnergyInput,
} from './energy.ts'
export { PROTEIN_SOURCES, proteinNeed, type Protein, type ProteinInput } from './protein.ts'
export {
  FOOD_GROUPS,
  MEALS,
  planPortions,
  portionsFor,
  PORTION,
  PORTION_KCAL,
  PORTION_SOURCE,
  type FoodGroup,
  type Meal,
  type PortionPlan,
} from './portions.ts'
export {
  EXERCISE_SOURCES,
  karvonen,
  maximumRate,
  prescribeExercise,
  RED_FLAGS,
  STOP_SIGNS,
  WARNINGS,
  type BodyFlag,
  type DoctorFirst,
  type Exercise,
  type ExerciseInput,
  type RedFlag,
  type Warning,
} from './exercise.ts'
export { isWithinTerms, SOLAR_TERMS, solarTermOn, type SolarTerm } from './solar-term.ts'
