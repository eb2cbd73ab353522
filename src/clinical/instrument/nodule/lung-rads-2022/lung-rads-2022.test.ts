import { describe, expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { lungRads2022 } from './lung-rads-2022.ts'

const category = (input: Record<string, unknown>) => answer(lungRads2022, input).output.category

describe('solid', () => {
  test.each([
    ['baseline', 5.99, '2'],
    ['baseline', 6, '3'],
    ['baseline', 7.99, '3'],
    ['baseline', 8, '4A'],
    ['baseline', 14.99, '4A'],
    ['baseline', 15, '4B'],
    ['new', 3.99, '2'],
    ['new', 4, '3'],
    ['new', 5.99, '3'],
    ['new', 6, '4A'],
    ['new', 7.99, '4A'],
    ['new', 8, '4B'],
    ['growing', 5, '4A'],
    ['growing', 7.99, '4A'],
    ['growing', 8, '4B'],
    ['slowlyGrowing', 7, '4B'],
    ['stable', 5, '2'],
    ['stable', 7, '2'],
    ['stable', 12, '3'],
  ])('%s, %f mm: %s', (status, diameterMm, wanted) =>
    expect(category({ type: 'solid', status, diameterMm })).toBe(wanted),
  )

  test('never falls as it is larger', () => {
    const rank = ['2', '3', '4A', '4B']
    for (const status of ['baseline', 'new', 'growing'])
      for (let mm = 1; mm < 30; mm += 0.5)
        expect(
          rank.indexOf(category({ type: 'solid', status, diameterMm: mm + 0.5 }) as string),
        ).toBeGreaterThanOrEqual(rank.indexOf(category({ type: 'solid', status, diameterMm: mm }) as string))
  })
})

test.each([
  ['partSolid', 'baseline', 5.99, 3, '2'],
  ['partSolid', 'baseline', 6, 5.99, '3'],
  ['partSolid', 'baseline', 9, 6, '4A'],
  ['partSolid', 'baseline', 9, 7.99, '4A'],
  ['partSolid', 'baseline', 9, 8, '4B'],
  ['partSolid', 'new', 5.99, 2, '3'],
  ['partSolid', 'new', 8, 3.99, '4A'],
  ['partSolid', 'new', 8, 4, '4B'],
  ['partSolid', 'growingSolid', 8, 3.99, '4A'],
  ['partSolid', 'growingSolid', 8, 4, '4B'],
  ['partSolid', 'stable', 9, 6, '3'],
  ['groundGlass', 'baseline', 29.99, null, '2'],
  ['groundGlass', 'baseline', 30, null, '3'],
  ['groundGlass', 'new', 30, null, '3'],
  ['groundGlass', 'slowlyGrowing', 30, null, '2'],
  ['juxtapleural', 'baseline', 9.99, null, '2'],
  ['juxtapleural', 'baseline', 10, null, '4A'],
  ['juxtapleural', 'growing', 9, null, '4B'],
])('%s, %s, %f mm with %s mm solid: %s', (type, status, diameterMm, solidMm, wanted) => {
  expect(category({ type, status, diameterMm, solidMm })).toBe(wanted)
})

test('suspicious features raise 3 and 4 to 4X, not 2', () => {
  expect(category({ type: 'solid', status: 'baseline', diameterMm: 7, suspicious: true })).toBe('4X')
  expect(category({ type: 'solid', status: 'baseline', diameterMm: 5, suspicious: true })).toBe('2')
})

test.each([
  [{ airway: 'subsegmental', status: 'persistent' }, '2'],
  [{ airway: 'segmentalOrProximal', status: 'baseline' }, '4A'],
  [{ airway: 'segmentalOrProximal', status: 'persistent' }, '4B'],
  [{ cyst: 'multilocular', status: 'baseline' }, '4A'],
  [{ cyst: 'multilocular', status: 'growingCavity' }, '4B'],
  [{ cyst: 'thickWalled', status: 'growingCavity' }, '3'],
  [{ cyst: 'thickWalled', status: 'growingWall' }, '4B'],
  [{ finding: 'benign' }, '1'],
])('%j: %s', (input, wanted) => expect(category(input)).toBe(wanted))

test('suspected infection is looked at again in one to three months', () => {
  expect(answer(lungRads2022, { incomplete: 'infection' }).output).toMatchObject({
    category: '0',
    monthsFrom: 1,
    monthsTo: 3,
  })
})

test.each([
  [{ type: 'partSolid', status: 'baseline', diameterMm: 9 }, 'solid-part-needed'],
  [{ type: 'partSolid', status: 'baseline', diameterMm: 9, solidMm: 10 }, 'solid-larger-than-nodule'],
  [{ type: 'partSolid', status: 'growing', diameterMm: 9, solidMm: 3 }, 'which-part-grew'],
  [{ type: 'groundGlass', status: 'baseline', diameterMm: 9, solidMm: 3 }, 'not-pure'],
  [{ type: 'solid', status: 'stable', diameterMm: 20 }, 'stable-4b'],
])('%j is refused: %s', (input, why) => expect(evaluate(lungRads2022, input).refused?.notApplicable).toBe(why))

test('the system stands beside the category, and the scan date is named', () => {
  const result = answer(lungRads2022, { type: 'solid', status: 'baseline', diameterMm: 7 })
  expect(result.output.system).toBe('Lung-RADS 2022')
  expect(result.caveats).toContain('from-scan-date')
})
