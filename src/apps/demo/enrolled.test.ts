import { expect, test } from 'vitest'
import { members } from '../../../bench/population/index.ts'
import { addDays } from '../../platform/clock.ts'
import { enrolledIn } from './enrolled.ts'

const TODAY = '2026-03-02'
const all = [...members({ count: 3000, years: 1, seed: 3, today: TODAY })]

test('people came into their pathways over two weeks, each so that the first visit falls on a working day', () => {
  const due = all.flatMap((member) => enrolledIn(member, TODAY).map(({ on }) => addDays(on, 14)))
  const byDay = Map.groupBy(due, (day) => day)
  expect([...byDay.keys()].toSorted()).toEqual([
    '2026-03-03',
    '2026-03-04',
    '2026-03-05',
    '2026-03-06',
    '2026-03-09',
    '2026-03-10',
    '2026-03-11',
    '2026-03-12',
    '2026-03-13',
    '2026-03-16',
  ])
  expect(Math.max(...[...byDay.values()].map(({ length }) => length))).toBeLessThan(due.length / 5)
})

test('nobody who has died, or has nothing of the kind, is in one', () => {
  for (const member of all)
    if (member.person.deceasedOn || !member.conditions.some(({ code }) => code === 'I10' || code === 'E11'))
      expect(enrolledIn(member, TODAY)).toEqual([])
})

test('the same member came on the same day, whenever they are made', () => {
  const some = all.find((member) => enrolledIn(member, TODAY).length > 0)!
  expect(enrolledIn(some, TODAY)).toEqual(enrolledIn(some, TODAY))
})
