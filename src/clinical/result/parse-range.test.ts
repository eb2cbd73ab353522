import { describe, expect, it } from 'vitest'
import { parseRange, rangeFor } from './parse-range.ts'

describe('parseRange', () => {
  it.each<[string, object]>([
    ['0.0000-10.0000', { low: 0, high: 10 }],
    ['3.5--9.5', { low: 3.5, high: 9.5 }],
    ['3.5~9.5', { low: 3.5, high: 9.5 }],
    ['3.5～9.5', { low: 3.5, high: 9.5 }],
    ['3.5—9.5', { low: 3.5, high: 9.5 }],
    ['3.5－9.5', { low: 3.5, high: 9.5 }],
    ['3.5 至 9.5', { low: 3.5, high: 9.5 }],
    ['(3.5-9.5)', { low: 3.5, high: 9.5 }],
    ['[3.5,9.5]', { low: 3.5, high: 9.5 }],
    ['参考值：3.5-9.5', { low: 3.5, high: 9.5 }],
    ['-1.0-1.0', { low: -1, high: 1 }],
    ['0--5', { low: 0, high: 5 }],
    ['≤5.2', { high: 5.2 }],
    ['<=5.2', { high: 5.2 }],
    ['<5.2', { high: 5.2, highExclusive: true }],
    ['＜5.2', { high: 5.2, highExclusive: true }],
    ['≥90', { low: 90 }],
    ['>1.04', { low: 1.04, lowExclusive: true }],
    ['大于等于90', { low: 90 }],
    ['小于5.2', { high: 5.2, highExclusive: true }],
  ])('%s', (printed, range) => expect(parseRange(printed)).toEqual({ kind: 'interval', range, text: printed }))

  it('keeps the unit behind the interval', () => {
    expect(parseRange('0-5.2 mmol/L')).toEqual({
      kind: 'interval',
      range: { low: 0, high: 5.2 },
      unit: 'mmol/L',
      text: '0-5.2 mmol/L',
    })
    expect(parseRange('<5.2mmol/L')).toMatchObject({ range: { high: 5.2, highExclusive: true }, unit: 'mmol/L' })
  })

  it.each([
    '男:57-97;女:41-73',
    '男：57-97 女：41-73',
    '男性57-97，女性41-73',
    '女:41-73;男:57-97',
    '男(57-97)女(41-73)',
    '57-97(男)41-73(女)',
    'M:57-97 F:41-73',
    'Male 57-97; Female 41-73',
  ])('%s by sex', (printed) => {
    const parsed = parseRange(printed)
    expect(parsed).toEqual({
      kind: 'by-sex',
      male: { low: 57, high: 97 },
      female: { low: 41, high: 73 },
      text: printed,
    })
    expect(rangeFor(parsed, 'male')).toEqual({ low: 57, high: 97 })
    expect(rangeFor(parsed, 'female')).toEqual({ low: 41, high: 73 })
    expect(rangeFor(parsed, undefined)).toBeUndefined()
  })

  it('reads units inside a range by sex', () => {
    expect(parseRange('男:57-97 umol/L;女:41-73 umol/L')).toMatchObject({
      kind: 'by-sex',
      male: { high: 97 },
      female: { low: 41 },
    })
  })

  it.each<[string, string]>([
    ['阴性', 'negative'],
    ['阴性(-)', 'negative'],
    ['-', 'negative'],
    ['弱阳性', 'weak'],
  ])('%s is the step %s', (printed, step) =>
    expect(parseRange(printed)).toEqual({ kind: 'ordinal', step, text: printed }),
  )

  it.each(['', ' ', '--', '/', '****', undefined, null])('%j is none', (printed) =>
    expect(parseRange(printed).kind).toBe('none'),
  )

  it.each([
    '<5.2合适；5.2-6.2边缘；≥6.2升高',
    '9.5-3.5',
    '成人:3.5-9.5',
    '男:57-97',
    '男:57-97;男:41-73',
    '3.5-',
    '淡黄色',
    '1,000-2,000',
    '男:高;女:低',
  ])('%s stays text', (printed) => {
    expect(parseRange(printed)).toEqual({ kind: 'text', text: printed })
    expect(rangeFor(parseRange(printed), 'male')).toBeUndefined()
  })

  it('gives the one interval whatever the sex', () =>
    expect(rangeFor(parseRange('3.5-9.5'), undefined)).toEqual({ low: 3.5, high: 9.5 }))
})
