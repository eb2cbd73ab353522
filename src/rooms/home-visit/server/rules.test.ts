import { describe, expect, test } from 'vitest'
import { aContent } from '../sample-visit.ts'
import { faultOf, minutesOf, needsGuardian, sameWords } from './rules.ts'

const now = new Date('2026-03-02T02:00:00Z')
const times = { now, today: '2026-03-02', dayOf: (at: Date) => at.toISOString().slice(0, 10) }

describe('what is wrong with a visit', () => {
  test.each([
    ['nothing', {}, undefined],
    ['a phone whose clock is ahead', { leftAt: '2026-03-02T02:09:00Z' }, undefined],
    ['tomorrow', { leftAt: '2026-03-02T02:11:00Z' }, 'HomeVisitInFuture'],
    ['an arrival to come', { arrivedAt: '2026-03-03T02:00:00Z', leftAt: '2026-03-03T02:00:00Z' }, 'HomeVisitInFuture'],
    ['last year', { arrivedAt: '2025-11-01T02:00:00Z', leftAt: '2025-11-01T03:00:00Z' }, 'HomeVisitTooLate'],
    ['left before', { leftAt: '2026-03-01T23:59:00Z' }, 'HomeVisitLeftBefore'],
    ['a night', { arrivedAt: '2026-03-01T10:00:00Z' }, 'HomeVisitTooLong'],
    ['nobody there', { present: [] }, 'HomeVisitNobodyThere'],
    ['nothing seen', { seen: '' }, 'HomeVisitSeenMissing'],
    ['nobody at home, so nobody there and nothing seen', { outcome: 'not-home', present: [], seen: '' }, undefined],
  ] as const)('%s', (_what, change, code) => {
    expect(faultOf(aContent(change as never), times, true)?.code).toBe(code)
  })

  test('a place that nobody knows', () => {
    expect(faultOf(aContent({ place: 'known' }), times, false)).toEqual({
      code: 'HomeVisitPlaceUnknown',
      field: 'place',
    })
    expect(faultOf(aContent({ place: 'known' }), times, true)).toBeUndefined()
  })
})

test('children under 14 have a guardian; of whom the age is unknown, nobody knows', () => {
  expect([0, 13, 14, 70, null].map(needsGuardian)).toEqual([true, true, false, false, false])
})

test('the same words are the same, in whatever order', () => {
  expect(sameWords({ a: 1, b: [{ c: 'x', d: null }] })).toBe(sameWords({ b: [{ d: null, c: 'x' }], a: 1 }))
  expect(sameWords({ a: ['1', '2'] })).not.toBe(sameWords({ a: ['2', '1'] }))
  expect(sameWords({ a: '1,2' })).not.toBe(sameWords({ a: '1', b: '2' }))
})

test('minutes', () => expect(minutesOf(now, new Date('2026-03-02T02:31:20Z'))).toBe(31))
