import { expect, test } from 'vitest'
import { travellingClock } from './clock.ts'
import { countingIds, uuidV7Ids, idOf } from './ids.ts'

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('100,000 ids of one millisecond are UUIDs of version 7, each of them new', () => {
  const ids = uuidV7Ids(travellingClock('2026-03-02T02:00:00Z'))
  const made = Array.from({ length: 100_000 }, () => ids.next())
  expect(made.find((id) => !UUID_V7.test(id))).toBeUndefined()
  expect(new Set(made).size).toBe(100_000)
})

test('they carry the time of the clock that was handed in', () => {
  const clock = travellingClock('2026-03-02T02:00:00.123Z')
  const id = uuidV7Ids(clock).next()
  expect(Number.parseInt(id.slice(0, 13).replace('-', ''), 16)).toBe(clock.now().getTime())
})

test('as text they are in the order of time', () => {
  const clock = travellingClock('2026-03-02T02:00:00Z')
  const ids = uuidV7Ids(clock)
  const made = Array.from({ length: 1000 }, (_, n) => {
    clock.set(new Date(Date.parse('2026-03-02T02:00:00Z') + n * 7))
    return ids.next()
  })
  expect(made.toSorted()).toEqual(made)
})

test('those of one millisecond are in the order they were made', () => {
  const ids = uuidV7Ids(travellingClock('2026-03-02T02:00:00Z'))
  const made = Array.from({ length: 10_000 }, () => ids.next())
  expect(made.toSorted()).toEqual(made)
})

test('a clock that was set back is believed', () => {
  const clock = travellingClock('2026-03-02T02:00:00Z')
  const ids = uuidV7Ids(clock)
  ids.next()
  clock.set('2026-03-01T02:00:00Z')
  expect(Number.parseInt(ids.next().slice(0, 13).replace('-', ''), 16)).toBe(clock.now().getTime())
})

test('counted ids repeat from the same start, and are UUIDs too', () => {
  const [one, other] = [countingIds(), countingIds()]
  const made = [one.next(), one.next()]
  expect(made).toEqual([other.next(), other.next()])
  expect(made[0]).not.toBe(made[1])
  for (const id of made) expect(id).toMatch(UUID_V7)
})

test('a place in a list that is no id begins the list anew', () => {
  expect(
    ['019cac46-1500-7556-bc5b-880be62687cb', '', 'x', "019cac46-1500-7556-bc5b-880be62687cb'--"].map(idOf),
  ).toEqual(['019cac46-1500-7556-bc5b-880be62687cb', undefined, undefined, undefined])
  expect(idOf(undefined)).toBeUndefined()
})
