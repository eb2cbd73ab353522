import { expect, test } from 'vitest'
import { dayOf } from '../figure/scale.ts'
import { eventsWithin, packRows, recordEvent, spanOf, textWidthPx, type AxisEvent } from './events.ts'

const event = (on: string, more: Partial<AxisEvent> = {}): AxisEvent => ({
  id: on,
  kind: 'encounter',
  on,
  title: '',
  ...more,
})
const days = { min: dayOf('2020-01-01'), max: dayOf('2024-01-01') }

test('what lasts is kept where it reaches into the years of the values', () => {
  const events = [
    event('2024-06-01'),
    event('2021-01-01'),
    event('2010-01-01'),
    event('2012-01-01', { endedOn: null }),
    event('2011-01-01', { endedOn: '2015-01-01' }),
  ]
  expect(eventsWithin(events, '2020-01-01', '2024-01-01').map(({ on }) => on)).toEqual(['2012-01-01', '2021-01-01'])
})

test('drugs and diseases last, visits and operations are moments', () => {
  const fact = { id: '1', on: '2021-01-01', endedOn: null, title: '' }
  const lasts = (kind: 'condition' | 'procedure' | 'medication' | 'encounter') =>
    'endedOn' in recordEvent({ ...fact, kind })
  expect([lasts('medication'), lasts('condition'), lasts('procedure'), lasts('encounter')]).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test.each([
  [event('2021-01-01'), '2021-01-01', '2021-01-01'],
  [event('2012-01-01', { endedOn: null }), '2020-01-01', '2024-01-01'],
  [event('2022-01-01', { endedOn: '2022-03-01' }), '2022-01-01', '2022-03-01'],
])('%o is drawn from %s to %s', (one, from, to) =>
  expect(spanOf(one, days)).toEqual({ from: dayOf(from), to: dayOf(to) }),
)

test('names that would touch go below each other', () =>
  expect(
    packRows([
      { from: 0, to: 50 },
      { from: 20, to: 90 },
      { from: 55, to: 60 },
      { from: 57, to: 80 },
      { from: 95, to: 99 },
    ]),
  ).toEqual([0, 1, 0, 2, 0]))

test('a Chinese character is as wide as two Latin letters', () => {
  expect(textWidthPx('缬沙坦')).toBe(36)
  expect(textWidthPx('80 mg')).toBeCloseTo(33)
})
