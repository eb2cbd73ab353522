import { describe, expect, test } from 'vitest'
import { curve, SYSTOLIC } from './curves.ts'
import { AT, CODES } from './items.ts'
import {
  bmiAt,
  creatinineAt,
  drawLatent,
  glucoseAt,
  hasFattyLiver,
  heightAt,
  type Latent,
  meansAt,
  NO_RELIEF,
  type Relief,
  systolicAt,
} from './physiology.ts'
import { Random } from './random.ts'
import type { Person, Sex } from './types.ts'

function aPerson(sex: Sex): Person {
  return { sex, smoking: 'never', drinking: 'never', exercisePerWeek: 2, familyHistory: [] } as unknown as Person
}

/** A body exactly in the middle, to be bent by the test. */
function aBody(changes: Partial<Latent> = {}): Latent {
  const drawn = drawLatent(new Random(1), aPerson(changes.sex ?? 'male'), 50)
  const middle = Object.fromEntries(
    Object.entries(drawn).map(([name, value]) => [name, name.endsWith('Z') ? 0 : value]),
  )
  return { ...(middle as unknown as Latent), kidneyAgeing: 1, waveSize: 0, ...changes }
}

function means(body: Latent, age: number, relief: Partial<Relief> = {}): Record<string, number> {
  const filled = new Float64Array(CODES.length)
  meansAt(body, age, { ...NO_RELIEF, ...relief }, filled)
  return Object.fromEntries(CODES.map((code) => [code, filled[AT[code]] as number]))
}

describe('curves', () => {
  const rising = curve([10, 100], [20, 200], [40, 100])
  test.each([
    [0, 100],
    [10, 100],
    [15, 150],
    [19.5, 195],
    [20, 200],
    [30, 150],
    [60, 100],
    [-5, 100],
    [200, 100],
  ])('at %d stand at %d', (age, value) => expect(rising(age)).toBeCloseTo(value, 6))

  test('women’s pressure starts below men’s and overtakes it in old age', () => {
    expect(SYSTOLIC.female(35)).toBeLessThan(SYSTOLIC.male(35))
    expect(SYSTOLIC.female(78)).toBeGreaterThan(SYSTOLIC.male(78))
  })
})

describe('the factors of many people', () => {
  const random = new Random(8)
  const bodies = Array.from({ length: 20_000 }, () => drawLatent(random, aPerson('female'), 45))
  const average = (pick: (body: Latent) => number) => bodies.reduce((sum, body) => sum + pick(body), 0) / bodies.length

  test.each([
    'adiposityZ',
    'insulinZ',
    'pressureZ',
    'triglycerideZ',
    'ldlZ',
    'urateZ',
    'steatosisZ',
    'liverZ',
  ] as const)('%s has mean near 0 and deviation near 1', (name) => {
    const centre = average((body) => body[name])
    const deviation = Math.sqrt(average((body) => (body[name] - centre) ** 2))
    expect(Math.abs(centre)).toBeLessThan(0.25)
    expect(deviation).toBeGreaterThan(0.85)
    expect(deviation).toBeLessThan(1.2)
  })

  test('weight pulls pressure, sugar and uric acid with it', () => {
    for (const name of ['pressureZ', 'glucoseZ', 'urateZ', 'steatosisZ'] as const) {
      expect(average((body) => body[name] * body.adiposityZ)).toBeGreaterThan(0.2)
    }
    expect(Math.abs(average((body) => body.kidneyZ * body.adiposityZ))).toBeLessThan(0.05)
  })
})

describe('with age', () => {
  test.each([
    ['pressure rises', (age: number) => systolicAt(aBody(), age), 30, 70, 15, 25],
    ['sugar rises', (age: number) => glucoseAt(aBody({ glucoseZ: 0.5 }), age), 30, 70, 0.5, 2],
    ['height falls a little', (age: number) => heightAt(aBody(), age), 50, 80, -3, -0.5],
    ['a tired kidney loses', (age: number) => creatinineAt(aBody({ kidneyAgeing: 2 }), age), 50, 75, 20, 50],
  ])('%s', (_name, at, from, to, least, most) => {
    expect(at(to) - at(from)).toBeGreaterThan(least)
    expect(at(to) - at(from)).toBeLessThan(most)
  })

  test.each([6, 9, 14, 17.99, 18.01, 30, 59, 90])('nothing jumps out of the range of life at %d', (age) => {
    for (const sex of ['male', 'female'] as const) {
      const values = means(aBody({ sex }), age)
      expect(Object.values(values).every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
      expect(values.sbp).toBeGreaterThan((values.dbp as number) + 15)
      expect(values.bmi ?? 0).toBeLessThan(30)
    }
  })

  test('the eighteenth birthday changes nobody', () => {
    for (const sex of ['male', 'female'] as const) {
      const before = means(aBody({ sex, ageToday: 20 }), 17.99)
      const after = means(aBody({ sex, ageToday: 20 }), 18.01)
      for (const code of ['height', 'sbp', 'dbp', 'hr', 'crea', 'fpg', 'ua', 'hgb', 'ldl'] as const) {
        expect(Math.abs((after[code] as number) / (before[code] as number) - 1)).toBeLessThan(0.03)
      }
    }
  })

  test('weight comes and goes around its own middle', () => {
    const body = aBody({ waveSize: 0.05, wavePeriod: 6, wavePhase: 0 })
    const years = Array.from({ length: 12 }, (_, year) => bmiAt(body, 50 + year / 2))
    expect(Math.max(...years) - Math.min(...years)).toBeGreaterThan(1.5)
    expect(bmiAt(body, 50)).toBeCloseTo(bmiAt({ ...body, waveSize: 0 }, 50), 6)
  })

  test('fat livers are commoner in heavier bodies', () => {
    expect(hasFattyLiver(aBody({ steatosisZ: 2 }), 50)).toBe(true)
    expect(hasFattyLiver(aBody({ steatosisZ: -1 }), 50)).toBe(false)
    expect(hasFattyLiver(aBody({ steatosisZ: 1 }), 12)).toBe(false)
  })
})

describe('treatment lowers what it should, and nothing else', () => {
  const sick = aBody({ pressureZ: 2, diastolicZ: 2, glucoseZ: 2, ldlZ: 2, urateZ: 2, thyroidZ: 3 })
  const before = means(sick, 60)
  test.each([
    ['pressure', ['sbp', 'dbp']],
    ['glucose', ['fpg', 'hba1c']],
    ['lipid', ['ldl', 'tg']],
    ['urate', ['ua']],
    ['thyroid', ['tsh']],
  ] as const)('%s', (target, lowered) => {
    const after = means(sick, 60, { [target]: 1 })
    for (const code of CODES) {
      if ((lowered as readonly string[]).includes(code))
        expect(after[code]).toBeLessThan((before[code] as number) * 0.95)
      else expect(after[code]).toBe(before[code])
    }
  })

  test('iron raises haemoglobin in a woman who lacks it', () => {
    const pale = aBody({ sex: 'female', ironZ: 2.2 })
    expect(means(pale, 35).hgb).toBeLessThan(110)
    expect(means(pale, 35, { iron: 1 }).hgb).toBeGreaterThan(120)
    expect(means(pale, 60).hgb).toBeGreaterThan(125)
  })

  test('a healthy pressure falls less than a high one', () => {
    const fall = (body: Latent) => (means(body, 60).sbp as number) - (means(body, 60, { pressure: 1 }).sbp as number)
    expect(fall(sick)).toBeGreaterThan(fall(aBody({ pressureZ: -1 })) + 5)
  })
})
