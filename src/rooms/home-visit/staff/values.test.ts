import { describe, expect, test } from 'vitest'
import { visitContent } from '../contract/words.ts'
import { contentOf, instantOf, valuesOf, wallClock, type ContentValues } from './values.ts'

const SHANGHAI = 'Asia/Shanghai'
const values: ContentValues = {
  outcome: 'seen',
  arrivedAt: '2026-03-02T08:30',
  leftAt: '2026-03-02T09:15',
  address: '和平街 3 号',
  present: ['person'],
  findings: { falls: 'attention', diet: undefined as never },
  seen: '都好',
}

describe('what is typed', () => {
  test('is read in the zone of the house, wherever the phone is', () => {
    expect(wallClock(new Date('2026-03-01T16:05:40Z'), SHANGHAI)).toBe('2026-03-02T00:05')
    expect(instantOf('2026-03-02T00:05', SHANGHAI)).toBe('2026-03-01T16:05:00.000Z')
    for (const half of ['', '2026-03-02', '2026-03-02T', undefined]) expect(instantOf(half, SHANGHAI)).toBeUndefined()
  })

  test('is what the contract takes, though nobody was asked to confirm a place', () => {
    const content = contentOf(values, SHANGHAI, undefined)
    expect(visitContent.parse(content)).toMatchObject({
      arrivedAt: '2026-03-02T00:30:00.000Z',
      place: 'other',
      address: '和平街 3 号',
      position: { kind: 'not-shared' },
      findings: { falls: 'attention' },
    })
    expect(Object.keys(content.findings)).toEqual(['falls'])
  })

  test('confirms the place of last time, or names another', () => {
    const confirmed = contentOf({ ...values, place: 'known', address: '没有用的字' }, SHANGHAI, '老地方')
    expect(confirmed).toMatchObject({ place: 'known', address: '老地方' })
    expect(contentOf({ ...values, place: 'other' }, SHANGHAI, '老地方').address).toBe('和平街 3 号')
  })
})

test('a visit is shown to be corrected as it was written', () => {
  const visit = {
    ...contentOf(values, SHANGHAI, undefined),
    position: { kind: 'shared', latitude: 31.23, longitude: 121.474 },
  }
  const again = contentOf(valuesOf(visit as never, SHANGHAI), SHANGHAI, undefined)
  expect(again).toEqual({ ...contentOf(values, SHANGHAI, undefined), position: visit.position })
})
