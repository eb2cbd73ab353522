import { describe, expect, test } from 'vitest'
import { indicators } from '../../../../clinical/index.ts'
import { checkPlain } from '../../../../clinical/plain-language/index.ts'
import type { ObservationRow } from '../../../observation/server/index.ts'
import content from '../../content/explanations.json' with { type: 'json' }
import { explain } from './explain.ts'

const row = (of: Partial<ObservationRow>): ObservationRow =>
  ({
    code: 'ldl',
    value: 4.1,
    low: null,
    high: 3.4,
    comparator: null,
    unit: 'mmol/L',
    method: null,
    ...of,
  }) as ObservationRow

describe('what a marked result means', () => {
  test.each([
    ['far above', { value: 10.2 }, undefined, '是参考范围上限的 3 倍左右。'],
    ['above', { value: 4.1 }, undefined, '比参考范围的上限高约 21%。'],
    ['slightly above', { value: 3.42 }, undefined, '略高于参考范围。'],
    ['with a comparator it is not reckoned', { value: 4.1, comparator: '>' as const }, undefined, '高于参考范围。'],
    [
      'a change within the usual variation',
      { value: 4.1 },
      { value: 4 },
      '比参考范围的上限高约 21%。和上次相比，变化在平时的波动之内。',
    ],
    ['a change beyond it', { value: 6.8 }, { value: 4 }, '是参考范围上限的 2 倍左右。比上次高了。'],
    [
      'of another unit nothing is compared',
      { value: 4.1 },
      { value: 150, unit: 'mg/dL' },
      '比参考范围的上限高约 21%。',
    ],
    ['of another method neither', { value: 4.1, method: 'A' }, { value: 3, method: 'B' }, '比参考范围的上限高约 21%。'],
  ])('%s', (_what, now, before, standing) => {
    const told = explain(row(now), '↑', before && row(before), 'zh-CN')
    expect(told.standing).toBe(standing)
    expect(told.about).toBe('容易沉积在血管壁的"坏"胆固醇，目标值因人而异。')
    expect(told.advice).toContain('容易堵血管')
  })

  test('below, in both languages', () => {
    const low = row({ code: 'hgb', value: 104, low: 130, high: 175, unit: 'g/L' })
    expect(explain(low, '↓', undefined, 'zh-CN')).toMatchObject({
      standing: '比参考范围的下限低约 20%。',
      advice: expect.stringContaining('贫血'),
    })
    expect(explain(low, '↓', undefined, 'en')).toMatchObject({
      standing: 'About 20% below the range.',
      advice: expect.stringContaining('anaemia'),
    })
  })

  test('a strip that is abnormal, and an item we do not know', () => {
    expect(explain(row({ code: 'u_pro', value: null, high: null }), '异常', undefined, 'zh-CN').advice).toContain(
      '清晨第一次的尿',
    )
    expect(explain(row({ code: 'local:LIS|x', value: null }), '异常', undefined, 'zh-CN')).toEqual({
      about: '',
      standing: '和通常的结果不同。',
      advice: content.otherwise.abnormal.zh,
    })
  })
})

test('every indicator with a range has its own words in the direction that is not good', () => {
  const groups = new Map(content.groups.flatMap((group) => group.codes.map((code) => [code, group] as const)))
  const wanting = indicators()
    .filter(({ code, direction, reference }) => {
      const group = groups.get(code) as { high?: unknown; low?: unknown } | undefined
      if (reference.length === 0) return false
      return direction === 'higher' ? !group?.low : !group?.high
    })
    .map(({ code }) => code)
  expect(wanting).toEqual([])
  expect(content.groups.flatMap(({ codes }) => codes).length).toBe(groups.size)
})

test('each explanation is plain on paper: its own terms are explained where it stands', () => {
  const wrong = content.groups.flatMap((group) =>
    (['high', 'low'] as const).flatMap((direction) => {
      const words = (group as Partial<Record<'high' | 'low', { zh: string; en: string }>>)[direction]
      return words
        ? [...checkPlain(words.zh, { medium: 'paper' }), ...checkPlain(words.en)].map((one) => [group.codes[0], one])
        : []
    }),
  )
  expect(wrong).toEqual([])
})
