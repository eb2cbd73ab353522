import { describe, expect, test } from 'vitest'
import { questionsOf, type Entered, type Known, type KnownValues } from './questions.ts'

const boy = { birthDate: '2018-03-01', sex: 'male' }
const known = (on: string, value: number, position: Known['position'] = null): Known => ({ on, value, position })
const nothing: KnownValues = { height: [], weight: [], head: [] }
const before: KnownValues = {
  height: [known('2025-03-01', 122, 'standing')],
  weight: [known('2025-03-01', 23)],
  head: [known('2019-03-01', 46)],
}
const ask = (entered: Partial<Entered>, values = before, child = boy) =>
  questionsOf(child, { measuredOn: '2026-03-01', position: 'standing', ...entered }, values)
const codes = (...given: Parameters<typeof ask>) => ask(...given).map(({ code }) => code)

describe('what is typed is asked about', () => {
  test('an ordinary measurement is not', () => {
    expect(ask({ heightCm: 128, weightKg: 26 })).toEqual([])
    expect(ask({ heightCm: 128, weightKg: 26 }, nothing)).toEqual([])
  })

  test.each<[string, Partial<Entered>, string, number | null, boolean]>([
    ['metres', { heightCm: 1.28 }, 'height-in-metres', 128, true],
    ['millimetres', { heightCm: 1280 }, 'height-far-out', 128, true],
    ['a lost digit', { heightCm: 12.8 }, 'height-far-out', 128, true],
    ['斤', { weightKg: 52 }, 'weight-in-jin', 26, false],
    ['inches', { heightCm: 50.4 }, 'height-in-inches', 128, false],
    ['each other’s field', { heightCm: 26, weightKg: 128 }, 'swapped', 128, true],
    ['grams', { weightKg: 26_000 }, 'weight-in-grams', 26, true],
    ['no head', { headCm: 5 }, 'head-far-out', null, true],
  ])('%s', (_name, entered, code, suggested, impossible) =>
    expect(ask(entered)).toMatchObject([{ code, suggested, impossible }]),
  )

  test.each<[string, Partial<Entered>, string]>([
    ['a child that has shrunk', { heightCm: 120.5 }, 'height-shrunk'],
    ['a child that has shot up', { heightCm: 141 }, 'height-jumped'],
    ['a weight that fell', { weightKg: 17, measuredOn: '2025-05-01' }, 'weight-jumped'],
    ['a head that has shrunk', { headCm: 44 }, 'head-shrunk'],
  ])('%s, with the value before', (_name, entered, code) => {
    const [question] = ask(entered)
    expect(question).toMatchObject({ code, impossible: false })
    expect(question!.earlier).not.toBeNull()
    expect(question!.earlierOn).not.toBeNull()
  })

  test('half a centimetre less is how one measures', () => expect(codes({ heightCm: 121.5 })).toEqual([]))

  test('lying is longer than standing: that is no shrinking', () => {
    const lying = { ...nothing, height: [known('2020-12-01', 95.5, 'lying')] }
    expect(codes({ heightCm: 95, position: 'standing', measuredOn: '2021-03-10' }, lying)).toEqual([])
  })

  test('a later height that is smaller is asked about as well', () => {
    const later = { ...nothing, height: [known('2026-06-01', 120, 'standing')] }
    expect(ask({ heightCm: 128 }, later)).toMatchObject([{ code: 'height-shrunk', earlierOn: '2026-06-01' }])
  })

  test('a baby standing, a schoolchild lying, and the same day twice', () => {
    expect(codes({ heightCm: 72, measuredOn: '2019-01-01' }, nothing)).toEqual(['position-unusual'])
    expect(codes({ heightCm: 128, position: 'lying' }, nothing)).toEqual(['position-unusual'])
    const today = { ...nothing, height: [known('2026-03-01', 127.5, 'standing')] }
    expect(ask({ heightCm: 128 }, today)).toMatchObject([{ code: 'same-day', field: 'measuredOn', earlier: 127.5 }])
  })

  test('a heavy child is not asked about 斤 each time', () => {
    const heavy = { ...nothing, weight: [known('2025-12-01', 47)] }
    expect(codes({ weightKg: 49 }, heavy)).not.toContain('weight-jumped')
  })

  test('without a sex nothing is compared, and the units are still asked about', () => {
    expect(codes({ heightCm: 1.28 }, nothing, { ...boy, sex: 'unknown' })).toEqual(['height-in-metres'])
  })
})

test('no ordinary child is asked about: along each line of the reference, quarter after quarter', async () => {
  const { growth } = await import('../../../../clinical/index.ts')
  for (const sex of ['male', 'female'] as const) {
    const { points, percentiles } = growth.percentileLines(growth.zongLi2013, 'height', sex, 3, 17)!
    for (const [n] of percentiles.entries()) {
      let earlier: Known[] = []
      for (const { years, values } of points.filter((point) => point.years >= 3.1 && point.years < 17)) {
        const on = new Date(Date.parse('2008-01-01') + years * 365.25 * 86_400_000).toISOString().slice(0, 10)
        const entered = { measuredOn: on, heightCm: values[n]!, position: 'standing' as const }
        const asked = questionsOf({ birthDate: '2008-01-01', sex }, entered, { ...nothing, height: earlier })
        expect(asked).toEqual([])
        earlier = [...earlier, known(on, values[n]!, 'standing')]
      }
    }
  }
})
