import type { Protein } from './protein.ts'

/**
 * Food exchange portions: each about 90 kcal, so that foods of one group can stand for each other.
 * Source: 食物交换份（WS/T 429-2013 成人糖尿病患者膳食指导，附录）; grams are of raw, edible food.
 */
export const PORTION_KCAL = 90
export const PORTION_SOURCE = '食物交换份：每份约 90 kcal（WS/T 429-2013）'

export const FOOD_GROUPS = ['grain', 'vegetable', 'fruit', 'meat', 'soy', 'milk', 'nut', 'oil'] as const
export type FoodGroup = (typeof FOOD_GROUPS)[number]

/** Grams and grams of protein in one portion. */
export const PORTION: Readonly<Record<FoodGroup, { grams: number; proteinG: number }>> = {
  grain: { grams: 25, proteinG: 2 },
  vegetable: { grams: 500, proteinG: 5 },
  fruit: { grams: 200, proteinG: 1 },
  meat: { grams: 50, proteinG: 9 },
  soy: { grams: 25, proteinG: 9 },
  milk: { grams: 160, proteinG: 5 },
  nut: { grams: 15, proteinG: 4 },
  oil: { grams: 10, proteinG: 0 },
}

export const MEALS = ['breakfast', 'lunch', 'dinner', 'between'] as const
export type Meal = (typeof MEALS)[number]

export type Portions = Record<FoodGroup, number>

/**
 * The plan for a day's energy and protein. None where the kidneys want little protein: that takes low-protein staples and a
 * dietitian, not a table.
 */
export function portionsFor(targetKcal: number, protein: Protein): PortionPlan | undefined {
  if (protein.state === 'missing') return planPortions(targetKcal)
  return protein.rule === 'kidney-low' ? undefined : planPortions(targetKcal, protein)
}

export interface PortionPlan {
  /** Sum of all portions; times 90 it is the energy within half a portion. */
  total: number
  day: Portions
  meals: Record<Meal, Portions>
  proteinG: number
  notes: ('protein-above' | 'protein-below')[]
}

/** What a plan is made for; below or above nobody eats by a table. */
export const PLAN_KCAL = { min: 1000, max: 3600 } as const

/**
 * Splits a day's energy into portions of food groups and meals (1/5, 2/5, 2/5), in half portions, with the meat chosen so
 * that protein comes as near to its target as the table allows.
 * @returns undefined outside of 1000 to 3600 kcal
 */
export function planPortions(targetKcal: number, protein?: { fromG: number; toG: number }): PortionPlan | undefined {
  if (!(targetKcal >= PLAN_KCAL.min && targetKcal <= PLAN_KCAL.max)) return undefined
  const total = Math.round(targetKcal / PORTION_KCAL)
  const day = protein ? nearest(total, (protein.fromG + protein.toG) / 2) : dayOf(total, usualMeat(total), 1)
  const proteinG = proteinOf(day)
  return {
    total,
    day,
    meals: overMeals(day),
    proteinG,
    notes: [
      ...(protein && proteinG > protein.toG + TOLERANCE_G ? (['protein-above'] as const) : []),
      ...(protein && proteinG < protein.fromG - TOLERANCE_G ? (['protein-below'] as const) : []),
    ],
  }
}

/** Half a portion of meat; finer than a kitchen. */
const TOLERANCE_G = 5

/** Starch stays the base of a day: at least this share of all portions. */
const GRAIN_SHARE = 0.35

export function proteinOf(portions: Portions): number {
  return FOOD_GROUPS.reduce((sum, group) => sum + portions[group] * PORTION[group].proteinG, 0)
}

function dayOf(total: number, meat: number, soy: number): Portions {
  const rest = {
    vegetable: 1,
    fruit: total >= 15 ? 1 : 0.5,
    soy,
    milk: total >= 14 ? 2 : 1,
    nut: total >= 20 ? 0.5 : 0,
    oil: total < 20 ? 2 : total < 26 ? 2.5 : 3,
    meat,
  }
  const used = Object.values(rest).reduce((sum, portions) => sum + portions, 0)
  return { grain: total - used, ...rest }
}

function usualMeat(total: number): number {
  return total < 15 ? 2 : total < 20 ? 3 : total < 26 ? 3.5 : 4
}

function nearest(total: number, wantedG: number): Portions {
  const candidates = [0.5, 1].flatMap((soy) =>
    Array.from({ length: 13 }, (_, step) => dayOf(total, 1 + step / 2, soy)).filter(
      ({ grain }) => grain >= total * GRAIN_SHARE,
    ),
  )
  const distance = (day: Portions) => Math.abs(proteinOf(day) - wantedG)
  // Of two that are as near the later one has the more soy, which the dietary guidelines ask for.
  return candidates.reduce((best, day) => (distance(day) <= distance(best) ? day : best))
}

const NONE: Portions = { grain: 0, vegetable: 0, fruit: 0, meat: 0, soy: 0, milk: 0, nut: 0, oil: 0 }

/** Shares of breakfast, lunch, dinner and between, for each group. */
const SHARES: Readonly<Record<FoodGroup, readonly [number, number, number, number]>> = {
  grain: [1, 2, 2, 0],
  vegetable: [0, 1, 1, 0],
  fruit: [0, 0, 0, 1],
  meat: [1, 2, 2, 0],
  soy: [0, 1, 0, 0],
  milk: [1, 0, 0, 1],
  nut: [0, 0, 0, 1],
  oil: [0, 1, 1, 0],
}

function overMeals(day: Portions): Record<Meal, Portions> {
  const meals = Object.fromEntries(MEALS.map((meal) => [meal, { ...NONE }])) as Record<Meal, Portions>
  for (const group of FOOD_GROUPS)
    share(day[group], SHARES[group]).forEach((portions, index) => (meals[MEALS[index]!][group] = portions))
  return meals
}

/** Divides half portions by shares; what is left over goes to the largest remainders, the earlier meal first. */
function share(portions: number, shares: readonly number[]): number[] {
  const halves = Math.round(portions * 2)
  const sum = shares.reduce((all, one) => all + one, 0)
  const exact = shares.map((one) => (halves * one) / sum)
  const whole = exact.map(Math.floor)
  const left = halves - whole.reduce((all, one) => all + one, 0)
  const order = exact.map((value, index) => [value - whole[index]!, index] as const)
  const favoured = order.toSorted(([a, i], [b, j]) => b - a || i - j).slice(0, left)
  for (const [, index] of favoured) whole[index]!++
  return whole.map((one) => one / 2)
}
