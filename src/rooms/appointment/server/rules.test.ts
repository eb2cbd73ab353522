import { expect, test } from 'vitest'
import { actsOf, momentOf } from './rules.ts'

const now = { now: new Date('2026-03-02T02:00:00Z'), today: '2026-03-02' }
const at = { yesterday: '2026-03-01T06:00:00Z', today: '2026-03-02T06:00:00Z', tomorrow: '2026-03-03T06:00:00Z' }

test.each([
  ['booked', 'yesterday', ['arrived', 'noshow', 'move', 'cancel']],
  ['booked', 'today', ['arrived', 'move', 'cancel']],
  ['booked', 'tomorrow', ['move', 'cancel']],
  ['arrived', 'today', ['fulfilled', 'booked']],
  ['fulfilled', 'today', ['arrived']],
  ['noshow', 'yesterday', ['arrived', 'booked']],
  ['cancelled', 'tomorrow', ['booked']],
  ['cancelled', 'yesterday', []],
] as const)('%s, %s', (status, when, acts) => {
  const standing = { status, startsAt: new Date(at[when]), on: at[when].slice(0, 10), isElsewhere: false }
  expect(actsOf(standing, now)).toEqual(acts)
  const elsewhere = actsOf({ ...standing, isElsewhere: true }, now)
  const theirs = ['move', 'cancel', ...(status === 'cancelled' ? ['booked'] : [])]
  expect(elsewhere).toEqual(acts.filter((act) => !theirs.includes(act)))
})

test('what journeys count from: nothing for what is off, now for whoever is here early', () => {
  const startsAt = new Date(at.today)
  expect(momentOf({ status: 'booked', startsAt }, now.now)).toEqual(startsAt)
  expect(momentOf({ status: 'arrived', startsAt }, now.now)).toEqual(now.now)
  expect(momentOf({ status: 'noshow', startsAt: new Date(at.yesterday) }, now.now)).toEqual(new Date(at.yesterday))
  expect(momentOf({ status: 'cancelled', startsAt }, now.now)).toBeNull()
})
