import { requestId } from '../../../platform/web/api/request-id.ts'
import { describe, expect, test } from 'vitest'
import { dueAtOf, dueTimeOf } from './due-time.ts'
import { addressOf } from './filter-address.ts'
import { isDoneByForm, placeAddress } from './place-address.ts'
import { neighbour } from './neighbour.ts'

describe('walking through the rows', () => {
  const rows = ['a', 'b', 'c'].map((id) => ({ id }))
  const table: [string | undefined, 1 | -1, string][] = [
    [undefined, 1, 'a'],
    [undefined, -1, 'c'],
    ['gone', 1, 'a'],
    ['a', 1, 'b'],
    ['c', 1, 'c'],
    ['a', -1, 'a'],
    ['c', -1, 'b'],
  ]
  test.each(table)('from %s by %i', (from, by, to) => expect(neighbour(rows, from, by)).toBe(to))
  test('through nothing', () => expect(neighbour([], 'a', 1)).toBeUndefined())
})

test('day and hour become an instant where the house is, and come back', () => {
  const at = dueAtOf({ dueOn: '2026-03-05', dueTime: '14:30' }, 'Asia/Shanghai')
  expect(at).toBe('2026-03-05T06:30:00.000Z')
  expect(dueTimeOf(at, 'Asia/Shanghai')).toBe('14:30')
  expect(dueTimeOf('2026-03-05T00:05:00Z', 'Asia/Shanghai')).toBe('08:05')
  expect([dueAtOf({ dueOn: '2026-03-05' }, 'Asia/Shanghai'), dueTimeOf(null, 'Asia/Shanghai')]).toEqual([null, null])
})

test('a saved filter is one address, however it was put together', () => {
  expect(addressOf({ type: 'call', scope: 'mine', state: undefined })).toBe('/tasks?scope=mine&type=call')
  expect(addressOf({ scope: 'mine', type: 'call' })).toBe('/tasks?scope=mine&type=call')
  expect(addressOf({})).toBe('/tasks')
})

test('a request key is a UUID of chance', () => {
  const keys = Array.from({ length: 50 }, requestId)
  expect(new Set(keys).size).toBe(50)
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('a task leads to where its work is done; a call about a visit is still done as a call', () => {
  const visit = { kind: 'visit' as const, id: 'v1' }
  expect(placeAddress(visit)).toBe('/follow-ups?visit=v1')
  expect(placeAddress({ kind: 'diagnosis', id: 'p1' as never })).toBe('/patients/p1?tab=overview&entry=condition')
  expect(
    [
      { type: 'follow-up', place: visit },
      { type: 'call', place: visit },
      { type: 'follow-up', place: null },
    ].map(isDoneByForm),
  ).toEqual([true, false, false])
})
