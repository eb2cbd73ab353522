import { describe, expect, test } from 'vitest'
import { evaluate } from '../../core/instrument.ts'
import { tcmConstitution60 } from './tcm-constitution-60.ts'

const none = { pinghe: 70, qixu: 0, yangxu: 0, yinxu: 0, tanshi: 0, shire: 0, xueyu: 0, qiyu: 0, tebing: 0 }

test.each([
  [29.99, 'no', 'yes'],
  [30, 'tends', 'basically'],
  [39.5, 'tends', 'basically'],
  [40, 'yes', 'no'],
])('湿热 at %d: %s, and 平和 %s', (shire, leaning, pinghe) => {
  const result = evaluate(tcmConstitution60, { transformed: { ...none, shire } })
  expect(result).toMatchObject({ output: { shire: leaning, pinghe } })
})

describe('from a raw score', () => {
  test('湿热 has six items answered, not seven', () => {
    expect(evaluate(tcmConstitution60, { scale: 'shire', raw: 18, items: 6 })).toMatchObject({
      output: { transformed: 50 },
    })
    expect(evaluate(tcmConstitution60, { scale: 'shire', raw: 18, items: 7 }).refused?.notApplicable).toBe(
      'wrong-item-count',
    )
  })

  test.each([7, 41])('a raw score of %i of eight items is refused', (raw) => {
    expect(evaluate(tcmConstitution60, { scale: 'qixu', raw, items: 8 }).refused?.notApplicable).toBe(
      'raw-out-of-range',
    )
  })
})

describe('from the answers', () => {
  const counts = { pinghe: 8, qixu: 8, yangxu: 7, yinxu: 8, tanshi: 8, shire: 6, xueyu: 7, qiyu: 7, tebing: 7 }
  const all = (points: number) =>
    Object.fromEntries(Object.entries(counts).map(([one, count]) => [one, Array.from({ length: count }, () => points)]))

  test('平和 turns six of its eight round', () => {
    const { output } = evaluate(tcmConstitution60, { answers: all(1) }) as { output: Record<string, unknown> }
    // Two items at 1 and six at 5 make 32 of 8 to 40.
    expect(output).toMatchObject({ pinghe: 'yes', qixu: 'no', transformed: { pinghe: 75, shire: 0 } })
  })

  test('a tie is told', () => {
    const result = evaluate(tcmConstitution60, { answers: all(3) })
    expect(result).toMatchObject({
      output: { transformed: { shire: 50 } },
      band: 'qixu',
      caveats: ['constitution', 'several'],
    })
  })

  test('an item that is not answered is named', () => {
    const answers = { ...all(1), shire: [1, 1, 1, 1, 1] }
    expect(evaluate(tcmConstitution60, { answers }).refused?.missing).toEqual(['answers.shire[5]'])
  })
})
