import { expect, test } from 'vitest'
import { bestFor, isAbout } from './topic.ts'

test.each([
  [['indicator:ldl'], 'indicator:ldl', true],
  [['indicator:ldl'], 'indicator:l', false],
  [['condition:I10'], 'condition:I10.x00', true],
  [['condition:I10.x00'], 'condition:I10', false],
  [['indicator:I10'], 'condition:I10', false],
  [[], 'organ:lung', false],
])('%j is about %s: %s', (topics, asked, expected) => expect(isAbout(topics, asked)).toBe(expected))

test('cards that meet more come first, in their order otherwise; the others stay away', () => {
  const card = (code: string, ...topics: string[]) => ({ code, topics })
  const cards = [
    card('a', 'organ:lung'),
    card('b', 'indicator:ldl'),
    card('c', 'indicator:ldl', 'condition:I10'),
    card('d', 'indicator:ldl'),
  ]
  expect(bestFor(cards, ['indicator:ldl', 'condition:I10.x']).map(({ code }) => code)).toEqual(['c', 'b', 'd'])
  expect(bestFor(cards, [])).toEqual([])
})
