import { describe, expect, test } from 'vitest'
import { FOOD_GROUPS, MEALS, planPortions, PORTION_KCAL, portionsFor, proteinOf } from './portions.ts'
import { proteinNeed } from './protein.ts'

const sum = (portions: Record<string, number>) => Object.values(portions).reduce((all, one) => all + one, 0)

describe('portions of a day', () => {
  test('1800 kcal are 20 portions, reckoned by hand', () => {
    const plan = planPortions(1800)!
    expect(plan).toMatchObject({ total: 20, notes: [] })
    expect(plan.day).toEqual({ grain: 8.5, vegetable: 1, fruit: 1, meat: 3.5, soy: 1, milk: 2, nut: 0.5, oil: 2.5 })
    // 17 + 5 + 1 + 31.5 + 9 + 10 + 2 + 0
    expect(plan.proteinG).toBe(75.5)
    expect(plan.meals.breakfast).toMatchObject({ grain: 1.5, milk: 1, meat: 0.5, oil: 0 })
    expect(plan.meals.between).toMatchObject({ fruit: 1, milk: 1, nut: 0.5, grain: 0 })
  })

  test('a low protein target takes meat and soy away, and says when that is not enough', () => {
    const usual = planPortions(1800)!
    const low = planPortions(1800, { fromG: 36, toG: 48 })!
    expect(low.day.meat).toBeLessThan(usual.day.meat)
    expect(low.proteinG).toBeLessThan(60)
    expect(planPortions(2800, { fromG: 24, toG: 32 })!.notes).toEqual(['protein-above'])
    expect(planPortions(1200, { fromG: 110, toG: 120 })!.notes).toEqual(['protein-below'])
  })

  test('weak kidneys get no table, others do, and everybody keeps some meat, fish or egg', () => {
    const body = { weightKg: 60, heightCm: 165, ageYears: 50 }
    expect(portionsFor(1800, proteinNeed({ ...body, egfr: 45 }))).toBeUndefined()
    expect(portionsFor(1800, proteinNeed({ ...body, egfr: 90 }))!.total).toBe(20)
    expect(portionsFor(1800, proteinNeed(body))!.total).toBe(20)
    expect(planPortions(1800, { fromG: 20, toG: 30 })!.day.meat).toBe(1)
  })

  test.each([999, 3601, Number.NaN, -5])('no plan for %d kcal', (kcal) => expect(planPortions(kcal)).toBeUndefined())
})

test('whatever the energy and the protein: half portions, none negative, meals make the day, the day makes the energy', () => {
  for (let kcal = 1000; kcal <= 3600; kcal += 37)
    for (const protein of [undefined, ...[30, 45, 60, 75, 90, 120].map((g) => ({ fromG: g - 5, toG: g + 5 }))]) {
      const plan = planPortions(kcal, protein)!
      const { day, meals, total } = plan
      expect(Math.abs(total * PORTION_KCAL - kcal)).toBeLessThanOrEqual(PORTION_KCAL / 2)
      expect(sum(day)).toBeCloseTo(total)
      for (const group of FOOD_GROUPS) {
        expect(day[group]).toBeGreaterThanOrEqual(0)
        expect(Number.isInteger(day[group] * 2)).toBe(true)
        expect(MEALS.reduce((all, meal) => all + meals[meal][group], 0)).toBeCloseTo(day[group])
      }
      expect(day.grain / total).toBeGreaterThanOrEqual(0.3)
      expect(plan.proteinG).toBe(proteinOf(day))
      if (protein && plan.notes.length === 0) {
        expect(plan.proteinG).toBeGreaterThanOrEqual(protein.fromG - 5)
        expect(plan.proteinG).toBeLessThanOrEqual(protein.toG + 5)
      }
    }
})
