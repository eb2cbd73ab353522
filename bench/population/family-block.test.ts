import { describe, expect, test } from 'vitest'
import { DAYS_PER_YEAR, dayOf } from './calendar.ts'
import { blockOf, type Relative } from './family-block.ts'

const TODAY = dayOf('2026-11-21')
const blocks = Array.from({ length: 1500 }, (_, block) => blockOf(3, block, TODAY))
const everybody = blocks.flat()
const years = (relative: Relative) => (TODAY - relative.birthDay) / DAYS_PER_YEAR
const kin = (relative: Relative, relation: string) =>
  relative.links.filter((link) => link.relation === relation).map((link) => everybody[link.index] as Relative)

describe('a block', () => {
  test('holds eight people in the order of their indices', () => {
    expect(everybody.map((relative) => relative.index)).toEqual(everybody.map((_, index) => index))
    expect(blocks.every((block) => block.length === 8)).toBe(true)
  })

  test('is the same again', () => {
    expect(blockOf(3, 77, TODAY)).toEqual(blocks[77])
    expect(blockOf(4, 77, TODAY)).not.toEqual(blocks[77])
  })
})

describe('links', () => {
  test('stay in the household and are answered by their opposite', () => {
    const opposite = { spouse: 'spouse', parent: 'child', child: 'parent' }
    for (const relative of everybody) {
      for (const link of relative.links) {
        const other = everybody[link.index] as Relative
        expect(other.householdId).toBe(relative.householdId)
        expect(other.links).toContainEqual({ relation: opposite[link.relation], index: relative.index })
      }
    }
  })

  test('make parents old enough and couples of one generation', () => {
    for (const relative of everybody) {
      for (const parent of kin(relative, 'parent')) expect(years(parent) - years(relative)).toBeGreaterThan(15)
      for (const spouse of kin(relative, 'spouse')) {
        expect(Math.abs(years(spouse) - years(relative))).toBeLessThan(20)
        expect(spouse.sex).not.toBe(relative.sex)
      }
    }
  })

  test('give every child a parent', () => {
    const children = everybody.filter((relative) => years(relative) < 18)
    expect(children.length).toBeGreaterThan(300)
    for (const child of children) expect(kin(child, 'parent').length).toBeGreaterThan(0)
  })

  test('hand the father’s family name to the children', () => {
    const withFather = everybody.filter(
      (relative) => !relative.name.includes('·') && kin(relative, 'parent').some((parent) => parent.sex === 'male'),
    )
    expect(withFather.length).toBeGreaterThan(300)
    for (const child of withFather) {
      const father = kin(child, 'parent').find((parent) => parent.sex === 'male') as Relative
      expect(child.name[0]).toBe(father.name[0])
    }
  })
})

describe('ages', () => {
  test('are those of a health-check centre', () => {
    const share = (low: number, high: number) =>
      everybody.filter((relative) => years(relative) >= low && years(relative) < high).length / everybody.length
    expect(share(0, 18)).toBeGreaterThan(0.02)
    expect(share(0, 18)).toBeLessThan(0.1)
    expect(share(30, 60)).toBeGreaterThan(0.5)
    expect(share(60, 80)).toBeGreaterThan(0.1)
    expect(share(90, 120)).toBeLessThan(0.01)
    expect(Math.min(...everybody.map(years))).toBeGreaterThan(4)
    expect(Math.max(...everybody.map(years))).toBeLessThan(97)
  })

  test('are about even between the sexes', () => {
    const men = everybody.filter((relative) => relative.sex === 'male').length / everybody.length
    expect(Math.abs(men - 0.5)).toBeLessThan(0.05)
  })
})
