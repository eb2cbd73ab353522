import { expect, test } from 'vitest'
import { dayOf, scale } from '../figure/scale.ts'
import { layOutNames } from './lane-layout.ts'

const days = { min: dayOf('2020-01-01'), max: dayOf('2024-01-01') }
const x = scale(days, [0, 400])
const drug = (on: string, title: string, endedOn: string | null = null) => ({
  id: title,
  kind: 'medication' as const,
  on,
  endedOn,
  title,
})

test('a name stays inside the picture, and bars that last go below each other', () => {
  const placed = layOutNames([drug('2020-01-01', '氨氯地平'), drug('2023-12-01', '阿托伐他汀钙片')], x, days)
  expect(placed.map(({ row }) => row)).toEqual([0, 1])
  expect(placed[1]!.nameX).toBe(400 - 7 * 12)
  expect(placed[1]!.to).toBe(400)
})

test('what ended leaves its row to the next', () => {
  const placed = layOutNames([drug('2020-01-01', '甲', '2020-06-01'), drug('2022-01-01', '乙')], x, days)
  expect(placed.map(({ row }) => row)).toEqual([0, 0])
})

test('more rows than fit are left to the list', () => {
  const many = Array.from({ length: 20 }, (_, at) => drug('2020-01-01', `药 ${at}`))
  expect(layOutNames(many, x, days)).toHaveLength(8)
})
