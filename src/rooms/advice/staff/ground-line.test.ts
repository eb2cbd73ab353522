import { describe, expect, test } from 'vitest'
import { shippedCards } from '../server/shipped.ts'
import { exampleOf, GROUND_KINDS, groundLine, kindOf, parseGround } from './ground-line.ts'

describe('a ground as one line', () => {
  test('every ground of the shipped cards is written and read back', () => {
    const grounds = shippedCards.flatMap((card) => [
      ...card.for,
      ...(card.only ?? []),
      ...card.notFor.map(({ when }) => when),
    ])
    expect(grounds.length).toBeGreaterThan(100)
    for (const one of grounds) expect(parseGround(kindOf(one), groundLine(one))).toEqual(one)
  })

  test.each(GROUND_KINDS)('the example of %s can be read', (kind) =>
    expect(parseGround(kind, exampleOf(kind))).toBeDefined(),
  )

  test.each([
    ['indicator', 'ldl'],
    ['indicator', 'nothing >= 3'],
    ['indicator', 'ldl >= much'],
    ['age', '-'],
    ['age', 'old'],
    ['season', '小年 - 立春'],
    ['constitution', 'strong'],
    ['condition', ''],
    ['risk', 'osta'],
    ['tag', ''],
    ['allergy', ' , '],
  ] as const)('%s does not take “%s”', (kind, line) => expect(parseGround(kind, line)).toBeUndefined())

  test('Chinese signs do as well', () => {
    expect(parseGround('indicator', 'ldl≥3.4')).toEqual({
      indicator: { code: 'ldl', op: '>=', value: 3.4, months: 12 },
    })
    expect(parseGround('constitution', 'qixu、yangxu')).toEqual({ constitution: ['qixu', 'yangxu'] })
    expect(parseGround('risk', 'osta：high，medium')).toEqual({
      risk: { instrument: 'osta', bands: ['high', 'medium'] },
    })
    expect(parseGround('age', '6到17')).toEqual({ age: { from: 6, to: 17 } })
  })
})
