import { describe, expect, test } from 'vitest'
import { GENERAL, ERAS } from './given-names.ts'
import { familyName, givenName, uyghurFatherName, uyghurName } from './names.ts'
import { Random } from './random.ts'

const random = new Random(21)

function tally(count: number, draw: () => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (let at = 0; at < count; at++) {
    const value = draw()
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}

describe('family names', () => {
  const counts = tally(100_000, () => familyName(random))
  const share = (name: string) => (counts.get(name) ?? 0) / 100_000

  test.each([
    ['王', 0.06, 0.085],
    ['李', 0.06, 0.085],
    ['陈', 0.035, 0.055],
    ['欧阳', 0.0002, 0.002],
  ])('%s has its share', (name, low, high) => {
    expect(share(name)).toBeGreaterThan(low)
    expect(share(name)).toBeLessThan(high)
  })

  test('are many, and the five largest cover about a third of the people', () => {
    expect(counts.size).toBeGreaterThan(200)
    const five = ['王', '李', '张', '刘', '陈'].reduce((sum, name) => sum + share(name), 0)
    expect(five).toBeGreaterThan(0.26)
    expect(five).toBeLessThan(0.38)
  })
})

describe('given names', () => {
  test.each([
    ['建国', 'male', 1955, 2012],
    ['秀英', 'female', 1940, 1995],
    ['梓涵', 'female', 2014, 1960],
    ['浩然', 'male', 2006, 1955],
    ['婷婷', 'female', 1995, 1940],
  ] as const)('%s (%s) is heard among those born in %i, hardly in %i', (name, sex, inFashion, outOfFashion) => {
    const heard = tally(20_000, () => givenName(random, sex, inFashion)).get(name) ?? 0
    const unheard = tally(20_000, () => givenName(random, sex, outOfFashion)).get(name) ?? 0
    expect(heard).toBeGreaterThan(20)
    expect(unheard).toBeLessThan(heard / 10)
  })

  test('have one or two characters', () => {
    for (const year of [1935, 1958, 1972, 1988, 1999, 2008, 2020]) {
      for (const sex of ['male', 'female'] as const) {
        const lengths = [...tally(2000, () => givenName(random, sex, year)).keys()].map(
          (name) => Array.from(name).length,
        )
        expect(new Set(lengths)).toEqual(new Set([1, 2]))
      }
    }
  })

  test('hold a rare character once in some thousand', () => {
    const counts = tally(60_000, () => givenName(random, 'female', 1990))
    const rare = [...counts]
      .filter(([name]) => /[䶮㛃㻪㸅䲟𬭎𫖯𬍡𬀩]/u.test(name))
      .reduce((sum, [, count]) => sum + count, 0)
    expect(rare).toBeGreaterThan(5)
    expect(rare).toBeLessThan(60)
  })

  test('of two men in a row are seldom the same, of a hundred thousand often', () => {
    const full = tally(40_000, () => familyName(random) + givenName(random, 'male', 1985))
    expect(full.size / 40_000).toBeGreaterThan(0.6)
    expect(full.size / 40_000).toBeLessThan(0.95)
    // The commonest full name: one in 4,500 of all ages by the ministry's reports, denser in one cohort.
    const most = Math.max(...full.values())
    expect(most).toBeGreaterThan(15)
    expect(most).toBeLessThan(100)
  })
})

test('Uyghur names join own and father’s name with a middle dot', () => {
  expect(uyghurName(random, 'female', uyghurFatherName(random))).toMatch(/^\p{Script=Han}+·\p{Script=Han}+$/u)
})

test('lists hold Han characters only', () => {
  const texts = [
    GENERAL.male,
    GENERAL.female,
    ...ERAS.flatMap(({ male, female }) => [male, female]).flatMap((era) => [
      era.whole.replaceAll(' ', ''),
      era.single,
      era.first,
      era.second,
    ]),
  ]
  for (const text of texts) expect(text).toMatch(/^\p{Script=Han}+$/u)
})
