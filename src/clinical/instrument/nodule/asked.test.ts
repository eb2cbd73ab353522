import { expect, test } from 'vitest'
import { categoryAt } from './asked.ts'
import { instruments } from './index.ts'

test.each([
  [3.99, '2'],
  [4, '3'],
  [7.99, '3'],
  [8, '4B'],
])('%f mm is %s', (mm, category) => {
  expect(
    categoryAt(
      [
        ['4B', 8],
        ['3', 4],
        ['2', 0],
      ],
      mm,
    ),
  ).toBe(category)
})

test('below the smallest limit there is no category', () =>
  expect(() => categoryAt([['2', 1]], 0.5)).toThrow(RangeError))

test('no words to a person call a nodule a cancer, and the grave ones name whom to see', () => {
  for (const { card } of instruments)
    for (const { title, meaning, tone } of card.bands) {
      expect(title.zh + meaning.zh).not.toMatch(/您得了|您患|癌/)
      expect(title.en + meaning.en).not.toMatch(/you have|cancer/i)
      if (tone === 'act') expect(meaning.zh + title.zh).toMatch(/医生|专科|穿刺/)
    }
})

test('a nodule waits for a clinician', () => {
  for (const { card } of instruments) expect(card.release, card.code).toBe('clinician')
})
